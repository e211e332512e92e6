"""Who may write what in a conversation."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from network.conversations.models import Conversation, Post
from network.ecosystems.models import Ecosystem
from network.ecosystems.rules import can_manage as can_manage_ecosystem
from network.ecosystems.rules import is_inside
from network.moderation.rules import is_moderator
from portal.organisations.models import Membership
from portal.organisations.querysets import is_person

EDIT_WINDOW = datetime.timedelta(hours=24)
CHANGING = "post:"  # before the number of a post: where the draft of a change to it is kept
MOST_MENTIONS = 10
MOST_DRAFTS = 50
MOST_PICTURES = 4  # below one post
MOST_ALT = 250  # signs that say what is on one


def can_start(user: Any, ecosystem: Ecosystem | None) -> bool:
    """Members begin conversations for everybody; in an ecosystem who takes part in it, as long as it is open."""
    if not is_person(user):
        return False
    return ecosystem is None or (ecosystem.closed_at is None and is_inside(user, ecosystem))


def can_reply(user: Any, conversation: Conversation) -> bool:
    """Whoever could begin one there, while nobody closed it."""
    return takes_replies(conversation) and can_start(user, conversation.ecosystem)


def takes_replies(conversation: Conversation) -> bool:
    """From who sees it and is signed in: in an ecosystem only who is inside sees it. Asks the database nothing."""
    if conversation.locked_at is not None or conversation.state != Conversation.State.VISIBLE:
        return False
    return conversation.ecosystem is None or conversation.ecosystem.closed_at is None


def can_edit(user: Any, post: Post, at: datetime.datetime) -> bool:
    """One's own, for a day, and as long as one could still write there."""
    return (
        is_person(user)
        and post.author_id == user.pk
        and post.state in (Post.State.VISIBLE, Post.State.HELD)
        and at < post.created_at + EDIT_WINDOW
        and can_start(user, post.conversation.ecosystem)
    )


def can_withdraw(user: Any, post: Post) -> bool:
    """One's own, at any time: what somebody said is theirs to take back."""
    return is_person(user) and post.author_id == user.pk and post.state == Post.State.VISIBLE


def can_vote(user: Any, post: Post) -> bool:
    """Members, for what is not their own nor of somebody in the same company."""
    if not is_person(user) or post.author_id in (None, user.pk) or post.state != Post.State.VISIBLE:
        return False
    return not are_colleagues(user.pk, post.author_id)


def are_colleagues(first: int, second: int | None) -> bool:
    current = Membership.objects.current(timezone.localdate())
    theirs = current.filter(user=second).order_by().values("organisation")
    return bool(current.filter(user=first, organisation__in=theirs).exists())


def can_steer(user: Any, conversation: Conversation) -> bool:
    """Close, pin, move and split: the managers of its ecosystem; of what is for everybody the portal's moderators."""
    if not is_person(user):
        return False
    if conversation.ecosystem is None:
        return is_moderator(user)
    return can_manage_ecosystem(user, conversation.ecosystem)
