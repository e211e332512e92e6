"""News as a screen shows it to one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.conversations.mentions import everybody_in, shown
from network.conversations.models import Conversation, Post
from network.conversations.querysets import ConversationQuerySet
from network.conversations.shapes import FORMER
from network.forum.models import ForumRoom
from portal.design.shapes import NewsView
from portal.people.shapes import ShownPerson, faces_at_hand, shown_faces
from portal.text import strip_markup

FIRST_LINES = 180  # characters


def news_of(ecosystem: Any, user: Any) -> ConversationQuerySet:
    """What this reader sees of the news of an ecosystem, the newest first."""
    rows: ConversationQuerySet = Conversation.objects.visible_to(user).filter(
        ecosystem=ecosystem, topic__room__kind=ForumRoom.Kind.NEWS
    )
    return rows.order_by("-created_at", "-pk")


def still_said(rows: ConversationQuerySet) -> ConversationQuerySet:
    """Without those whose words were taken back, of which only the reactions are left."""
    found: ConversationQuerySet = rows.filter(posts__number=1, posts__state=F("state"))
    return found


def for_list(rows: ConversationQuerySet) -> ConversationQuerySet:
    """With what `news_views` shows; `opening`: the first post as it is kept, None where its words were taken back."""
    first = Post.objects.filter(conversation=OuterRef("pk"), number=1, state=OuterRef("state"))
    found: ConversationQuerySet = rows.with_post_count().annotate(opening=Subquery(first.values("html")[:1]))
    return found.select_related("started_by__profile__photo", "topic__room")


def news_views(rows: Sequence[Any], reader: Any) -> list[NewsView]:
    """Of rows loaded `for_list`. Mostly asks the database nothing."""
    writers = faces_at_hand([row.started_by for row in rows if row.started_by is not None], reader)
    named = everybody_in(row.opening or "" for row in rows)
    people = {**(shown_faces(named, reader) if named else {}), **writers}
    return [_view(row, people) for row in rows]


def _view(row: Any, people: Mapping[int, ShownPerson]) -> NewsView:
    writer = people.get(row.started_by_id)
    held = row.state != Conversation.State.VISIBLE
    return NewsView(
        title=row.title,
        url=row.get_absolute_url(),
        published=timezone.localtime(row.created_at),
        meta=(writer.name if writer is not None else str(FORMER), *_reactions(row)),
        excerpt=_first_lines(row.opening or "", people),
        badge=_("Wacht op een moderator") if held else "",
        badge_kind="wait" if held else "neutral",
    )


def _reactions(row: Any) -> Sequence[str]:
    """Beside the words of the item itself, as far as those are there."""
    number = row.post_count - (row.opening is not None)
    if number < 1:
        return ()
    return (ngettext("%(number)s reactie", "%(number)s reacties", number) % {"number": number},)


def _first_lines(html: str, people: Mapping[int, ShownPerson]) -> str:
    def named(pk: int) -> str:
        person = people.get(pk)
        return f"@{person.name if person is not None else FORMER}"

    # The names last: they are words, whatever signs are in them.
    words = shown(strip_markup(html), named)
    if len(words) <= FIRST_LINES:
        return words
    return f"{words[:FIRST_LINES].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"
