"""Topics begun, put on top, moved and split."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations.models import Conversation, Post
from network.conversations.services import NotAllowed, Refused, start_conversation
from network.conversations.services.standing import locked_conversation
from network.conversations.services.steering import put_behind
from network.conversations.services.writing import write_title
from network.forum import rules
from network.forum.models import TOPIC, Announcement, ForumRoom, Topic
from network.forum.services.rooms import main_room
from portal.accounts.models import User
from portal.background.services import wake

TELL_JOB = "forum.tell-news"


@transaction.atomic
def begin_topic(
    room: ForumRoom,
    *,
    by: User,
    title: str,
    text: str,
    token: uuid.UUID,
    address: str = "",
    draft: str = "",
    at: datetime.datetime | None = None,
) -> Topic:
    """The topic with its opening post; the same one for the same form. What is begun among the news is told to who takes
    part. Raises NotAllowed, Refused."""
    if not rules.can_begin_topic(by, room):
        raise NotAllowed
    conversation, is_new = start_conversation(
        TOPIC, by=by, ecosystem=room.ecosystem, title=title, text=text, token=token, address=address,
        draft=draft, at=at,
    )  # fmt: skip
    if is_new:
        topic = Topic.objects.create(conversation=conversation, room=room)
        if room.is_news:
            Announcement.objects.create(topic=topic)
            wake(TELL_JOB)
        return topic
    # The form may have been used for something else: then there is no topic of it.
    known = Topic.objects.filter(conversation=conversation).first()
    if known is None:
        raise NotAllowed
    return known


@transaction.atomic
def pin_topic(topic: Topic, *, by: User, is_pinned: bool, at: datetime.datetime | None = None) -> None:
    """Keep it above the others, or no longer. Raises NotAllowed."""
    _require(by, topic)
    topic.pinned_at = (at or timezone.now()) if is_pinned else None
    topic.save(update_fields=["pinned_at"])


@transaction.atomic
def move_topic(topic: Topic, *, to: ForumRoom, by: User) -> None:
    """To another room with the same readers: what was said to a few stays with them. Nobody is told of it anew.

    To the news and away from it only by who may write news. Raises NotAllowed, Refused.
    """
    _require(by, topic)
    if (to.is_news or topic.room.is_news) and not rules.can_write_news(by, topic.room.ecosystem):
        raise NotAllowed
    # Who is just answering comes before or after this, never between.
    conversation = locked_conversation(topic.conversation)
    if to.ecosystem_id != conversation.ecosystem_id:
        raise Refused(_("Die ruimte heeft andere lezers. Verplaats alleen binnen hetzelfde ecosysteem."))
    if to.closed_at is not None:
        raise Refused(_("Die ruimte is gesloten."))
    topic.room = to
    topic.save(update_fields=["room"])


@transaction.atomic
def split_topic(topic: Topic, *, posts: Iterable[Post], title: str, by: User) -> Topic:
    """A topic of its own for posts that went another way; the oldest of them becomes its opening.

    It stays in the room; but what people say below news is no news, and goes where they talk. Raises NotAllowed, Refused.
    """
    _require(by, topic)
    source = locked_conversation(topic.conversation)
    wanted = Post.objects.filter(conversation=source, pk__in=[post.pk for post in posts], number__gt=1)
    moved = list(wanted.order_by("number"))
    if not moved:
        raise Refused(_("Kies ten minste één bericht. Het eerste bericht blijft waar het staat."))
    if moved[0].state != Post.State.VISIBLE:
        raise Refused(_("Het eerste bericht van het nieuwe onderwerp moet te lezen zijn."))
    conversation = Conversation.objects.create(
        kind=TOPIC,
        ecosystem=source.ecosystem,
        title=write_title(title),
        started_by=moved[0].author,
        created_at=moved[0].created_at,
        last_post_at=moved[0].created_at,
    )
    put_behind(moved, source=source, target=conversation)
    room = topic.room
    if room.is_news and room.ecosystem is not None:
        room = main_room(room.ecosystem)
    return Topic.objects.create(conversation=conversation, room=room)


def _require(by: User, topic: Topic) -> None:
    if not (Topic.objects.visible_to(by).filter(pk=topic.pk).exists() and rules.can_steer_topic(by, topic)):
        raise NotAllowed
