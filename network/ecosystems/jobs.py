"""What the worker does for ecosystems."""

from __future__ import annotations

from django.utils import timezone

from network.ecosystems.services import end_lapsed
from network.ecosystems.services.retention import forget_old
from portal.background.registry import job


@job(name="ecosystems.end-lapsed", at="03:25")
def lapsed() -> None:
    """Who left their company is out at once; the row ends by night, so that coming back doesn't revive it."""
    end_lapsed(timezone.now())


@job(name="ecosystems.forget-old", at="03:28")
def forget() -> None:
    """What is kept of people no longer than it serves."""
    forget_old(timezone.now())
