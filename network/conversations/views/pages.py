"""What views of this room and of those above share: whose conversation it is, pages of posts, a page that is a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from network.conversations.kinds import kind_of
from network.conversations.models import Conversation, Draft, Post
from network.conversations.shapes import POSTS_A_PAGE
from network.ecosystems.models import Participation
from network.ecosystems.views.pages import (
    FORM_METHODS,
    LeftMeanwhile,
    for_members_of_the_portal,
    page_number,
    person,
    posted,
    rules_first,
)
from portal.design.shapes import Link
from portal.http.client_address import client_address

__all__ = [
    "FORM_METHODS",
    "address_of_client",
    "breadcrumb",
    "draft_of",
    "for_members_of_the_portal",
    "form_page",
    "own_post",
    "page_of_posts",
    "person",
    "posted",
    "rules_before",
    "seen_conversation",
    "seen_post",
    "to_conversation",
]


def seen_conversation(
    request: HttpRequest, pk: int, kind: str = "", *, along: Sequence[str] = ()
) -> Conversation:
    """One that the reader sees; else a 404. Who posts to one that they saw until a moment ago reads why.

    `along`: what its room hangs on it, fetched in the same question.
    """
    rows = Conversation.objects.visible_to(request.user).with_wants(request.user)
    rows = rows.select_related("ecosystem__parent", "started_by", *along)
    found = rows.filter(pk=pk, **({"kind": kind} if kind else {})).first()
    if found is None:
        _say_what_ended(request, pk)
        raise Http404
    return found


def seen_post(request: HttpRequest, pk: int) -> Post:
    """One that the reader sees; else a 404."""
    rows = Post.objects.visible_to(request.user).select_related("conversation__ecosystem__parent")
    found = rows.filter(pk=pk).first()
    if found is None:
        where = Post.objects.filter(pk=pk).values_list("conversation", flat=True).first()
        _say_what_ended(request, where or 0)
        raise Http404
    return found


def own_post(request: HttpRequest, pk: int) -> Post:
    post = seen_post(request, pk)
    if post.author_id != request.user.pk:
        raise Http404
    return post


def _say_what_ended(request: HttpRequest, conversation: int) -> None:
    """Who took part in its ecosystem until a moment ago keeps what they typed."""
    if request.method != "POST" or not request.user.is_authenticated:
        return
    took_part = Participation.objects.filter(user=request.user, ecosystem__conversations=conversation)
    if took_part.exists():
        raise LeftMeanwhile(_("Je doet hier niet meer mee. Wat je schreef, is niet geplaatst."))


def rules_before(request: HttpRequest, conversation: Conversation) -> HttpResponseRedirect | None:
    """The house rules of its ecosystem, for who has to accept them first."""
    if conversation.ecosystem is None or not request.user.is_authenticated:
        return None
    return rules_first(request, conversation.ecosystem)


def page_of_posts(request: HttpRequest, conversation: Conversation) -> Page[Post]:
    """Twenty posts from the oldest; a page that isn't there is a 404."""
    rows = Post.objects.on_page(request.user).filter(conversation=conversation)
    paginator = Paginator(rows.with_votes(request.user).order_by("number"), POSTS_A_PAGE)
    return paginator.page(page_number(request, paginator))


def draft_of(request: HttpRequest, place: str) -> Draft | None:
    if not request.user.is_authenticated:
        return None
    return Draft.objects.filter(user=request.user, place=place).first()


def address_of_client(request: HttpRequest) -> str:
    return client_address(request)


def breadcrumb(*links: Link) -> list[Link]:
    return [Link(label=settings.SITE_NAME, url="/"), *links]


def to_conversation(conversation: Conversation) -> list[Link]:
    trail = []
    if conversation.ecosystem is not None:
        ecosystem = conversation.ecosystem
        trail.append(Link(label=ecosystem.name, url=ecosystem.get_absolute_url()))
    trail.append(
        Link(label=str(kind_of(conversation).label), url=kind_of(conversation).list_address(conversation))
    )
    return [*trail, Link(label=conversation.title, url=conversation.get_absolute_url())]


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    heading: str,
    button: str,
    trail: list[Link],
    lead: str = "",
    template: str = "form",
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """A page with one form."""
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "button_label": button,
        "breadcrumb": breadcrumb(*trail),
        "back": trail[-1],
        "has_errors": bool(form.errors),
        "robots": "noindex",
        **extra,
    }
    return render(request, f"conversations/{template}.html", context, status=status)
