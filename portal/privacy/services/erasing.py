"""Erasing an account: asked for, taken back, done when its time has come, and done again after a backup was put back."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.background.services import wake
from portal.http.page_cache import bump_generation
from portal.mail.services import queue_mail
from portal.privacy import erasure_list
from portal.privacy.models import COOLING_OFF, Erased, Leaving, Warned
from portal.privacy.names import Words, words_of
from portal.privacy.registry import Delete, Departure, Own, Unlink, entries
from portal.privacy.services.retention import INACTIVE_TERM, WARNED_BEFORE, not_seen_since
from portal.privacy.sweeping import sweep, weighed

logger = logging.getLogger(__name__)

ERASE_JOB = "privacy.erase-due"


class NotAllErasedError(Exception):
    """Some accounts could not be erased; they are tried again."""


@transaction.atomic
def ask_erasure(user: User, *, texts_go: bool, at: datetime | None = None) -> Leaving:
    """The account goes after a week, and the person gets a mail that says so. Never refused; asking twice is once."""
    moment = at or timezone.now()
    leaving, new = Leaving.objects.get_or_create(
        user=user, defaults={"texts_go": texts_go, "asked_at": moment, "due_at": moment + COOLING_OFF}
    )
    if not new:
        Leaving.objects.filter(pk=leaving.pk).update(texts_go=texts_go)
        leaving.texts_go = texts_go
        return leaving
    day = date_format(timezone.localdate(leaving.due_at), "j F Y")
    queue_mail(
        to=user.email,
        subject=_("Op %(day)s wissen we je account") % {"day": day},
        text=_(
            "Je vroeg %(site)s om je account te wissen. Dat doen we op %(day)s.\n\n"
            "Bedenk je je? Log dan voor die dag in en kies ‘Ik wil mijn account houden’:\n%(url)s\n\n"
            "Was jij het niet? Log dan in, kies hetzelfde, en wijzig je wachtwoord.\n"
        )
        % {"site": settings.SITE_NAME, "day": day, "url": settings.BASE_URL + reverse("privacy:erase")},
        kind="erasure-asked",
    )
    return leaving


@transaction.atomic
def take_back_erasure(user: User) -> bool:
    """The account stays. False where nothing was asked."""
    return bool(Leaving.objects.filter(user=user).delete()[0])


@transaction.atomic
def ask_erasure_now(user: User, *, texts_go: bool, at: datetime | None = None) -> None:
    """Staff do it on request: without a week in between. The worker sees to it at once."""
    moment = at or timezone.now()
    Leaving.objects.update_or_create(
        user=user, defaults={"texts_go": texts_go, "asked_at": moment, "due_at": moment}
    )
    wake(ERASE_JOB)


def erase_due(at: datetime) -> int:
    """All whose week is over; how many. Raises NotAllErasedError in the end where one failed."""
    rows = Leaving.objects.filter(due_at__lte=at).select_related("user").order_by("due_at", "pk")
    return _erase_each([(row.user, row.texts_go) for row in rows], at)


def erase_inactive(at: datetime) -> int:
    """Who was warned a month ago and hasn't come back; how many."""
    warned = Warned.objects.filter(at__lte=at - WARNED_BEFORE).values("user")
    people = not_seen_since(at - INACTIVE_TERM).filter(pk__in=warned).order_by("pk")
    return _erase_each([(user, False) for user in people], at)


def erase_again(lines: Iterable[erasure_list.Line], at: datetime) -> int:
    """Accounts of the list that are there again, since an older backup was put back; how many."""
    by_number = {line.user_number: line for line in lines}
    found: list[tuple[User, bool]] = []
    for user in User.objects.filter(pk__in=by_number).order_by("pk"):
        line = by_number[user.pk]
        # Another person may have got the same number after the backup was put back.
        if line.joined == user.date_joined:
            found.append((user, line.texts_go))
    return _erase_each(found, at)


def _erase_each(people: Iterable[tuple[User, bool]], at: datetime) -> int:
    done = failed = 0
    for user, texts_go in people:
        try:
            erase_account(user, texts_go=texts_go, at=at)
            done += 1
        except Exception:  # one that fails keeps nobody else waiting
            logger.exception("an account is not erased", extra={"data": {"user": user.pk}})
            failed += 1
    if failed:
        raise NotAllErasedError(f"{failed} accounts could not be erased")
    return done


@transaction.atomic
def erase_account(user: User, *, texts_go: bool, at: datetime) -> None:
    """Everything, by the rules of the registry; then the words that others may know the person by; then the account.

    All or nothing. Erasing who is gone already does nothing.
    """
    held = User.objects.select_for_update().filter(pk=user.pk).first()
    if held is None:
        return
    words = weighed(words_of(held))
    departure = Departure(user=held, texts_go=texts_go, at=at)
    for act in _own_acts():
        act(departure)
    _unlink_and_delete(held)
    forget_sessions(held, words)
    sweep(words)
    row = Erased(user_number=held.pk, joined_at=held.date_joined, texts_go=texts_go, at=at)
    held.delete()
    Erased.objects.bulk_create([row], ignore_conflicts=True)
    bump_generation()
    transaction.on_commit(_write_list, robust=True)


def _own_acts() -> list[Callable[[Departure], object]]:
    """Each once, though several entries may name the same one."""
    return list(dict.fromkeys(entry.erasure.act for entry in entries() if isinstance(entry.erasure, Own)))


def _unlink_and_delete(user: User) -> None:
    about_people = [entry for entry in entries() if entry.lookup]
    for entry in about_people:
        if isinstance(entry.erasure, Unlink):
            entry.rows_of(user).update(**{entry.field_name: None})
    for entry in about_people:
        if isinstance(entry.erasure, Delete) and entry.model is not User:
            entry.rows_of(user).delete()


def forget_sessions(user: User, words: Words) -> None:
    """Also those that were never listed: of a sign-in that is halfway, which holds the address."""
    gone = []
    for session in Session.objects.all().iterator(chunk_size=500):
        data = session.get_decoded()
        held = json.dumps(data, default=str).lower()
        if str(data.get("_auth_user_id")) == str(user.pk) or any(word in held for word in words.addresses):
            gone.append(session.session_key)
    Session.objects.filter(session_key__in=gone).delete()


def _write_list() -> None:
    try:
        erasure_list.bring_up_to_date()
    except (OSError, DatabaseError):  # the backup tries again
        logger.exception("the list of erased accounts is not written")
