"""What who comes is told: a change, a message, a reminder."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.conversations.services.intake import judge
from network.events import rules
from network.events.models import EVENT, Event, EventNotice, Registration
from network.events.services.refusals import NotAllowed, Refused
from network.events.services.standing import locked, locked_managed
from network.events.services.telling import people_of, tell_notice, tell_reminder
from portal.accounts.models import User
from portal.text import one_line

State = Registration.State
REMIND_BEFORE = datetime.timedelta(days=1)
# To whom a message can go.
GROUPS: dict[str, tuple[str, ...]] = {
    "aangemeld": (State.REGISTERED,),
    "wachtlijst": (State.WAITING, State.OFFERED),
    "iedereen": Registration.IN,
}
KEPT_AS = {
    "aangemeld": EventNotice.Group.COMING,
    "wachtlijst": EventNotice.Group.WAITING,
    "iedereen": EventNotice.Group.ALL,
}
WORDS = {
    "title": gettext_lazy("titel"),
    "starts_at": gettext_lazy("tijd"),
    "ends_at": gettext_lazy("tijd"),
    "is_online": gettext_lazy("plaats"),
    "place": gettext_lazy("plaats"),
    "address": gettext_lazy("plaats"),
    "online_url": gettext_lazy("link"),
}


def note_change(event: Event, changed: Collection[str], *, by: User, at: datetime.datetime) -> None:
    """Who comes or waits hears what is different. The event's row is locked."""
    words = list(dict.fromkeys(str(WORDS[name]) for name in WORDS if name in changed))
    subject = _("Gewijzigd: %(what)s") % {"what": ", ".join(words)}
    people = people_of(event, Registration.IN, timezone.localdate(at))
    notice = EventNotice.objects.create(
        event=event, kind=EventNotice.Kind.CHANGED, subject=subject, by=by, at=at, told=len(people)
    )
    tell_notice(notice, people, by=by)


def how_many(event: Event, group: str, *, by: User, at: datetime.datetime | None = None) -> int:
    """Who would get a message, but for who writes it."""
    people = people_of(event, GROUPS[group], timezone.localdate(at or timezone.now()))
    return len(set(people) - {by.pk})


@transaction.atomic
def send_message(
    event: Event,
    *,
    subject: str,
    text: str,
    group: str,
    by: User,
    token: uuid.UUID,
    address: str = "",
    at: datetime.datetime | None = None,
) -> EventNotice:
    """To who comes or waits; the same one for the same form. Raises NotAllowed, Refused."""
    at = at or timezone.now()
    row = locked_managed(event, by=by)
    known = EventNotice.objects.filter(token=token).first()
    if known is not None:
        if known.event_id != row.pk:
            raise NotAllowed
        return known
    subject, text = one_line(subject), text.strip()
    if not subject or not text:
        raise Refused(_("Schrijf een onderwerp en een bericht."))
    today = row.notices.filter(kind=EventNotice.Kind.MESSAGE, at__gte=at - datetime.timedelta(days=1))
    if today.count() >= rules.MOST_MESSAGES_A_DAY:
        raise Refused(
            _("Je stuurde vandaag al %(most)s berichten. Probeer het morgen weer.")
            % {"most": rules.MOST_MESSAGES_A_DAY}
        )
    people = [pk for pk in people_of(row, GROUPS[group], timezone.localdate(at)) if pk != by.pk]
    if not people:
        raise Refused(_("Er is niemand om dit aan te sturen."))
    if judge(by, f"{subject}\n{text}", ecosystem=row.ecosystem, kind=EVENT, address=address, at=at).holds:
        raise Refused(_("Dit bericht lijkt op ongewenste post. Haal er links uit en probeer het nog eens."))
    notice = EventNotice.objects.create(
        event=row,
        kind=EventNotice.Kind.MESSAGE,
        group=KEPT_AS[group],
        subject=subject[:150],
        text=text[:5000],
        by=by,
        at=at,
        token=token,
        told=len(people),
    )
    tell_notice(notice, people, by=by)
    return notice


def remind(at: datetime.datetime) -> int:
    """Who comes hears of it the day before, once; how many events those were."""
    soon = Event.objects.shown().filter(
        state=Event.State.PLANNED, reminded_at=None, starts_at__gt=at, starts_at__lte=at + REMIND_BEFORE
    )
    return sum(_remind(pk, at) for pk in list(soon.order_by("starts_at").values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, at: datetime.datetime) -> int:
    """In a transaction for each, so that a job that was killed goes on where it was."""
    event = locked(pk)
    if event.reminded_at is not None:
        return 0
    event.reminded_at = at
    event.save(update_fields=["reminded_at"])
    tell_reminder(event, people_of(event, (State.REGISTERED,), timezone.localdate(at)), at)
    return 1
