"""Who hears of a post: who is named, whose post it answers, who began the conversation, who follows it."""

from __future__ import annotations

from collections.abc import Iterable

from network.conversations.models import Post, Reading
from portal.notifications.services import notify

MENTIONED = "conversations.mentioned"
ANSWERED = "conversations.answered"
FOLLOWED = "conversations.followed"


def tell_of_post(post: Post, mentioned: Iterable[int]) -> None:
    """One notification a person, the nearest that fits. Who muted the conversation hears only where they are named."""
    conversation, author = post.conversation, post.author
    readings = Reading.objects.filter(conversation=conversation)
    muted = set(readings.filter(wants=Reading.Wants.MUTE).values_list("user", flat=True))
    followers = set(readings.filter(wants=Reading.Wants.FOLLOW).values_list("user", flat=True))
    told: set[int] = set()
    answered = {conversation.started_by_id, post.replies_to.author_id if post.replies_to else None} - {None}
    for kind, people in (
        (MENTIONED, set(mentioned)),
        (ANSWERED, {pk for pk in answered if pk is not None} - muted),
        (FOLLOWED, followers - muted),
    ):
        notify(kind, recipients=sorted(people - told), object_id=post.pk, actor=author)
        told |= people


def tell_of_mentions(post: Post, people: Iterable[int]) -> None:
    """Who is named in a post that was changed, and wasn't before."""
    notify(MENTIONED, recipients=list(people), object_id=post.pk, actor=post.author)
