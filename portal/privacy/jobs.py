"""What the worker does about personal data."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.background.registry import job
from portal.privacy.services import erasing, retention, takeaways


@job(name=erasing.ERASE_JOB, every=timedelta(hours=1), term=timedelta(hours=2), lane="slow")
def erase_due() -> None:
    erasing.erase_due(timezone.now())


@job(name="privacy.warn-inactive", at="05:10")
def warn() -> None:
    retention.warn_inactive(timezone.now())


@job(name="privacy.erase-inactive", at="03:05", term=timedelta(hours=2), lane="slow")
def erase_inactive() -> None:
    erasing.erase_inactive(timezone.now())


@job(name="privacy.forget-old", at="03:15")
def forget() -> None:
    retention.forget_old(timezone.now())


@job(name=takeaways.MAKE_JOB, every=timedelta(minutes=5), term=timedelta(hours=1), lane="slow")
def make_takeaways() -> None:
    takeaways.make_waiting(timezone.now())
