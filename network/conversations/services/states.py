"""What may be seen, as moderators decide it; and what follows for the conversation as a whole."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from network.conversations.models import Conversation, Post
from network.conversations.services.standing import locked_post
from network.conversations.services.telling import tell_of_post


@transaction.atomic
def set_post_state(pk: int, state: str) -> None:
    """Hold, hide or restore a post. With the opening post goes the conversation; who should hear of a post that was held
    hears of it now."""
    post = locked_post(Post.objects.select_related("conversation").get(pk=pk))
    was_held = post.state == Post.State.HELD
    post.state = state
    post.save(update_fields=["state"])
    conversation = post.conversation
    if is_opening(post):
        # Words that are taken back leave the conversation to those who answered.
        withdrawn_only = state == Post.State.WITHDRAWN and _has_others(post)
        conversation.state = Conversation.State.VISIBLE if withdrawn_only else state
    conversation.last_post_at = last_shown(conversation)
    conversation.save(update_fields=["state", "last_post_at"])
    if was_held and state == Post.State.VISIBLE:
        tell_of_post(post, list(post.mentions.values_list("user", flat=True)))


@transaction.atomic
def hide_conversation(conversation: Conversation, *, state: str) -> None:
    """For a room whose conversations have no opening post."""
    conversation.state = state
    conversation.save(update_fields=["state"])


def is_opening(post: Post) -> bool:
    """The first of a conversation keeps number 1: it is never moved, and what is moved comes behind what is there."""
    return post.number == 1


def _has_others(post: Post) -> bool:
    return Post.objects.shown().filter(conversation=post.conversation).exclude(pk=post.pk).exists()


def last_shown(conversation: Conversation) -> datetime.datetime:
    """When the newest post that can be seen was written."""
    shown = Post.objects.shown().filter(conversation=conversation)
    last: datetime.datetime | None = shown.aggregate(last=Max("created_at"))["last"]
    return last or conversation.created_at
