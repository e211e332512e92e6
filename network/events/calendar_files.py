"""Events as calendars read them (RFC 5545). All times in UTC, which is right whatever the clock does that night."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as Entry

from network.events.models import Event
from portal.text import render_markdown, strip_markup

PRODUCT = "-//Slimmer Werken//bijeenkomsten//NL"
CONTENT_TYPE = "text/calendar; charset=utf-8"
MOST_DESCRIPTION = 500


@dataclass(frozen=True, slots=True)
class Line:
    """An event for one reader. `is_in`: they come, and may know how to get in."""

    event: Event
    is_in: bool = False


def calendar_file(lines: Iterable[Line], name: str = "") -> bytes:
    """A calendar with these events; `name` is what a subscribed calendar is called."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", _clean(name))
        calendar.add("refresh-interval;value=duration", "PT4H")
    for line in lines:
        calendar.add_component(_entry(line))
    found: bytes = calendar.to_ical()
    return found


def _entry(line: Line) -> Entry:
    event, entry = line.event, Entry()
    url = f"{settings.BASE_URL}{event.get_absolute_url()}"
    entry.add("uid", f"bijeenkomst-{event.pk}@{urlsplit(settings.BASE_URL).hostname}")
    entry.add("dtstamp", _utc(timezone.now()))
    entry.add("dtstart", _utc(event.starts_at))
    entry.add("dtend", _utc(event.ends_at))
    entry.add("summary", _clean(event.title))
    entry.add("sequence", event.sequence)
    entry.add("last-modified", _utc(event.changed_at))
    entry.add("status", "CANCELLED" if event.state == Event.State.CANCELLED else "CONFIRMED")
    entry.add("class", "PRIVATE" if event.is_private else "PUBLIC")
    entry.add("url", url)
    if place := where(event, is_in=line.is_in):
        entry.add("location", _clean(place))
    entry.add("description", _clean(f"{_words(event)}\n\n{url}".strip()))
    return entry


def where(event: Event, *, is_in: bool) -> str:
    """The full address or the link for who comes; for others the town."""
    if is_in:
        parts = [event.address or event.place, event.online_url]
        return ", ".join(part for part in parts if part)
    return event.place or ("online" if event.is_online else "")


def _words(event: Event) -> str:
    text = event.summary or strip_markup(render_markdown(event.text))
    return text if len(text) <= MOST_DESCRIPTION else f"{text[:MOST_DESCRIPTION].rsplit(' ', 1)[0]}…"


def _utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _clean(text: str) -> str:
    """Without the control characters that a calendar can't hold; a carriage return would begin a line of its own."""
    return "".join(letter for letter in text.replace("\r\n", "\n") if letter >= " " or letter in "\n\t")
