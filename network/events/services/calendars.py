"""The secret address of a person's own calendar."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from network.events.models import CalendarFeed
from portal.accounts.models import User


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_calendar_address(user: User, at: datetime.datetime | None = None) -> str:
    """The secret part of a new address, told once; an earlier one opens nothing any more."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=user, defaults={"token_digest": digest_of(token), "made_at": at or timezone.now()}
    )
    return token


def withdraw_calendar_address(user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def owner_of(token: str) -> User | None:
    """Whose calendar it is; None for an unknown address and for who can't sign in any more."""
    feed = CalendarFeed.objects.filter(token_digest=digest_of(token), user__is_active=True)
    found = feed.select_related("user").first()
    return found.user if found is not None else None
