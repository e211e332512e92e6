"""Beginning a conversation and writing in one."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from network.conversations import rules
from network.conversations.models import Conversation, Draft, Post, Reading
from network.conversations.pictures import of_draft, told
from network.conversations.services.intake import hold_back, judge
from network.conversations.services.pictures import forget_drafts, publish_pictures, too_many
from network.conversations.services.refusals import Locked, NotAllowed, Refused
from network.conversations.services.standing import locked_conversation
from network.conversations.services.telling import tell_of_mentions, tell_of_post
from network.conversations.services.writing import Written, keep_mentions, write_text, write_title
from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from portal.media.models import MemberImage
from portal.text import render_markdown

State = Post.State


def preview_post(
    text: str, *, author: User, ecosystem: Ecosystem | None, conversation: Conversation | None = None
) -> str:
    """The HTML as a post would have it, names still as tokens. Raises Refused as posting does."""
    return write_text(text, author=author, ecosystem=ecosystem, conversation=conversation).html


def rendered(text: str) -> str:
    """The HTML of a text that is kept: for when the rules of rendering changed."""
    return render_markdown(text)


@transaction.atomic
def start_conversation(
    kind: str,
    *,
    by: User,
    ecosystem: Ecosystem | None,
    title: str,
    text: str,
    token: uuid.UUID,
    address: str = "",
    draft: str = "",
    at: datetime.datetime | None = None,
) -> tuple[Conversation, bool]:
    """A conversation with its opening post, and whether it is new: the same form sent twice is one conversation.

    `address`: the network address it comes from, for limits. `draft`: the place of the draft that it was, whose pictures
    go along. What a moderator must see first is held and seen by its author alone. Raises NotAllowed, Refused.
    """
    at = at or timezone.now()
    # Two forms of one person at once come after each other.
    by = User.objects.select_for_update().get(pk=by.pk)
    known = Post.objects.filter(author=by, token=token).select_related("conversation").first()
    if known is not None:
        return known.conversation, False
    if not rules.can_start(by, ecosystem):
        raise NotAllowed
    title = write_title(title)
    written = write_text(text, author=by, ecosystem=ecosystem, conversation=None)
    images = _with_draft(by, draft) if draft else []
    said = _all_said(f"{title}\n{text}", images)
    judged = judge(by, said, ecosystem=ecosystem, kind="conversation", address=address, at=at)
    state = State.HELD if judged.holds else State.VISIBLE
    conversation = Conversation.objects.create(
        kind=kind,
        ecosystem=ecosystem,
        title=title,
        started_by=by,
        created_at=at,
        last_post_at=at,
        state=state,
    )
    post = make_post(conversation, by, written, token=token, state=state, images=images, at=at)
    if draft:
        forget_drafts(Draft.objects.filter(user=by, place=draft))
    if judged.holds:
        hold_back(post, judged, at=at)
    else:
        tell_of_mentions(post, written.mentioned)
    return conversation, True


@transaction.atomic
def post_reply(
    conversation: Conversation,
    *,
    by: User,
    text: str,
    token: uuid.UUID,
    replies_to: Post | None = None,
    address: str = "",
    at: datetime.datetime | None = None,
) -> Post:
    """The post, the same one for the same form; the pictures with its draft go along. Who follows hears of it.

    Raises NotAllowed, Locked, Refused.
    """
    at = at or timezone.now()
    row = locked_conversation(conversation)
    known = Post.objects.filter(author=by, token=token).first()
    if known is not None:
        return known
    if not Conversation.objects.visible_to(by).filter(pk=row.pk).exists():
        raise NotAllowed
    if row.locked_at is not None:
        raise Locked
    if not rules.can_reply(by, row):
        raise NotAllowed
    if replies_to is not None and replies_to.conversation_id != row.pk:
        raise Refused("the post it answers stands elsewhere")
    written = write_text(text, author=by, ecosystem=row.ecosystem, conversation=row)
    images = _with_draft(by, draft_place(row))
    said = _all_said(text, images)
    judged = judge(by, said, ecosystem=row.ecosystem, kind="post", address=address, at=at)
    state = State.HELD if judged.holds else State.VISIBLE
    post = make_post(row, by, written, token=token, state=state, replies_to=replies_to, images=images, at=at)
    if judged.holds:
        hold_back(post, judged, at=at)
    else:
        tell_of_post(post, written.mentioned)
    return post


def make_post(
    conversation: Conversation,
    author: User,
    written: Written,
    *,
    token: uuid.UUID,
    at: datetime.datetime,
    state: str = State.VISIBLE,
    replies_to: Post | None = None,
    images: Sequence[MemberImage] = (),
) -> Post:
    """The row of a post, for a caller that found it allowed and holds the conversation's lock."""
    last = Post.objects.filter(conversation=conversation).aggregate(last=Max("number"))["last"] or 0
    post = Post.objects.create(
        conversation=conversation,
        number=last + 1,
        author=author,
        replies_to=replies_to,
        text=written.text,
        html=written.html,
        state=state,
        created_at=at,
        token=token,
    )
    keep_mentions(post, written.mentioned)
    publish_pictures(images, post=post)
    if state == State.VISIBLE:
        conversation.last_post_at = at
        conversation.save(update_fields=["last_post_at"])
    _follow_own(conversation, author, post)
    forget_drafts(Draft.objects.filter(user=author, place=draft_place(conversation)))
    return post


def _with_draft(author: User, place: str) -> list[MemberImage]:
    """The pictures that go along with what is posted from there. Raises Refused."""
    images = list(of_draft(author, place))
    if len(images) > rules.MOST_PICTURES:
        raise too_many()
    return images


def _all_said(text: str, images: Sequence[MemberImage]) -> str:
    """What moderation judges: what is said of the pictures too."""
    return f"{text}\n{told(images)}" if images else text


def draft_place(conversation: Conversation) -> str:
    """Where the draft of a reply is kept."""
    return f"conversation:{conversation.pk}"


def _follow_own(conversation: Conversation, author: User, post: Post) -> None:
    """Who writes has read what stands there, and hears of answers unless they chose not to."""
    reading, _created = Reading.objects.get_or_create(user=author, conversation=conversation)
    reading.read_number = post.number
    if reading.wants == Reading.Wants.NOTHING:
        reading.wants = Reading.Wants.FOLLOW
    reading.save(update_fields=["read_number", "wants"])
