"""What happens in the forum: rooms made and closed, topics begun, put on top, moved and split."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.conversations.models import Conversation, Post
from network.conversations.services import NotAllowed, Refused, start_conversation
from network.conversations.services.standing import locked_conversation
from network.conversations.services.steering import put_behind
from network.conversations.services.writing import write_title
from network.ecosystems.models import Ecosystem
from network.forum import rules
from network.forum.models import RESERVED_SLUGS, TOPIC, ForumRoom, Topic
from portal.accounts.models import User

__all__ = ["NotAllowed", "Refused"]
MOST_ROOMS = 12  # of one ecosystem


@transaction.atomic
def make_room(*, ecosystem: Ecosystem | None, name: str, summary: str = "", by: User) -> ForumRoom:
    """A room for topics. Raises NotAllowed, Refused."""
    if not rules.can_run_rooms(by, ecosystem):
        raise NotAllowed
    here = ForumRoom.objects.filter(ecosystem=ecosystem)
    name = " ".join(name.split())
    if here.filter(name__iexact=name).exists():
        raise Refused(_("Er is hier al een ruimte met deze naam."))
    if here.open().count() >= MOST_ROOMS:
        raise Refused(
            _("Er zijn al %(most)s ruimtes. Sluit er eerst een die niemand gebruikt.") % {"most": MOST_ROOMS}
        )
    return ForumRoom.objects.create(
        ecosystem=ecosystem, name=name, summary=summary.strip(), slug=_free_slug(name, ecosystem)
    )


def main_room(ecosystem: Ecosystem) -> ForumRoom:
    """The first open room of an ecosystem; made where there is none yet, so that nobody has to before they can talk."""
    found = ForumRoom.objects.open().filter(ecosystem=ecosystem).order_by("order", "pk").first()
    if found is not None:
        return found
    name = _("Algemeen")
    room, _created = ForumRoom.objects.get_or_create(
        ecosystem=ecosystem, name=name, defaults={"slug": _free_slug(name, ecosystem)}
    )
    if room.closed_at is not None:
        room.closed_at = None
        room.save(update_fields=["closed_at"])
    return room


@transaction.atomic
def close_room(room: ForumRoom, *, by: User, at: datetime.datetime | None = None) -> None:
    """No more topics; what is there can be read and answered. Raises NotAllowed."""
    if not rules.can_run_rooms(by, room.ecosystem):
        raise NotAllowed
    room.closed_at = at or timezone.now()
    room.save(update_fields=["closed_at"])


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
    """The topic with its opening post; the same one for the same form. Raises NotAllowed, Refused."""
    if not rules.can_begin_topic(by, room):
        raise NotAllowed
    conversation, is_new = start_conversation(
        TOPIC, by=by, ecosystem=room.ecosystem, title=title, text=text, token=token, address=address,
        draft=draft, at=at,
    )  # fmt: skip
    if is_new:
        return Topic.objects.create(conversation=conversation, room=room)
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
    """To another room with the same readers: what was said to a few stays with them. Raises NotAllowed, Refused."""
    _require(by, topic)
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

    Raises NotAllowed, Refused.
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
    return Topic.objects.create(conversation=conversation, room=topic.room)


def _require(by: User, topic: Topic) -> None:
    if not (Topic.objects.visible_to(by).filter(pk=topic.pk).exists() and rules.can_steer_topic(by, topic)):
        raise NotAllowed


def _free_slug(name: str, ecosystem: Ecosystem | None) -> str:
    begin = slugify(name)[:50] or "ruimte"
    base = begin if ecosystem is None else f"{ecosystem.slug[:25]}-{begin}"
    taken = set(ForumRoom.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 1
    slug = base
    while slug in taken or slug in RESERVED_SLUGS:
        number += 1
        slug = f"{base}-{number}"
    return slug
