"""What the worker does for notifications."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.background.registry import job
from portal.notifications.mailing import mail_due
from portal.notifications.services import forget_old


# In the lane of mail: at seven in the morning it may take a while, and holds up nothing else.
@job(name="notifications.mail", every=timedelta(seconds=30), term=timedelta(minutes=20), lane="mail")
def mail() -> None:
    mail_due()


@job(name="notifications.forget-old", at="03:45")
def forget() -> None:
    forget_old(timezone.now())
