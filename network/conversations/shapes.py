"""Posts and conversations as a screen shows them to one reader."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.conversations import rules
from network.conversations.mentions import everybody_in, shown, unfold
from network.conversations.models import Conversation, Post
from network.conversations.pictures import on_posts, picture_views
from network.conversations.post_links import with_offered
from portal.design.shapes import Link, PictureView, PostView, ThreadView
from portal.organisations.models import Membership
from portal.organisations.querysets import is_person
from portal.people.shapes import ShownPerson, shown_people

POSTS_A_PAGE = 20
FORMER = _("Oud-lid")


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post on a page: its view or, where it isn't shown any more, why (`gone`); and what this reader can do with it."""

    pk: int
    number: int
    anchor: str
    view: PostView | None
    gone: str = ""
    votes: int = 0
    is_voted: bool = False
    can_vote: bool = False


def post_lines(
    posts: Sequence[Post],
    conversation: Conversation,
    reader: Any,
    *,
    marked: Mapping[int, str] | None = None,
) -> list[PostLine]:
    """The posts of a page, loaded `.with_votes(reader)`. `marked`: a word beside some, as an accepted answer has."""
    people = shown_people(_people_of(posts), reader)
    below = on_posts(post.pk for post in posts)
    colleagues = _colleagues(reader, posts)
    may_reply = is_person(reader) and rules.takes_replies(conversation)
    now = timezone.now()
    lines = [
        _line(
            post,
            people,
            reader,
            colleagues=colleagues,
            may_reply=may_reply,
            mark=(marked or {}).get(post.pk, ""),
            pictures=picture_views(below.get(post.pk, [])),
            now=now,
        )
        for post in posts
    ]
    return with_offered(lines, conversation, posts, reader)


def _line(
    post: Post,
    people: Mapping[int, ShownPerson],
    reader: Any,
    *,
    colleagues: set[int],
    may_reply: bool,
    mark: str,
    pictures: Sequence[PictureView],
    now: datetime.datetime,
) -> PostLine:
    anchor = f"bericht-{post.pk}"
    is_own = is_person(reader) and post.author_id == reader.pk
    if post.state == Post.State.WITHDRAWN:
        return PostLine(
            post.pk, post.number, anchor, None, gone=_("Dit bericht is ingetrokken door de schrijver.")
        )
    if post.state == Post.State.REMOVED or (post.state == Post.State.HIDDEN and not is_own):
        return PostLine(
            post.pk, post.number, anchor, None, gone=_("Dit bericht is weggehaald door een moderator.")
        )
    return PostLine(
        pk=post.pk,
        number=post.number,
        anchor=anchor,
        view=post_view(post, people, reader, may_reply=may_reply, mark=mark, pictures=pictures, now=now),
        votes=getattr(post, "vote_count", 0),
        is_voted=getattr(post, "is_voted", False),
        can_vote=is_person(reader)
        and post.author_id is not None
        and post.author_id != reader.pk
        and post.author_id not in colleagues
        and post.state == Post.State.VISIBLE,
    )


def post_view(
    post: Post,
    people: Mapping[int, ShownPerson],
    reader: Any,
    *,
    may_reply: bool,
    mark: str = "",
    pictures: Sequence[PictureView] = (),
    now: datetime.datetime,
) -> PostView:
    author = people.get(post.author_id) if post.author_id else None
    notes = {
        Post.State.HELD: _("Alleen jij ziet dit nog. Een moderator kijkt er binnen een dag naar."),
        Post.State.HIDDEN: _("Alleen jij ziet dit nog. Een moderator heeft het verborgen."),
    }
    return PostView(
        author=author.name if author else str(FORMER),
        author_url=author.url if author else "",
        author_role=author.line if author else "",
        author_photo_url=author.photo_url if author else "",
        posted_at=timezone.localtime(post.created_at),
        body=body_of(post.html, people),
        permalink=post.get_absolute_url(),
        badge=mark,
        accepted=bool(mark),
        moderator_note=notes.get(Post.State(post.state), ""),
        actions=_actions(post, reader, may_reply=may_reply, now=now),
        pictures=pictures,
    )


def body_of(html: str, people: Mapping[int, ShownPerson]) -> str:
    """The kept HTML with the names that this reader may see."""

    def show(pk: int) -> str:
        person = people.get(pk)
        if person is None:
            return format_html("<span>@{}</span>", FORMER)
        if not person.url:
            return format_html("<span>@{}</span>", person.name)
        return format_html('<a href="{}">@{}</a>', person.url, person.name)

    # Made by portal.text when it was saved, and what is put in is escaped here.
    return mark_safe(shown(html, show))  # noqa: S308


def typed_text(text: str, reader: Any) -> str:
    """A kept text as somebody would type it, for a form or a quote."""
    people = shown_people(everybody_in([text]), reader)
    return unfold(text, {pk: person.name for pk, person in people.items()}, str(FORMER))


def quoted(post: Post, reader: Any) -> str:
    """The beginning of a reply that quotes a post."""
    name = shown_people([post.author_id], reader)[post.author_id].name if post.author_id else str(FORMER)
    lines = typed_text(post.text, reader).splitlines()
    own = [line for line in lines if not line.lstrip().startswith(">")]
    said = _("%(name)s schreef:") % {"name": name}
    return "\n".join([f"> {said}", ">", *(f"> {line}".rstrip() for line in own), "", ""])


def _actions(post: Post, reader: Any, *, may_reply: bool, now: datetime.datetime) -> list[Link]:
    def to(view: str) -> str:
        return reverse(f"conversations:{view}", args=[post.pk])

    links = []
    if may_reply and post.state == Post.State.VISIBLE:
        links.append(Link(label=_("Citeer"), url=to("quote")))
    if is_person(reader) and post.author_id == reader.pk:
        if now < post.created_at + rules.EDIT_WINDOW and post.state != Post.State.HIDDEN:
            links.append(Link(label=_("Wijzig"), url=to("edit")))
        if post.state == Post.State.VISIBLE:
            links.append(Link(label=_("Trek in"), url=to("withdraw")))
    if post.was_edited:
        links.append(Link(label=_("Gewijzigd: bekijk eerdere versies"), url=to("history")))
    if post.state == Post.State.VISIBLE and not (is_person(reader) and post.author_id == reader.pk):
        links.append(
            Link(label=_("Meld dit bericht"), url=reverse("moderation:report", args=["post", post.pk]))
        )
    return links


def page_of(post: Post, reader: Any) -> int:
    """On which page of its conversation this reader finds a post."""
    before = Post.objects.on_page(reader).filter(conversation=post.conversation_id, number__lt=post.number)
    return int(before.count() // POSTS_A_PAGE) + 1


def _people_of(posts: Sequence[Post]) -> set[int]:
    authors = {post.author_id for post in posts if post.author_id is not None}
    return authors | everybody_in(post.html for post in posts)


def _colleagues(reader: Any, posts: Sequence[Post]) -> set[int]:
    """Which of the authors work at a company of the reader."""
    if not is_person(reader):
        return set()
    current = Membership.objects.current(timezone.localdate())
    mine = current.filter(user=reader).order_by().values("organisation")
    authors = {post.author_id for post in posts if post.author_id is not None}
    return set(current.filter(user__in=authors, organisation__in=mine).values_list("user", flat=True))


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of a conversation for one reader."""

    conversation: Conversation
    page: Page[Post]
    lines: list[PostLine]
    wants: str
    last_number: int
    may_reply: bool
    may_steer: bool


def thread(
    conversation: Conversation, page: Page[Post], reader: Any, *, marked: Mapping[int, str] | None = None
) -> Thread:
    """Of a conversation that this reader sees, loaded `.with_wants(reader)`."""
    posts = list(page.object_list)
    return Thread(
        conversation=conversation,
        page=page,
        lines=post_lines(posts, conversation, reader, marked=marked),
        wants=getattr(conversation, "wants", "") or "",
        last_number=posts[-1].number if posts else 0,
        may_reply=is_person(reader) and rules.takes_replies(conversation),
        may_steer=rules.can_steer(reader, conversation),
    )


def thread_views(conversations: Sequence[Any], reader: Any, *, nothing_yet: str) -> list[ThreadView]:
    """Conversations in a list, loaded `.with_post_count()` and `.with_unread(reader)`; `nothing_yet` says that nobody
    answered. One question to the database for all people."""
    people = shown_people({each.started_by_id for each in conversations if each.started_by_id}, reader)
    return [_thread_view(each, people, nothing_yet) for each in conversations]


def _thread_view(conversation: Any, people: Mapping[int, ShownPerson], nothing_yet: str) -> ThreadView:
    starter = people.get(conversation.started_by_id)
    replies = max(conversation.post_count - 1, 0)
    answered = ngettext("%(number)s reactie", "%(number)s reacties", replies) % {"number": replies}
    day = date_format(timezone.localtime(conversation.last_post_at), "j F Y")
    held = conversation.state != Conversation.State.VISIBLE
    return ThreadView(
        title=conversation.title,
        url=conversation.get_absolute_url(),
        meta=(starter.name if starter else str(FORMER), answered if replies else nothing_yet, day),
        badge=_("Wacht op een moderator") if held else _("Gesloten") if conversation.locked_at else "",
        badge_kind="wait" if held else "neutral",
        is_unread=conversation.has_unread,
    )
