"""What somebody is writing, kept so that no closed browser loses it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from network.conversations.models import MOST_TEXT, MOST_TITLE, Draft
from network.conversations.rules import MOST_DRAFTS
from portal.accounts.models import User


@transaction.atomic
def save_draft(user: User, *, place: str, title: str = "", text: str = "") -> Draft | None:
    """The draft as it is now; nothing typed is no draft. The oldest goes where somebody has very many."""
    if not title.strip() and not text.strip():
        drop_draft(user, place=place)
        return None
    draft, _created = Draft.objects.update_or_create(
        user=user,
        place=place,
        defaults={"title": title[:MOST_TITLE], "text": text[:MOST_TEXT], "saved_at": timezone.now()},
    )
    kept = Draft.objects.filter(user=user).order_by("-saved_at", "-pk").values_list("pk", flat=True)
    beyond = list(kept[MOST_DRAFTS : MOST_DRAFTS + 50])
    if beyond:
        Draft.objects.filter(pk__in=beyond).delete()
    return draft


def drop_draft(user: User, *, place: str) -> None:
    Draft.objects.filter(user=user, place=place).delete()
