"""Events and their people as screens show them to one reader."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.events.clock import comes_twice, local
from network.events.models import Event, Registration
from network.events.search_documents import organiser_of
from portal.design.shapes import EventView, Link, PersonView, SummaryItem
from portal.people.shapes import shown_people
from portal.text import render_markdown

State = Registration.State


def as_html(text: str) -> SafeString:
    """A member's Markdown."""
    return mark_safe(render_markdown(text))  # noqa: S308 - portal.text has the last word on what may stand in it


def time_text(moment: datetime.datetime) -> str:
    """The clock in Amsterdam; in the hour that comes twice with which of both it is."""
    at = local(moment)
    text = date_format(at, "H:i")
    if not comes_twice(at.date(), at.time()):
        return text
    return (
        _("%(time)s (zomertijd)") % {"time": text}
        if not at.fold
        else _("%(time)s (wintertijd)") % {"time": text}
    )


def day_text(moment: datetime.datetime) -> str:
    return date_format(local(moment), "l j F Y")


def hours_text(event: Event) -> str:
    """From when until when; the last day too where it is another one."""
    begin, end = local(event.starts_at), local(event.ends_at)
    words = {"start": time_text(event.starts_at), "end": time_text(event.ends_at)}
    if begin.date() == end.date():
        return _("%(start)s tot %(end)s") % words
    return _("%(start)s tot %(day)s %(end)s") % {**words, "day": date_format(end, "l j F")}


def place_text(event: Event) -> str:
    """For everybody: the town, or that it is online."""
    if event.is_online and event.place:
        return _("%(place)s en online") % {"place": event.place}
    return _("online") if event.is_online else event.place


def badge_of(event: Event, mine: str) -> tuple[str, str]:
    """How it stands for this reader, in a few words; nothing where there is nothing to say."""
    if event.state == Event.State.DRAFT:
        return _("Concept"), "wait"
    if event.shown != "visible":
        return _("Wacht op een moderator"), "wait"
    if event.state == Event.State.CANCELLED:
        return _("Gaat niet door"), "problem"
    own = {
        State.REGISTERED: (_("Je bent aangemeld"), "good"),
        State.OFFERED: (_("Er is een plek voor jou"), "wait"),
        State.WAITING: (_("Je staat op de wachtlijst"), "wait"),
    }
    if mine in own:
        return own[State(mine)]
    if event.ends_at <= timezone.now():
        return "", "neutral"
    if event.free is not None and event.free <= 0:
        return _("Vol, wel een wachtlijst"), "wait"
    return "", "neutral"


def event_views(events: Iterable[Any]) -> list[EventView]:
    """For a list; loaded `.with_mine(reader)`, with ecosystem and organisation."""
    return [_event_view(each) for each in events]


def _event_view(event: Any) -> EventView:
    badge, kind = badge_of(event, event.mine)
    meta = (str(event.get_kind_display()), place_text(event), organiser_of(event))
    return EventView(
        title=event.title,
        url=event.get_absolute_url(),
        starts=local(event.starts_at),
        when=hours_text(event),
        meta=tuple(part for part in meta if part),
        summary=event.summary,
        badge=badge,
        badge_kind=kind,
    )


def facts_of(
    event: Event, *, is_in: bool, themes: Iterable[Any], sectors: Iterable[Any]
) -> list[SummaryItem]:
    """When, where, for whom and how many; the full address and the link for who comes alone."""
    found = [
        SummaryItem(term=_("Wanneer"), text=f"{day_text(event.starts_at)}, {hours_text(event)}"),
        SummaryItem(
            term=_("Waar"),
            text=(event.address if is_in and event.address else "") or place_text(event),
            missing=_("Dat hoor je nog"),
        ),
    ]
    if is_in and event.online_url:
        found.append(
            SummaryItem(
                term=_("Meedoen"), links=[Link(label=_("Open de link om mee te doen"), url=event.online_url)]
            )
        )
    if organiser := organiser_of(event):
        found.append(SummaryItem(term=_("Van wie"), text=organiser))
    if event.is_private:
        text = event.get_audience_display()
        if event.stays_inside and event.ecosystem is not None:
            text = _("wie meedoet aan %(name)s") % {"name": event.ecosystem.name}
        found.append(SummaryItem(term=_("Voor wie"), text=str(text)))
    if event.state == Event.State.PLANNED:
        found.append(SummaryItem(term=_("Plaatsen"), text=places_text(event)))
        if event.closes_at is not None:
            last = local(event.closes_at - datetime.timedelta(seconds=1))
            found.append(
                SummaryItem(
                    term=_("Aanmelden"), text=_("tot en met %(day)s") % {"day": date_format(last, "j F Y")}
                )
            )
    subjects = [
        Link(label=each.name, url=f"{reverse('events:list')}?thema={each.slug}") for each in themes
    ] + [Link(label=each.name, url=f"{reverse('events:list')}?sector={each.code}") for each in sectors]
    if subjects:
        found.append(SummaryItem(term=_("Onderwerp"), links=subjects))
    return found


def places_text(event: Event) -> str:
    if event.capacity is None or event.free is None:
        return _("geen maximum")
    if event.free <= 0:
        taken = ngettext("de enige plek is bezet", "alle %(number)s plekken zijn bezet", event.capacity)
        return taken % {"number": event.capacity}
    return ngettext(
        "nog %(free)s plek van de %(number)s", "nog %(free)s plekken van de %(number)s", event.free
    ) % {"free": event.free, "number": event.capacity}


def people_views(registrations: Sequence[Registration], reader: Any) -> list[PersonView]:
    """Who comes, as each lets this reader see them."""
    shown = shown_people([row.user_id for row in registrations], reader)
    return [
        PersonView(
            name=shown[row.user_id].name,
            role=shown[row.user_id].line,
            url=shown[row.user_id].url,
            photo_url=shown[row.user_id].photo_url,
        )
        for row in registrations
    ]
