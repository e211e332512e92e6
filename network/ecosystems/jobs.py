"""What the worker does for ecosystems."""

from __future__ import annotations

from django.utils import timezone

from network.ecosystems.services import end_lapsed
from portal.background.registry import job


@job(name="ecosystems.end-lapsed", at="03:25")
def lapsed() -> None:
    """Who left their company is out at once; the row ends by night, so that coming back doesn't revive it."""
    end_lapsed(timezone.now())
