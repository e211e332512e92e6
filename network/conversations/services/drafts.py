"""What somebody is writing, kept so that no closed browser loses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils import timezone

from network.conversations.models import MOST_TEXT, MOST_TITLE, Draft
from network.conversations.pictures import OF_DRAFT, of_draft
from network.conversations.rules import MOST_DRAFTS
from network.conversations.services.pictures import forget_drafts
from portal.accounts.models import User
from portal.media.services.moving import move_images

MOST_OF_A_FIELD: Final = 1000
MOST_CHOSEN: Final = 50


@transaction.atomic
def save_draft(
    user: User,
    *,
    place: str,
    title: str = "",
    text: str = "",
    rest: Mapping[str, str | list[str]] | None = None,
) -> Draft | None:
    """The draft as it is now; nothing typed and no picture is no draft. The oldest goes where somebody has very many.

    `rest`: the other fields of a form, as they were typed; of each at most what fits.
    """
    title, text = title.replace("\x00", ""), text.replace("\x00", "")
    others = {name: _fitting(value) for name, value in (rest or {}).items() if value}
    if not title.strip() and not text.strip() and not others and not of_draft(user, place).exists():
        drop_draft(user, place=place)
        return None
    draft, _created = Draft.objects.update_or_create(
        user=user,
        place=place,
        defaults={
            "title": title[:MOST_TITLE],
            "text": text[:MOST_TEXT],
            "rest": others,
            "saved_at": timezone.now(),
        },
    )
    kept = Draft.objects.filter(user=user).order_by("-saved_at", "-pk")
    forget_drafts(kept[MOST_DRAFTS : MOST_DRAFTS + 50])
    return draft


def _fitting(value: str | list[str]) -> str | list[str]:
    """Without what no database keeps."""
    if isinstance(value, str):
        return value.replace("\x00", "")[:MOST_OF_A_FIELD]
    return [each.replace("\x00", "")[:MOST_OF_A_FIELD] for each in value[:MOST_CHOSEN]]


@transaction.atomic
def move_draft(user: User, *, place: str, to: str) -> None:
    """What somebody was writing belongs elsewhere: its pictures go along with what they write there already."""
    draft = Draft.objects.filter(user=user, place=place).first()
    if draft is None:
        return
    there, _created = Draft.objects.get_or_create(
        user=user, place=to, defaults={"text": draft.text, "saved_at": draft.saved_at}
    )
    move_images(of_draft(user, place), purpose=OF_DRAFT, object_id=there.pk)
    draft.delete()


@transaction.atomic
def drop_draft(user: User, *, place: str) -> None:
    """With its pictures, as far as they weren't posted."""
    forget_drafts(Draft.objects.filter(user=user, place=place))
