"""What the worker does for the forum."""

from __future__ import annotations

import datetime

from django.utils import timezone

from network.forum.services import tell_news
from network.forum.services.topics import TELL_JOB
from portal.background.registry import job


# Woken by who writes news; comes round for what a moderator let through later.
@job(name=TELL_JOB, every=datetime.timedelta(minutes=1), term=datetime.timedelta(minutes=20))
def tell() -> None:
    tell_news(timezone.now())
