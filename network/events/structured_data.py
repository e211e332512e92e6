"""An event that everybody may see, as schema.org's Event; without link or full address, which are for who comes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from network.events.clock import local
from network.events.models import Event
from network.events.search_documents import organiser_of
from portal.pages.structured_data import as_script_content
from portal.text import render_markdown, strip_markup


def event_data(event: Event) -> SafeString:
    """Nothing for what isn't for everybody."""
    is_public = event.audience == Event.Audience.PUBLIC and event.shown == "visible"
    if not is_public or event.state == Event.State.DRAFT:
        return SafeString()
    url = f"{settings.BASE_URL}{event.get_absolute_url()}"
    is_cancelled = event.state == Event.State.CANCELLED
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BusinessEvent",
        "name": event.title,
        "description": event.summary or strip_markup(render_markdown(event.text))[:300],
        "url": url,
        "inLanguage": "nl",
        "startDate": local(event.starts_at).isoformat(),
        "endDate": local(event.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if is_cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{_mode(event)}EventAttendanceMode",
        "isAccessibleForFree": True,
        "location": _locations(event, url),
        "organizer": {"@type": "Organization", "name": organiser_of(event) or settings.SITE_NAME},
    }
    if event.capacity is not None:
        found["maximumAttendeeCapacity"] = event.capacity
    return as_script_content(found)


def _mode(event: Event) -> str:
    if event.is_online and event.place:
        return "Mixed"
    return "Online" if event.is_online else "Offline"


def _locations(event: Event, url: str) -> Any:
    found: list[dict[str, Any]] = []
    if event.place or not event.is_online:
        found.append({"@type": "Place", "name": event.place or settings.SITE_NAME, "address": event.place})
    if event.is_online:
        found.append({"@type": "VirtualLocation", "url": url})
    return found[0] if len(found) == 1 else found
