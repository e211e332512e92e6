"""Who may begin a topic and who runs a room."""

from __future__ import annotations

from typing import Any

from network.conversations.rules import can_start, can_steer
from network.ecosystems.models import Ecosystem
from network.ecosystems.rules import can_manage
from network.forum.models import ForumRoom, Topic
from network.moderation.rules import is_moderator

__all__ = [
    "can_begin_topic",
    "can_close_room",
    "can_run_rooms",
    "can_steer_topic",
    "can_write_news",
    "takes_topics",
]


def can_begin_topic(user: Any, room: ForumRoom) -> bool:
    if room.is_news:
        return can_write_news(user, room.ecosystem) and can_start(user, room.ecosystem)
    return takes_topics(room) and can_start(user, room.ecosystem)


def takes_topics(room: ForumRoom) -> bool:
    """From who sees it and is signed in: in an ecosystem only who is inside sees it. Asks the database nothing."""
    if room.is_news or room.closed_at is not None:
        return False
    return room.ecosystem is None or room.ecosystem.closed_at is None


def can_write_news(user: Any, ecosystem: Ecosystem | None) -> bool:
    """Its managers, as long as it isn't closed; the portal as a whole has no room for it. Others may react."""
    return ecosystem is not None and can_run_rooms(user, ecosystem)


def can_run_rooms(user: Any, ecosystem: Ecosystem | None) -> bool:
    """Make and close rooms: managers in their ecosystem, the portal's moderators for everybody."""
    if ecosystem is None:
        return is_moderator(user)
    return ecosystem.closed_at is None and can_manage(user, ecosystem)


def can_close_room(user: Any, room: ForumRoom) -> bool:
    """That for news stays: who has none writes none."""
    return not room.is_news and can_run_rooms(user, room.ecosystem)


def can_steer_topic(user: Any, topic: Topic) -> bool:
    return can_steer(user, topic.conversation)
