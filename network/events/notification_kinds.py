"""What people hear of events: a place for them, what changed or was cancelled, tomorrow, and what the organiser says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network.events.clock import local
from network.events.models import Event, EventNotice, Registration, Removal
from network.events.services.telling import (
    CANCELLED,
    CHANGED,
    EXPIRED,
    MATERIAL,
    MESSAGE,
    OFFERED,
    REGISTERED,
    REMINDER,
    REMOVED,
    WAITING,
)
from portal.accounts.models import User
from portal.design.shapes import Link
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.models import Notification

Show = Callable[[User, Sequence[Notification]], Mapping[int, Shown]]


def _where(event: Event) -> str:
    return event.ecosystem.name if event.ecosystem is not None else ""


def _seen(reader: User, pks: set[int]) -> dict[int, Event]:
    rows = Event.objects.visible_to(reader).shown().filter(pk__in=pks)
    return {row.pk: row for row in rows.select_related("ecosystem")}


def _of_events(sentence: Callable[[Event], str]) -> Show:
    def show(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
        found = _seen(reader, {row.object_id for row in rows})
        return {
            row.pk: Shown(
                sentence(found[row.object_id]),
                found[row.object_id].get_absolute_url(),
                _where(found[row.object_id]),
            )
            for row in rows
            if row.object_id in found
        }

    return show


def _of_registrations(
    state: str,
    sentence: Callable[[Registration], str],
    *,
    context: Callable[[Event], str] = _where,
    links: Callable[[Event], Sequence[Link]] = lambda event: (),
) -> Show:
    """As long as it is in this state: an offer that was answered asks nothing any more."""

    def show(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
        mine = Registration.objects.filter(user=reader, pk__in={row.object_id for row in rows}, state=state)
        registrations = {each.pk: each for each in mine}
        found = _seen(reader, {each.event_id for each in registrations.values()})
        told: dict[int, Shown] = {}
        for row in rows:
            registration = registrations.get(row.object_id)
            event = found.get(registration.event_id) if registration is not None else None
            if registration is None or event is None:
                continue
            registration.event = event
            told[row.pk] = Shown(
                sentence(registration), event.get_absolute_url(), context(event), links(event)
            )
        return told

    return show


def _removals(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    """With why, as long as it stands."""
    mine = Removal.objects.filter(
        registration__user=reader, ended_at=None, pk__in={row.object_id for row in rows}
    ).select_related("registration")
    removals = {each.pk: each for each in mine}
    found = _seen(reader, {each.registration.event_id for each in removals.values()})
    told: dict[int, Shown] = {}
    for row in rows:
        removal = removals.get(row.object_id)
        event = found.get(removal.registration.event_id) if removal is not None else None
        if removal is not None and event is not None:
            said = _now("De organisator haalde je aanmelding voor “%(title)s” weg") % {"title": event.title}
            told[row.pk] = Shown(
                said, event.get_absolute_url(), _now("Waarom: %(why)s") % {"why": removal.reason}
            )
    return told


def _of_notices(sentence: Callable[[EventNotice], str], *, for_who_waits: bool = True) -> Show:
    """For who still comes or waits."""

    def show(reader: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
        notices = EventNotice.objects.filter(pk__in={row.object_id for row in rows})
        mine = Registration.objects.involved() if for_who_waits else Registration.objects.seated()
        notices = notices.filter(event__in=mine.filter(user=reader).order_by().values("event"))
        by_pk = {each.pk: each for each in notices}
        found = _seen(reader, {each.event_id for each in by_pk.values()})
        told: dict[int, Shown] = {}
        for row in rows:
            notice = by_pk.get(row.object_id)
            event = found.get(notice.event_id) if notice is not None else None
            if notice is None or event is None:
                continue
            notice.event = event
            url = f"{event.get_absolute_url()}#nieuws-{notice.pk}"
            told[row.pk] = Shown(sentence(notice), url, _where(event))
        return told

    return show


def _when(event: Event) -> str:
    return date_format(local(event.starts_at), "j F, H:i")


def _offered(registration: Registration) -> str:
    until = registration.offer_until
    return _now("Er is een plek vrij bij “%(title)s”. Neem die aan voor %(until)s") % {
        "title": registration.event.title,
        "until": date_format(local(until), "j F H:i") if until is not None else "",
    }


def _registered(registration: Registration) -> str:
    said = {"title": registration.event.title, "when": _when(registration.event)}
    return _now("Je bent aangemeld voor “%(title)s” op %(when)s") % said


def _in_line(registration: Registration) -> str:
    said = {"title": registration.event.title, "when": _when(registration.event)}
    return _now("Je staat op de wachtlijst voor “%(title)s” op %(when)s") % said


def _how_to_cancel(event: Event) -> str:
    return _joined(_where(event), _now("Kun je toch niet? Meld je af op de pagina van de bijeenkomst."))


def _how_the_line_moves(event: Event) -> str:
    said = _now("Komt er een plek vrij, dan hoor je het. Afmelden kan op de pagina van de bijeenkomst.")
    return _joined(_where(event), said)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _to_calendar(event: Event) -> list[Link]:
    return [Link(label=_now("Zet in je agenda"), url=reverse("events:calendar", args=[event.pk]))]


register(
    Kind(
        code=REGISTERED,
        label=_("je aanmelding voor een bijeenkomst"),
        help=_("Een bevestiging, met de bijeenkomst voor je agenda en hoe je je afmeldt."),
        default=Frequency.DIRECT,
        show=_of_registrations(
            Registration.State.REGISTERED, _registered, context=_how_to_cancel, links=_to_calendar
        ),
        order=57,
    )
)
register(
    Kind(
        code=WAITING,
        label=_("je plek op een wachtlijst"),
        help=_("Een bevestiging als je op de wachtlijst van een bijeenkomst komt."),
        default=Frequency.DIRECT,
        show=_of_registrations(Registration.State.WAITING, _in_line, context=_how_the_line_moves),
        order=58,
    )
)
register(
    Kind(
        code=REMOVED,
        label=_("een aanmelding die de organisator weghaalt"),
        help=_("Met de reden erbij."),
        default=Frequency.DIRECT,
        show=_removals,
        order=59,
    )
)
register(
    Kind(
        code=OFFERED,
        label=_("een plek voor jou van de wachtlijst"),
        help=_("Als er een plek vrijkomt bij een bijeenkomst. Je hebt even de tijd om die aan te nemen."),
        default=Frequency.DIRECT,
        show=_of_registrations(Registration.State.OFFERED, _offered),
        order=60,
    )
)
register(
    Kind(
        code=EXPIRED,
        label=_("een plek die naar een ander ging"),
        help=_("Als je een plek van de wachtlijst niet op tijd aannam."),
        default=Frequency.DAILY,
        show=_of_registrations(
            Registration.State.EXPIRED,
            lambda registration: (
                _now("Je plek bij “%(title)s” ging naar een ander: de termijn was om")
                % {"title": registration.event.title}
            ),
        ),
        order=61,
    )
)
register(
    Kind(
        code=CHANGED,
        label=_("een bijeenkomst die anders wordt"),
        help=_("Als tijd, plaats of link verandert van een bijeenkomst waar je naartoe gaat."),
        default=Frequency.DIRECT,
        show=_of_notices(
            lambda notice: (
                _now("“%(title)s” is gewijzigd en begint %(when)s")
                % {"title": notice.event.title, "when": _when(notice.event)}
            )
        ),
        order=62,
    )
)
register(
    Kind(
        code=CANCELLED,
        label=_("een bijeenkomst die niet doorgaat"),
        help=_("Als een bijeenkomst waar je naartoe gaat, wordt afgezegd."),
        default=Frequency.DIRECT,
        show=_of_events(
            lambda event: (
                _now("“%(title)s” van %(when)s gaat niet door") % {"title": event.title, "when": _when(event)}
            )
        ),
        order=63,
    )
)
register(
    Kind(
        code=REMINDER,
        label=_("een bijeenkomst van morgen"),
        help=_("Een dag voordat een bijeenkomst begint waar je naartoe gaat."),
        default=Frequency.DIRECT,
        show=_of_events(
            lambda event: (
                _now("Bijna zover: “%(title)s” begint %(when)s")
                % {"title": event.title, "when": _when(event)}
            )
        ),
        order=64,
    )
)
register(
    Kind(
        code=MESSAGE,
        label=_("een bericht van wie een bijeenkomst organiseert"),
        help=_("Alleen over bijeenkomsten waar je naartoe gaat of op de wachtlijst staat."),
        default=Frequency.DIRECT,
        show=_of_notices(
            lambda notice: (
                _now("Bericht over “%(title)s”: %(subject)s")
                % {"title": notice.event.title, "subject": notice.subject}
            )
        ),
        order=65,
    )
)
register(
    Kind(
        code=MATERIAL,
        label=_("materiaal van een bijeenkomst"),
        help=_("Als er iets bij komt om terug te kijken of na te lezen."),
        default=Frequency.DAILY,
        show=_of_notices(
            lambda notice: (
                _now("Materiaal bij “%(title)s”: %(subject)s")
                % {"title": notice.event.title, "subject": notice.subject}
            ),
            for_who_waits=False,
        ),
        order=66,
    )
)
