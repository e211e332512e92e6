"""The rows that a change begins with, locked, so that two changes at once come after each other."""

from __future__ import annotations

from network.conversations.models import Conversation, Post
from network.conversations.services.refusals import NotAllowed


def locked_conversation(conversation: Conversation) -> Conversation:
    """Raises NotAllowed where it is gone."""
    row = Conversation.objects.select_for_update(of=("self",)).select_related("ecosystem")
    found = row.filter(pk=conversation.pk).first()
    if found is None:
        raise NotAllowed
    return found


def locked_post(post: Post) -> Post:
    """Its conversation first, as everything does that needs both: so nobody waits for each other. Raises NotAllowed."""
    conversation = locked_conversation(post.conversation)
    found = Post.objects.select_for_update(of=("self",)).filter(pk=post.pk, conversation=conversation).first()
    if found is None:
        raise NotAllowed
    found.conversation = conversation
    return found
