"""How far somebody read, and whether they want to hear of more."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from network.conversations.models import Conversation, Post, Reading
from network.conversations.services.refusals import NotAllowed
from portal.accounts.models import User


@transaction.atomic
def mark_read(conversation: Conversation, *, by: User, number: int | None = None) -> None:
    """Read up to and including `number`, or all there is; never back. Raises NotAllowed."""
    _require_seen(conversation, by)
    posts = Post.objects.visible_to(by).filter(conversation=conversation)
    if number is not None:
        posts = posts.filter(number__lte=number)
    last = posts.aggregate(last=Max("number"))["last"] or 0
    Reading.objects.get_or_create(user=by, conversation=conversation)
    Reading.objects.filter(user=by, conversation=conversation, read_number__lt=last).update(read_number=last)


@transaction.atomic
def choose_wants(conversation: Conversation, *, by: User, wants: str) -> None:
    """Follow, mute, or neither. Raises NotAllowed."""
    _require_seen(conversation, by)
    if wants not in Reading.Wants.values:
        raise NotAllowed
    Reading.objects.update_or_create(user=by, conversation=conversation, defaults={"wants": wants})


def _require_seen(conversation: Conversation, by: User) -> None:
    if not Conversation.objects.visible_to(by).filter(pk=conversation.pk).exists():
        raise NotAllowed
