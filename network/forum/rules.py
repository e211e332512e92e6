"""Who may begin a topic and who runs a room."""

from __future__ import annotations

from typing import Any

from network.conversations.rules import can_start, can_steer
from network.ecosystems.models import Ecosystem
from network.ecosystems.rules import can_manage
from network.forum.models import ForumRoom, Topic
from network.moderation.rules import is_moderator

__all__ = ["can_begin_topic", "can_run_rooms", "can_steer_topic", "takes_topics"]


def can_begin_topic(user: Any, room: ForumRoom) -> bool:
    return takes_topics(room) and can_start(user, room.ecosystem)


def takes_topics(room: ForumRoom) -> bool:
    """From who sees it and is signed in: in an ecosystem only who is inside sees it. Asks the database nothing."""
    return room.closed_at is None and (room.ecosystem is None or room.ecosystem.closed_at is None)


def can_run_rooms(user: Any, ecosystem: Ecosystem | None) -> bool:
    """Make and close rooms: managers in their ecosystem, the portal's moderators for everybody."""
    if ecosystem is None:
        return is_moderator(user)
    return ecosystem.closed_at is None and can_manage(user, ecosystem)


def can_steer_topic(user: Any, topic: Topic) -> bool:
    return can_steer(user, topic.conversation)
