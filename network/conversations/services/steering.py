"""What managers and moderators do with a conversation as a whole."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations import rules
from network.conversations.models import Conversation, Post
from network.conversations.services.refusals import NotAllowed, Refused
from network.conversations.services.standing import locked_conversation
from network.conversations.services.states import is_opening, last_shown
from portal.accounts.models import User


@transaction.atomic
def lock_conversation(conversation: Conversation, *, by: User, at: datetime.datetime | None = None) -> None:
    """No more replies; what was said stays. Raises NotAllowed."""
    row = locked_conversation(conversation)
    _require(by, row)
    if row.locked_at is None:
        row.locked_at = at or timezone.now()
        row.save(update_fields=["locked_at"])


@transaction.atomic
def unlock_conversation(conversation: Conversation, *, by: User) -> None:
    """Raises NotAllowed."""
    row = locked_conversation(conversation)
    _require(by, row)
    row.locked_at = None
    row.save(update_fields=["locked_at"])


@transaction.atomic
def move_posts(posts: Iterable[Post], *, to: Conversation, by: User) -> None:
    """Put posts of one conversation behind those of another, in their order; links to them keep working.

    Only among conversations with the same readers: what was said to a few never comes before more. The opening post
    stays, since a conversation needs one. Raises NotAllowed, Refused.
    """
    wanted = sorted(posts, key=lambda post: post.number)
    origins = {post.conversation_id for post in wanted}
    if len(origins) != 1 or to.pk in origins:
        raise Refused(_("Kies berichten uit één gesprek, en een ander gesprek om ze heen te zetten."))
    # Always in the same order, so that two who move posts to each other's conversation don't wait for ever.
    rows = {pk: locked_conversation(Conversation(pk=pk)) for pk in sorted([*origins, to.pk])}
    source, target = rows[origins.pop()], rows[to.pk]
    _require(by, source)
    _require(by, target)
    if source.ecosystem_id != target.ecosystem_id:
        raise Refused(
            _("Dat gesprek heeft andere lezers. Zet berichten alleen binnen hetzelfde ecosysteem over.")
        )
    here = Post.objects.filter(conversation=source)
    moved = list(here.filter(pk__in=[post.pk for post in wanted]).order_by("number"))
    if not moved or any(is_opening(post) for post in moved):
        raise Refused(_("Het eerste bericht blijft waar het staat. Kies andere berichten."))
    put_behind(moved, source=source, target=target)


def put_behind(posts: Sequence[Post], *, source: Conversation, target: Conversation) -> None:
    """The same for a caller that found it allowed and holds the locks of both."""
    last = Post.objects.filter(conversation=target).aggregate(last=Max("number"))["last"] or 0
    for number, post in enumerate(posts, start=last + 1):
        post.conversation, post.number = target, number
        post.save(update_fields=["conversation", "number"])
    for row in (source, target):
        row.last_post_at = last_shown(row)
        row.save(update_fields=["last_post_at"])


def _require(by: User, conversation: Conversation) -> None:
    visible = Conversation.objects.visible_to(by).filter(pk=conversation.pk).exists()
    if not (visible and rules.can_steer(by, conversation)):
        raise NotAllowed
