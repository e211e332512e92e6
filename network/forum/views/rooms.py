"""The rooms that somebody sees, and the topics of one."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.conversations.models import Conversation
from network.conversations.shapes import thread_views
from network.conversations.views.pages import (
    FORM_METHODS,
    breadcrumb,
    for_members_of_the_portal,
    form_page,
    person,
    posted,
)
from network.ecosystems.views.pages import own_ecosystem, page_number, rules_first
from network.forum import rules, services
from network.forum.forms import RoomForm
from network.forum.models import TOPIC, ForumRoom
from network.forum.views.news import news_detail
from network.forum.views.places import room_rules_first, seen_room, to_ecosystem, to_room, to_rooms
from portal.design.components.finding import page_numbers
from portal.design.shapes import ThreadView, WayIn

TOPICS_A_PAGE = 20
NEWEST = 10
# What was put on top first, then by the newest post.
IN_ORDER = (F("topic__pinned_at").desc(nulls_last=True), "-last_post_at", "-pk")


@never_cache
@require_safe
def forum_list(request: HttpRequest) -> HttpResponse:
    """The rooms for everybody, those of one's ecosystems, and what was said last."""
    rows = ForumRoom.objects.visible_to(request.user).with_topic_count().select_related("ecosystem")
    rooms = [each for each in rows if not _is_silent(each)]
    context = {
        "rooms": [_way_in(each) for each in rooms if each.ecosystem is None],
        "own_rooms": [_way_in(each) for each in rooms if each.ecosystem is not None],
        "newest": newest_topics(request.user)[:NEWEST],
        "breadcrumb": breadcrumb(),
    }
    return render(request, "forum/list.html", context)


def _way_in(room: Any) -> WayIn:
    """Loaded `.with_topic_count()`; that of an ecosystem with its name."""
    label = room.name if room.ecosystem is None else f"{room.ecosystem.name}: {room.name}"
    counted = _counted(room)
    text = f"{room.summary} ({counted})" if room.summary else counted
    return WayIn(label=label, text=text, url=room.get_absolute_url())


def _counted(room: Any) -> str:
    number = room.topic_count
    if room.is_news:
        return ngettext("%(number)s bericht", "%(number)s berichten", number) % {"number": number}
    return ngettext("%(number)s onderwerp", "%(number)s onderwerpen", number) % {"number": number}


def _is_silent(room: Any) -> bool:
    """A room for news in which nothing can be read: of that nobody hears."""
    return bool(room.is_news and not room.topic_count)


def newest_topics(user: Any, ecosystem: Any = None) -> list[ThreadView]:
    """What was said last, in all one sees or in one ecosystem. News stands apart."""
    rows = Conversation.objects.visible_to(user).of_kind(TOPIC).with_post_count().with_unread(user)
    rows = rows.exclude(topic__room__kind=ForumRoom.Kind.NEWS)
    if ecosystem is not None:
        rows = rows.filter(ecosystem=ecosystem)
    found = list(rows.select_related("ecosystem").order_by("-last_post_at", "-pk")[:NEWEST])
    return thread_views(found, user, nothing_yet=_("nog geen reactie"))


@require_safe
@for_members_of_the_portal
def forum_ecosystem(request: HttpRequest, slug: str) -> HttpResponse:
    """The rooms of an ecosystem, for who is inside."""
    ecosystem = own_ecosystem(request, slug)
    if (first := rules_first(request, ecosystem)) is not None:
        return first
    rows = ForumRoom.objects.visible_to(request.user).filter(ecosystem=ecosystem).with_topic_count()
    rooms = list(rows.select_related("ecosystem"))
    may_run_rooms = rules.can_run_rooms(request.user, ecosystem)
    news = [(each, _counted(each)) for each in rooms if each.is_news and not _is_silent(each)]
    context = {
        "ecosystem": ecosystem,
        "news": news[0] if news else None,
        "rooms": [each for each in rooms if not each.is_news],
        "newest": newest_topics(request.user, ecosystem),
        "may_run_rooms": may_run_rooms,
        "breadcrumb": breadcrumb(to_ecosystem(ecosystem)),
        "robots": "noindex",
    }
    return render(request, "forum/ecosystem.html", context)


@never_cache
@require_safe
def room_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Twenty topics, what was put on top first; of news the newest first."""
    room = seen_room(request, slug)
    if (first := room_rules_first(request, room)) is not None:
        return first
    if room.is_news:
        return news_detail(request, room)
    rows = Conversation.objects.visible_to(request.user).filter(topic__room=room).order_by(*IN_ORDER)
    paginator = Paginator(rows, TOPICS_A_PAGE)
    number = page_number(request, paginator)
    # The page first, within: else the database counts the posts of all pages before this one too.
    page = rows.values("pk")[(number - 1) * TOPICS_A_PAGE : number * TOPICS_A_PAGE]
    here = Conversation.objects.filter(pk__in=page).select_related("topic")
    found = list(here.with_post_count().with_unread(request.user).order_by(*IN_ORDER))
    shown = thread_views(found, request.user, nothing_yet=_("nog geen reactie"))
    threads = list(zip(shown, (each.topic.pinned_at is not None for each in found), strict=True))

    def url_for(number: int) -> str:
        return f"{request.path}?pagina={number}" if number > 1 else request.path

    context = {
        "room": room,
        "pinned": [each for each, is_pinned in threads if is_pinned],
        "threads": [each for each, is_pinned in threads if not is_pinned],
        "total": paginator.count,
        "pages": page_numbers(number, paginator.num_pages, url_for) if paginator.num_pages > 1 else None,
        "may_begin": request.user.is_authenticated and rules.takes_topics(room),
        "may_run_rooms": rules.can_run_rooms(request.user, room.ecosystem),
        "breadcrumb": breadcrumb(*to_rooms(room)),
        "robots": "noindex" if room.ecosystem is not None else "",
    }
    return render(request, "forum/room.html", context)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def room_make(request: HttpRequest, slug: str) -> HttpResponse:
    """A manager makes a room in an ecosystem."""
    ecosystem = own_ecosystem(request, slug)
    if not rules.can_run_rooms(request.user, ecosystem):
        raise Http404
    form = RoomForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            room = services.make_room(ecosystem=ecosystem, by=person(request), **form.cleaned_data)
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("De ruimte staat klaar."))
            return HttpResponseRedirect(room.get_absolute_url())
    return form_page(
        request,
        form,
        heading=_("Nieuwe ruimte in %(name)s") % {"name": ecosystem.name},
        button=_("Maak de ruimte"),
        trail=[to_ecosystem(ecosystem)],
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def room_close(request: HttpRequest, slug: str) -> HttpResponse:
    room = seen_room(request, slug)
    if not rules.can_close_room(request.user, room):
        raise Http404
    if request.method == "POST":
        services.close_room(room, by=person(request))
        messages.success(request, _("De ruimte is gesloten. Wat er staat, blijft te lezen."))
        return HttpResponseRedirect(room.get_absolute_url())
    return form_page(
        request,
        django_forms.Form(),
        heading=_("Sluit “%(name)s”") % {"name": room.name},
        lead=_("Er komen geen nieuwe onderwerpen bij. Op wat er staat, kunnen mensen blijven reageren."),
        button=_("Sluit de ruimte"),
        trail=[*to_rooms(room), to_room(room)],
    )
