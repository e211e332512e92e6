"""What services leave behind when people write: what is known of writers, and who was told."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from network.conversations.models import Post
from network.conversations.services.telling import ANSWERED, FOLLOWED
from network.moderation.models import WrittenText
from network.moderation.services.retention import KEEP_FINGERPRINTS
from network.moderation.writing import ACCEPTED_TO_BE_KNOWN
from portal.demo.crowd.people import BATCH, People
from portal.demo.crowd.talk import Talk
from portal.notifications.kinds import find
from portal.notifications.models import Notification
from portal.notifications.times import due_at

TOLD = timedelta(days=30)  # of older posts everybody has seen the notification, and it went
SEEN = 0.7


def remember_texts(chance: random.Random, people: People, talk: Talk, now: datetime) -> None:
    """Of each person two accepted texts for ever; of the last months those that may be known again."""
    joined = [
        WrittenText(author=each, fingerprint="", at=each.date_joined)
        for each in people.members
        for _ in range(ACCEPTED_TO_BE_KNOWN)
    ]
    recent = [
        WrittenText(author=writer, fingerprint=f"{chance.getrandbits(128):032x}", at=moment)
        for plan in talk.plans
        for writer, moment in zip(plan.writers, plan.moments, strict=True)
        if moment > now - KEEP_FINGERPRINTS
    ]
    WrittenText.objects.bulk_create([*joined, *recent], batch_size=BATCH)


def tell(chance: random.Random, talk: Talk, now: datetime) -> int:
    """Who wrote before hears of what comes after; how many notifications."""
    rows: list[Notification] = []
    for plan, posts in zip(talk.plans, talk.posts, strict=True):
        earlier: set[int] = set()
        for post, writer in zip(posts, plan.writers, strict=True):
            if post.created_at > now - TOLD:
                rows += [
                    _notification(
                        chance, post, ANSWERED if each == plan.writers[0].pk else FOLLOWED, each, now
                    )
                    for each in sorted(earlier - {writer.pk})
                ]
            earlier.add(writer.pk)
    Notification.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _notification(
    chance: random.Random, post: Post, kind: str, recipient: int, now: datetime
) -> Notification:
    due = due_at(find(kind).default, post.created_at)
    is_seen = chance.random() < SEEN
    is_mailed = not is_seen and due is not None and due <= now
    return Notification(
        recipient_id=recipient,
        kind=kind,
        object_id=post.pk,
        actor_id=post.author_id,
        created_at=post.created_at,
        seen_at=post.created_at if is_seen else None,
        mail_due_at=None if is_seen or is_mailed else due,
        mailed_at=due if is_mailed else None,
    )
