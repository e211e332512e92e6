"""Making an event, putting it on the agenda, changing and cancelling it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations.services.intake import judge, judge_change
from network.ecosystems.models import Ecosystem
from network.events import rules
from network.events.models import EVENT, Event, EventQuestion, Registration
from network.events.services.informing import note_change
from network.events.services.refusals import ChangedMeanwhile, NotAllowed, Refused
from network.events.services.standing import locked_managed
from network.events.services.telling import forget_reminder, people_of, tell_cancelled
from network.events.services.waiting import move_up
from network.moderation import intake
from portal.accounts.models import User
from portal.organisations.querysets import is_staff
from portal.taxonomy.models import Region, Sector, Theme
from portal.text import one_line

Held = "held"
# What somebody who comes has to know when it changes, and what a calendar holds.
OF_NOTE = ("title", "starts_at", "ends_at", "is_online", "place", "address", "online_url")
IN_CALENDAR = (*OF_NOTE, "summary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an organiser fills in."""

    title: str
    kind: str
    text: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    summary: str = ""
    audience: str = Event.Audience.PUBLIC
    is_online: bool = False
    place: str = ""
    address: str = ""
    online_url: str = ""
    capacity: int | None = None
    closes_at: datetime.datetime | None = None
    offer_hours: int = 24
    region: Region | None = None
    themes: Iterable[Theme] = field(default_factory=tuple)
    sectors: Iterable[Sector] = field(default_factory=tuple)


COLUMNS = tuple(each.name for each in fields(Details) if each.name not in ("themes", "sectors"))


@transaction.atomic
def plan_event(
    place: rules.Place,
    *,
    details: Details,
    by: User,
    token: uuid.UUID,
    copy_of: Event | None = None,
    at: datetime.datetime | None = None,
) -> Event:
    """A draft; the same one for the same form. `copy_of`: whose questions it takes over. Raises NotAllowed, Refused."""
    at = at or timezone.now()
    # Two forms of one person at once come after each other.
    by = User.objects.select_for_update().get(pk=by.pk)
    known = Event.objects.filter(token=token, created_by=by).first()
    if known is not None:
        return known
    if not rules.organises_for(by, place):
        raise NotAllowed
    event = Event(token=token, created_by=by, created_at=at, changed_at=at)
    if isinstance(place, Ecosystem):
        event.ecosystem = place
    else:
        event.organisation = place
    others = Event.objects.filter(ecosystem=event.ecosystem, organisation=event.organisation)
    if others.upcoming(at).count() >= rules.MOST_OPEN_EVENTS:
        raise Refused(_("Er staan al heel veel bijeenkomsten klaar. Verwijder of wijzig er eerst een."))
    _refuse_odd(event, details, at)
    _fill(event, details)
    event.save()
    _sort(event, details)
    if copy_of is not None and rules.can_manage(by, copy_of):
        _take_over_questions(event, copy_of)
    return event


@transaction.atomic
def publish_event(event: Event, *, by: User, address: str = "", at: datetime.datetime | None = None) -> Event:
    """On the agenda; what a moderator must see first is seen by who manages it alone. Raises NotAllowed, Refused."""
    at = at or timezone.now()
    row = locked_managed(event, by=by)
    if row.state == Event.State.PLANNED:
        return row
    if row.starts_at <= at:
        raise Refused(_("Deze bijeenkomst is al begonnen. Kies eerst een andere dag."))
    if not rules.can_publish(row, at):
        raise Refused(_("Deze bijeenkomst gaat niet door. Maak een kopie als je haar opnieuw wilt plannen."))
    row.state = Event.State.PLANNED
    row.changed_at = at
    _lay_before_moderator(row, by, address, at, is_new=True)
    row.save(update_fields=["state", "shown", "changed_at"])
    return row


@transaction.atomic
def change_event(
    event: Event,
    *,
    details: Details,
    version: int,
    by: User,
    address: str = "",
    at: datetime.datetime | None = None,
) -> Event:
    """Who comes hears of another time or place. `version`: of what the form showed.

    For whom it is can't be changed once it stands on the agenda. Raises NotAllowed, Refused, ChangedMeanwhile.
    """
    at = at or timezone.now()
    row = locked_managed(event, by=by)
    if row.version != version:
        raise ChangedMeanwhile(row)
    if not rules.can_change(row, at):
        raise Refused(_("Deze bijeenkomst is voorbij of afgezegd. Wijzigen kan niet meer."))
    is_planned = row.state == Event.State.PLANNED
    if is_planned and details.audience != row.audience:
        raise Refused(_("Voor wie de bijeenkomst is, kun je niet meer veranderen. Maak een kopie."))
    _refuse_odd(row, details, at)
    before = {name: getattr(row, name) for name in IN_CALENDAR}
    _fill(row, details)
    changed = {name for name in IN_CALENDAR if getattr(row, name) != before[name]}
    row.version += 1
    row.changed_at = at
    row.sequence += 1 if changed else 0
    if is_planned:
        _lay_before_moderator(row, by, address, at, is_new=False)
    if "starts_at" in changed:
        row.reminded_at = None
        forget_reminder(row)
    row.save()
    _sort(row, details)
    if is_planned and changed & set(OF_NOTE):
        note_change(row, changed & set(OF_NOTE), by=by, at=at)
    if is_planned:
        move_up(row, at)
    return row


@transaction.atomic
def cancel_event(event: Event, *, by: User, reason: str = "", at: datetime.datetime | None = None) -> Event:
    """It stays to be read, and everybody who came or waited hears of it. Raises NotAllowed, Refused."""
    at = at or timezone.now()
    row = locked_managed(event, by=by)
    if row.state == Event.State.CANCELLED:
        return row
    if not rules.can_cancel(row, at):
        raise Refused(_("Deze bijeenkomst staat niet op de agenda, of is al voorbij."))
    row.state, row.cancelled_at, row.changed_at = Event.State.CANCELLED, at, at
    row.cancel_reason = " ".join(reason.split())[:500]
    row.sequence += 1
    row.version += 1
    row.save()
    tell_cancelled(row, people_of(row, Registration.IN, timezone.localdate(at)), by=by, at=at)
    return row


@transaction.atomic
def drop_draft(event: Event, *, by: User) -> None:
    """What was never on the agenda can go. Raises NotAllowed, Refused."""
    row = locked_managed(event, by=by)
    if row.state != Event.State.DRAFT:
        raise Refused(_("Deze bijeenkomst stond al op de agenda. Zeg haar af, dan hoort iedereen het."))
    row.delete()


def put_shown(pk: int, shown: str) -> None:
    """As a moderator decided."""
    for row in Event.objects.select_for_update(of=("self",)).filter(pk=pk):
        row.shown = shown
        row.save(update_fields=["shown"])


def _fill(event: Event, details: Details) -> None:
    for name in COLUMNS:
        value = getattr(details, name)
        if isinstance(value, str):
            value = value.strip() if name == "text" else one_line(value)
        setattr(event, name, value)


def _sort(event: Event, details: Details) -> None:
    event.themes.set(details.themes)
    event.sectors.set(details.sectors)


def _refuse_odd(event: Event, details: Details, at: datetime.datetime) -> None:
    """What no event can be, in a sentence; the database holds to it too."""
    if not one_line(details.title):
        raise Refused(_("Geef de bijeenkomst een titel."))
    if details.ends_at <= details.starts_at:
        raise Refused(_("De bijeenkomst eindigt voordat ze begint. Kijk de tijden na."))
    if details.ends_at - details.starts_at > datetime.timedelta(days=14):
        raise Refused(_("Een bijeenkomst duurt hoogstens twee weken. Kijk de dagen na."))
    if details.starts_at != event.starts_at and details.starts_at <= at:
        raise Refused(_("Deze tijd is al voorbij. Kies een andere dag."))
    if details.closes_at is not None and details.closes_at > details.starts_at:
        raise Refused(_("Aanmelden kan tot het begin, niet daarna. Kies een eerdere dag."))
    is_chosen_now = event.state == Event.State.DRAFT and details.audience != Event.Audience.ECOSYSTEM
    if is_chosen_now and event.is_of_hidden:
        raise Refused(_("Dit ecosysteem is verborgen. Kies alleen wie meedoet: anders hoort iedereen ervan."))
    if details.audience == Event.Audience.ECOSYSTEM and event.ecosystem is None:
        raise Refused(_("Kies voor wie de bijeenkomst is."))
    if details.capacity is not None and details.capacity < event.taken:
        raise Refused(
            _("Er zijn al %(taken)s plaatsen bezet. Minder plaatsen kan niet.") % {"taken": event.taken}
        )


def _lay_before_moderator(
    event: Event, by: User, address: str, at: datetime.datetime, *, is_new: bool
) -> None:
    """Text of members is judged as their posts are; what staff write for the portal isn't."""
    if event.ecosystem is None and event.organisation is None and is_staff(by):
        return
    text, place = f"{event.title}\n{event.summary}\n{event.text}", event.ecosystem
    if is_new:
        judged = judge(by, text, ecosystem=place, kind=EVENT, address=address, at=at)
    else:
        judged = judge_change(by, text, ecosystem=place, address=address, at=at)
    if judged.holds and event.shown == "visible":
        event.shown = Held
        event.save(update_fields=["shown"])
        intake.hold(EVENT, event.pk, author=by, reasons=judged.reasons, at=at)


def _take_over_questions(event: Event, source: Event) -> None:
    EventQuestion.objects.bulk_create(
        EventQuestion(
            event=event,
            number=each.number,
            kind=each.kind,
            label=each.label,
            options=each.options,
            is_required=each.is_required,
        )
        for each in source.questions.all()
    )


__all__ = [
    "Details",
    "cancel_event",
    "change_event",
    "drop_draft",
    "plan_event",
    "publish_event",
    "put_shown",
]
