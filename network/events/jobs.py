"""What the worker does for events."""

from __future__ import annotations

import datetime

from django.utils import timezone

from network.events.services import (
    count_places_anew,
    expire_offers,
    forget_registrations,
    release_lost,
    remind,
)
from portal.background.registry import job

OFTEN = datetime.timedelta(minutes=5)


@job(name="events.move-up", every=OFTEN)
def move_up() -> None:
    """First who holds a place no longer, then what was offered too long ago; both make room for the next."""
    at = timezone.now()
    release_lost(at)
    count_places_anew(at)
    expire_offers(at)


@job(name="events.remind", every=datetime.timedelta(minutes=15))
def remind_people() -> None:
    remind(timezone.now())


@job(name="events.forget-registrations", at="03:35")
def forget() -> None:
    forget_registrations(timezone.now())
