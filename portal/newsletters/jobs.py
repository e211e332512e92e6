"""What the worker does for the newsletter."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.background.registry import job
from portal.newsletters.services import SEND_JOB, forget_unconfirmed, lay_ready


@job(name=SEND_JOB, every=timedelta(seconds=30), term=timedelta(minutes=20))
def lay() -> None:
    lay_ready(timezone.now())


@job(name="newsletters.forget-unconfirmed", at="03:44")
def forget() -> None:
    forget_unconfirmed(timezone.now())
