"""What somebody is writing, kept so that no closed browser loses it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from network.conversations.models import MOST_TEXT, MOST_TITLE, Draft
from network.conversations.pictures import of_draft
from network.conversations.rules import MOST_DRAFTS
from network.conversations.services.pictures import forget_drafts
from portal.accounts.models import User


@transaction.atomic
def save_draft(user: User, *, place: str, title: str = "", text: str = "") -> Draft | None:
    """The draft as it is now; nothing typed and no picture is no draft. The oldest goes where somebody has very many."""
    if not title.strip() and not text.strip() and not of_draft(user, place).exists():
        drop_draft(user, place=place)
        return None
    draft, _created = Draft.objects.update_or_create(
        user=user,
        place=place,
        defaults={"title": title[:MOST_TITLE], "text": text[:MOST_TEXT], "saved_at": timezone.now()},
    )
    kept = Draft.objects.filter(user=user).order_by("-saved_at", "-pk")
    forget_drafts(kept[MOST_DRAFTS : MOST_DRAFTS + 50])
    return draft


@transaction.atomic
def drop_draft(user: User, *, place: str) -> None:
    """With its pictures, as far as they weren't posted."""
    forget_drafts(Draft.objects.filter(user=user, place=place))
