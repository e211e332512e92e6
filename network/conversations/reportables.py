"""Posts, as moderators need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from network.conversations.models import Post
from network.conversations.pictures import on_posts, picture_views
from network.conversations.services.intake import POST
from network.conversations.services.states import set_post_state
from network.moderation.reportables import REMOVED, Item, Reportable, register
from portal.media.models import MemberImage


def _item(post: Post, pictures: Sequence[MemberImage] = ()) -> Item:
    conversation = post.conversation
    return Item(
        id=post.pk,
        title=conversation.title,
        url=post.get_absolute_url(),
        text=post.text,
        author_id=post.author_id,
        ecosystem_id=conversation.ecosystem_id,
        created_at=post.created_at,
        # Who took their words back left nothing to decide about.
        state=REMOVED if post.state == Post.State.WITHDRAWN else post.state,
        pictures=picture_views(pictures),
    )


def _visible(user: Any, pk: int) -> Item | None:
    post = Post.objects.visible_to(user).shown().select_related("conversation").filter(pk=pk).first()
    return _item(post) if post is not None else None


def _items(pks: Sequence[int]) -> Mapping[int, Item]:
    rows = Post.objects.filter(pk__in=pks).select_related("conversation")
    below = on_posts(pks)
    return {row.pk: _item(row, below.get(row.pk, [])) for row in rows}


def _put(pk: int, state: str) -> None:
    # Who took back their words is not overruled: there is nothing left to hide or to show.
    if Post.objects.filter(pk=pk).exclude(state=Post.State.WITHDRAWN).exists():
        set_post_state(pk, state)


register(
    Reportable(
        code=POST,
        label=_("bericht"),
        visible=_visible,
        items=_items,
        put=_put,
    )
)
