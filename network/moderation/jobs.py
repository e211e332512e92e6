"""What the worker does for moderation."""

from __future__ import annotations

from django.utils import timezone

from network.moderation.services import forget_old, remind
from portal.background.registry import job


@job(name="moderation.remind", at="08:10")
def reminders() -> None:
    remind(timezone.now())


@job(name="moderation.forget-old", at="03:20")
def forget() -> None:
    """What people reported and why was decided, after its term."""
    forget_old(timezone.now())
