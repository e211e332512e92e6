"""What the worker does for saved searches."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.background.registry import job
from portal.saved_searches.services import LOOK_JOB, forget_old, look_at_due


# Each search says itself when: at five in the morning, all of them; in between the one that was saved just now.
@job(name=LOOK_JOB, every=timedelta(minutes=5), term=timedelta(hours=2), lane="slow")
def look() -> None:
    look_at_due(timezone.now())


@job(name="saved-searches.forget-old", at="03:42")
def forget() -> None:
    forget_old(timezone.now())
