"""News of an ecosystem: written by its managers as a topic in the room for it, and told to everybody who takes part.

Who writes it notes down that it must be told, in the same transaction; the worker tells it, in batches, each with how far
it came. What a moderator must see first waits until it can be seen. Nobody hears of it twice.
"""

from __future__ import annotations

import datetime
import uuid

from django.db import transaction
from django.utils import timezone

from network.conversations.models import Conversation, Post, Reading
from network.conversations.services import NotAllowed
from network.conversations.services.telling import MENTIONED
from network.ecosystems.models import Ecosystem
from network.ecosystems.services import next_portion, people_to_tell
from network.forum import rules
from network.forum.models import Announcement, Topic
from network.forum.services.rooms import news_room
from network.forum.services.topics import TELL_JOB, begin_topic
from portal.accounts.models import User
from portal.notifications.services import notify

__all__ = ["NEWS", "TELL_JOB", "tell_news", "write_news"]
NEWS = "forum.news"  # of the opening post


@transaction.atomic
def write_news(
    ecosystem: Ecosystem,
    *,
    by: User,
    title: str,
    text: str,
    token: uuid.UUID,
    address: str = "",
    draft: str = "",
    at: datetime.datetime | None = None,
) -> Topic:
    """The item, the same one for the same form; whoever takes part hears of it. Raises NotAllowed, Refused."""
    if not rules.can_write_news(by, ecosystem):
        raise NotAllowed
    return begin_topic(
        news_room(ecosystem), by=by, title=title, text=text, token=token, address=address, draft=draft, at=at
    )


def tell_news(at: datetime.datetime | None = None) -> int:
    """Tell all that can be seen and wasn't told yet; to how many."""
    told = 0
    for pk in Announcement.objects.to_tell().order_by("pk").values_list("pk", flat=True):
        while number := _tell_batch(pk, at or timezone.now()):
            told += number
    return told


@transaction.atomic
def _tell_batch(pk: int, at: datetime.datetime) -> int:
    """The next so many, and how far that is. 0 at the end, and where somebody else is at it."""
    rows = Announcement.objects.to_tell().select_for_update(skip_locked=True, of=("self",))
    row = rows.filter(pk=pk).select_related("topic__conversation__ecosystem").first()
    if row is None:
        return 0
    conversation: Conversation = row.topic.conversation
    opening = (
        Post.objects.shown().filter(conversation=conversation, number=1).select_related("author").first()
    )
    batch = _next_people(row, conversation) if opening is not None else []
    if opening is None or not batch:
        row.told_at, row.reached = at, 0
        row.save(update_fields=["told_at", "reached"])
        return 0
    notify(NEWS, recipients=batch, object_id=opening.pk, actor=opening.author, at=at, unless=(MENTIONED,))
    row.reached = batch[-1]
    row.save(update_fields=["reached"])
    return len(batch)


def _next_people(row: Announcement, conversation: Conversation) -> list[int]:
    """Behind who was reached, without who wants to hear nothing of it."""
    if conversation.ecosystem_id is None:
        return []
    muted = (
        Reading.objects.filter(conversation=conversation, wants=Reading.Wants.MUTE).order_by().values("user")
    )
    people = people_to_tell(conversation.ecosystem_id, but=conversation.started_by_id)
    return next_portion(people.exclude(pk__in=muted), row.reached)
