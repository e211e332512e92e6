"""What nobody goes on with."""

from __future__ import annotations

import datetime

from network.conversations.models import Draft

KEEP_DRAFTS = datetime.timedelta(days=365)  # after somebody last typed in one


def forget_old(at: datetime.datetime) -> int:
    number: int = Draft.objects.filter(saved_at__lt=at - KEEP_DRAFTS).delete()[0]
    return number
