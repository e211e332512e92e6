"""A picture below a post is seen by who sees the post, and by the moderator before whom it lies; one with a draft by who
is writing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from network.conversations.models import Draft, Post
from network.conversations.pictures import OF_DRAFT, OF_EARLIER, OF_POST
from network.conversations.services.intake import POST
from network.moderation.shown import laid_before
from portal.media.image_readers import register
from portal.media.models import MemberImage
from portal.organisations.querysets import is_person


def of_posts(user: Any, images: Sequence[MemberImage]) -> set[int]:
    where = _where(images)
    posts = set(where.values())
    seen = set(Post.objects.visible_to(user).filter(pk__in=posts).values_list("pk", flat=True))
    if posts - seen:
        seen |= laid_before(user, POST, posts - seen)
    return {pk for pk, post in where.items() if post in seen}


def standing_posts(pks: Sequence[int]) -> set[int]:
    """Who took a post back left nothing of it."""
    rows = Post.objects.filter(pk__in=pks).exclude(state=Post.State.WITHDRAWN)
    return set(rows.values_list("pk", flat=True))


def of_drafts(user: Any, images: Sequence[MemberImage]) -> set[int]:
    if not is_person(user):
        return set()
    where = _where(images)
    own = set(Draft.objects.filter(user=user, pk__in=set(where.values())).values_list("pk", flat=True))
    return {pk for pk, draft in where.items() if draft in own}


def standing_drafts(pks: Sequence[int]) -> set[int]:
    return set(Draft.objects.filter(pk__in=pks).values_list("pk", flat=True))


def _where(images: Sequence[MemberImage]) -> dict[int, int]:
    return {image.pk: image.object_id for image in images if image.object_id is not None}


register(OF_POST, of_posts, standing=standing_posts)
register(OF_EARLIER, of_posts, standing=standing_posts)
register(OF_DRAFT, of_drafts, standing=standing_drafts)
