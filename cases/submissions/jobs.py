"""What the worker does for members' own cases."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cases.submissions.services import forget_left_files, forget_old, tell_published
from portal.background.registry import job


@job(name="submissions.tell-published", every=timedelta(minutes=5))
def published() -> None:
    """An expert publishes in the staff admin; the author hears of it a moment later."""
    tell_published()


@job(name="submissions.forget-old", at="03:55")
def forget() -> None:
    now = timezone.now()
    forget_old(now)
    forget_left_files(now)
