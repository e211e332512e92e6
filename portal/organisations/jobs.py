"""What is kept of people no longer than it serves."""

from __future__ import annotations

from django.utils import timezone

from portal.background.registry import job
from portal.organisations.services import forget_old


@job(name="organisations.forget-old", at="03:40")
def forget() -> None:
    forget_old(timezone.now())
