"""What rooms above do with a post, beside what this room does itself: they offer it in a module with this name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from portal.design.shapes import Link

if TYPE_CHECKING:
    from network.conversations.models import Conversation, Post
    from network.conversations.shapes import PostLine

# From a conversation, posts of it and a reader: by number of the post what this reader can do with it, or reads of what
# came of it. In a number of questions to the database that doesn't grow with the posts.
Provider = Callable[["Conversation", Sequence["Post"], Any], Mapping[int, Sequence[Link]]]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    _providers.append(provider)
    return provider


def with_offered(
    lines: Sequence[PostLine], conversation: Conversation, posts: Sequence[Post], reader: Any
) -> list[PostLine]:
    """The same lines, each with what was offered for it behind its own actions; a post that isn't shown has none."""
    found = list(lines)
    for provider in _providers:
        offered = provider(conversation, posts, reader)
        found = [_with(line, offered.get(line.pk, ())) for line in found]
    return found


def _with(line: PostLine, links: Sequence[Link]) -> PostLine:
    if not links or line.view is None:
        return line
    return replace(line, view=replace(line.view, actions=[*line.view.actions, *links]))
