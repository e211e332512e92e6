"""What the worker does for questions."""

from __future__ import annotations

from django.utils import timezone

from network.questions.services import forget_old_days, remind_those_who_know
from portal.background.registry import job


@job(name="questions.remind-those-who-know", at="06:10")
def remind() -> None:
    """Before the mail of the morning goes out."""
    remind_those_who_know(timezone.now())


@job(name="questions.forget-old-days", at="03:50")
def forget() -> None:
    forget_old_days(timezone.now())
