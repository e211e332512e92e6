"""What the worker does for conversations."""

from __future__ import annotations

from django.utils import timezone

from network.conversations.services.retention import forget_old
from portal.background.registry import job


@job(name="conversations.forget-old-drafts", at="03:32")
def forget() -> None:
    forget_old(timezone.now())
