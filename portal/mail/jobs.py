"""What the worker does for mail."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.background.registry import job
from portal.mail.services import SEND_JOB, forget_old, send_due


# A lane of its own: a mail server that hangs holds up nobody, and a code never waits for a rebuild.
@job(name=SEND_JOB, every=timedelta(seconds=30), term=timedelta(minutes=20), lane="mail")
def send() -> None:
    while send_due():
        pass


@job(name="mail.forget-old", at="03:35")
def forget() -> None:
    forget_old(timezone.now())
