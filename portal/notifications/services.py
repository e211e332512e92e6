"""Telling people, what they saw, how often they want mail, and what is kept no longer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import User
from portal.notifications import noted
from portal.notifications.kinds import Frequency, find, ordered
from portal.notifications.models import Notification, Preference
from portal.notifications.times import due_at

KEEP_SEEN = timedelta(days=90)
KEEP_UNSEEN = timedelta(days=180)
ALL_OTHERS = ""  # in a preference: every kind without a row of its own


# --- telling


@transaction.atomic
def notify(
    kind: str,
    *,
    recipients: Iterable[User | int],
    object_id: int,
    actor: User | None = None,
    at: datetime | None = None,
    unless: Sequence[str] = (),
) -> None:
    """Tell people of the object `object_id`, in the caller's transaction. Raises LookupError on an unknown kind.

    Twice is once. Never the actor, nor who is inactive, nor who was told of this object by one of the kinds `unless`:
    so tell first who is meant most (a mention), then the others (a reply, unless a mention). Mail follows by itself.
    """
    default = find(kind).default
    moment = at or timezone.now()
    people = list(_reachable(recipients, actor, object_id, unless).values_list("pk", flat=True))
    if not people:
        return
    wishes = _wishes(Preference.objects.filter(user__in=people), [kind])
    Notification.objects.bulk_create(
        [
            Notification(
                recipient_id=pk,
                kind=kind,
                object_id=object_id,
                actor=actor,
                created_at=moment,
                mail_due_at=due_at(wishes.get(pk, {}).get(kind, default), moment),
            )
            for pk in people
        ],
        ignore_conflicts=True,
    )
    noted.forget(people)


def _reachable(
    recipients: Iterable[User | int], actor: User | None, object_id: int, unless: Sequence[str]
) -> QuerySet[User]:
    wanted = {each if isinstance(each, int) else each.pk for each in recipients}
    people = User.objects.filter(pk__in=wanted - {actor.pk if actor else None}, is_active=True)
    if unless:
        told = Notification.objects.filter(recipient=OuterRef("pk"), kind__in=unless, object_id=object_id)
        people = people.exclude(Exists(told))
    return people.order_by("pk")


def forget(kind: str, object_ids: Iterable[int], *, unless_mailed_since: datetime | None = None) -> None:
    """The objects are gone, and what was told of them goes too; also what still waited for a mail.

    `unless_mailed_since`: what was mailed after that stays, and telling of the same is once more what was told already.
    """
    rows = Notification.objects.filter(kind=kind, object_id__in=set(object_ids))
    if unless_mailed_since is not None:
        rows = rows.filter(Q(mailed_at=None) | Q(mailed_at__lt=unless_mailed_since))
    noted.forget(set(rows.filter(seen_at=None).values_list("recipient", flat=True)))
    rows.delete()


# --- seeing


def mark_seen(user: User, notifications: Iterable[Notification | int]) -> None:
    """Of `user` alone, whatever was given. What somebody saw isn't mailed any more."""
    wanted = {each if isinstance(each, int) else each.pk for each in notifications}
    _see(user, Notification.objects.filter(recipient=user, pk__in=wanted))


def mark_all_seen(user: User, *, until: int | None = None) -> None:
    """All, or all that were there when the newest on the person's screen had the number `until`."""
    rows = Notification.objects.filter(recipient=user)
    _see(user, rows if until is None else rows.filter(pk__lte=until))


def _see(user: User, rows: QuerySet[Notification]) -> None:
    rows.filter(seen_at=None).update(seen_at=timezone.now(), mail_due_at=None)
    noted.forget([user.pk])


# --- how often


def frequencies_of(user: User) -> dict[str, str]:
    """By code, how often this person wants mail of each kind that there is."""
    codes = [kind.code for kind in ordered()]
    wishes = _wishes(Preference.objects.filter(user=user), codes).get(user.pk, {})
    return {kind.code: wishes.get(kind.code, kind.default) for kind in ordered()}


def _wishes(preferences: QuerySet[Preference], codes: Sequence[str]) -> dict[int, dict[str, str]]:
    """By person and code, what they chose themselves: for the kind, or for all without a choice of their own."""
    found: dict[int, dict[str, str]] = {}
    rows = preferences.filter(kind__in=[*codes, ALL_OTHERS]).order_by("kind")  # the empty one first
    for user_id, code, frequency in rows.values_list("user_id", "kind", "frequency"):
        mine = found.setdefault(user_id, {})
        mine.update(dict.fromkeys(codes, frequency) if code == ALL_OTHERS else {code: frequency})
    return found


@transaction.atomic
def set_frequencies(user: User, *, chosen: Mapping[str, str]) -> None:
    """What this person chose for each of these kinds; what waits for a mail follows at once.

    Who switches everything off gets no mail of kinds that come later either. Raises ValueError on an unknown frequency,
    LookupError on an unknown kind.
    """
    wanted = {find(code).code: Frequency(frequency) for code, frequency in chosen.items()}
    everything = wanted.keys() >= {kind.code for kind in ordered()}
    if everything and set(wanted.values()) == {Frequency.OFF}:
        turn_off_mail(user)
        return
    before = frequencies_of(user)
    if everything:
        Preference.objects.filter(user=user, kind=ALL_OTHERS).delete()
    _store(user, wanted)
    for code, frequency in wanted.items():
        if before[code] != frequency:
            waiting = Notification.objects.filter(recipient=user, kind=code, mail_due_at__isnull=False)
            waiting.update(mail_due_at=due_at(frequency, timezone.now()))


@transaction.atomic
def turn_off_mail(user: User, *, kind: str = ALL_OTHERS) -> None:
    """No mail of this kind any more; without a kind no mail at all, also of kinds that come later."""
    mine = Preference.objects.filter(user=user)
    waiting = Notification.objects.filter(recipient=user, mail_due_at__isnull=False)
    if kind == ALL_OTHERS:
        mine.delete()
    else:
        waiting = waiting.filter(kind=kind)
    _store(user, {kind: Frequency.OFF})
    waiting.update(mail_due_at=None)


def _store(user: User, wanted: Mapping[str, str]) -> None:
    Preference.objects.bulk_create(
        [Preference(user=user, kind=code, frequency=frequency) for code, frequency in wanted.items()],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["frequency"],
    )


# --- keeping


def forget_old(at: datetime) -> int:
    """What was seen goes after 90 days, the rest after 180; how many went."""
    old = Q(seen_at__isnull=False, created_at__lt=at - KEEP_SEEN) | Q(created_at__lt=at - KEEP_UNSEEN)
    number: int = Notification.objects.filter(old).delete()[0]
    return number
