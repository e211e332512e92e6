"""What a person follows with what is new in it, what they wrote, and what they began to write; on their own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network.conversations.kinds import draft_addresses, kind_of, numbers_behind
from network.conversations.models import Conversation, Draft, Post
from network.conversations.models.conversations import State
from network.conversations.rules import CHANGING
from portal.accounts.models import User
from portal.accounts.own_pages import OwnSection, register
from portal.design.shapes import Link, Task

MOST = 6
MOST_POSTS = 3
PLACE = "conversation:"


def followed(user: User) -> list[Task]:
    """With something new in it first; each says how much."""
    rows = Conversation.objects.visible_to(user).followed_by(user).with_unread_count(user)
    newest = rows.select_related("ecosystem").order_by("-has_new", "-last_post_at", "-pk")[:MOST]  # type: ignore[misc] # annotated
    return [_followed(row) for row in newest]


def _followed(row: Conversation) -> Task:
    number: int = row.unread_count  # type: ignore[attr-defined] # annotated by with_unread_count()
    new = ngettext("%(number)d nieuw", "%(number)d nieuw", number) % {"number": number}
    where = [str(kind_of(row).label), *([row.ecosystem.name] if row.ecosystem is not None else [])]
    return Task(
        label=row.title,
        hint=" · ".join(where),
        url=row.get_absolute_url(),
        status=new if number else "",
        kind="wait",
    )


def own_posts(user: User) -> list[Task]:
    """Where one replied last; what one began oneself stands with its kind."""
    rows = Post.objects.visible_to(user).filter(author=user, number__gt=1).select_related("conversation")
    last: dict[int, Post] = {}
    for row in rows.order_by("-created_at", "-pk")[: 5 * MOST_POSTS]:
        last.setdefault(row.conversation_id, row)
    return [
        Task(
            label=row.conversation.title,
            hint=date_format(timezone.localtime(row.created_at), "j F Y"),
            url=reverse("conversations:post", args=[row.pk]),
            status=_("wacht op een moderator") if row.state == State.HELD else "",
            kind="wait",
        )
        for row in list(last.values())[:MOST_POSTS]
    ]


def own_drafts(user: User) -> list[Task]:
    rows = list(
        Draft.objects.filter(user=user).exclude(place__startswith=CHANGING).order_by("-saved_at")[:MOST]
    )
    if not rows:
        return []
    places = [row.place for row in rows]
    pks = numbers_behind(PLACE, places)
    # Where one may no longer write, there is nothing to go on with.
    seen = Conversation.objects.visible_to(user).filter(pk__in=pks) if pks else []
    where = {f"{PLACE}{row.pk}": (row.title, row.get_absolute_url()) for row in seen}
    where |= draft_addresses(user, [place for place in places if not place.startswith(PLACE)])
    return [
        Task(
            label=row.title or Truncator(" ".join(row.text.split())).chars(60) or where[row.place][0],
            hint=where[row.place][0],
            url=where[row.place][1],
            status=_("concept"),
        )
        for row in rows
        if row.place in where
    ]


register(
    OwnSection(
        title=gettext_lazy("Wat je volgt"),
        lines=followed,
        empty=gettext_lazy("Volg een vraag of onderwerp. Dan zie je hier wat er nieuw is."),
        more=lambda: Link(
            label=_("Hoe vaak je hier mail over krijgt"), url=reverse("notifications:preferences")
        ),
        order=15,
    )
)
register(
    OwnSection(
        title=gettext_lazy("Mijn concepten"),
        lines=own_drafts,
        empty="",
        order=12,
    )
)
register(
    OwnSection(
        title=gettext_lazy("Mijn reacties"),
        lines=own_posts,
        empty="",
        order=45,
    )
)
