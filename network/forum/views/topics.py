"""Beginning a topic and reading one."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.conversations.shapes import thread
from network.conversations.views.pages import (
    FORM_METHODS,
    breadcrumb,
    for_members_of_the_portal,
    page_of_posts,
    rules_before,
    seen_conversation,
)
from network.conversations.views.replying import reply_form
from network.conversations.views.writing import Desk, write_at
from network.forum import rules, services
from network.forum.forms import TopicForm
from network.forum.models import TOPIC, ForumRoom, Topic
from network.forum.views.beginning import begin_at
from network.forum.views.places import room_rules_first, seen_room, to_room, to_rooms
from portal.design.components.finding import page_numbers


def seen_topic(request: HttpRequest, pk: int) -> Topic:
    conversation = seen_conversation(request, pk, TOPIC, along=["topic__room__ecosystem"])
    topic: Topic = conversation.topic
    topic.conversation = conversation
    return topic


@never_cache
@require_safe
def topic_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of a topic, with a form to answer under it."""
    topic = seen_topic(request, pk)
    conversation = topic.conversation
    if (first := rules_before(request, conversation)) is not None:
        return first
    page = page_of_posts(request, conversation)
    shown = thread(conversation, page, request.user)

    def url_for(number: int) -> str:
        return f"{request.path}?pagina={number}" if number > 1 else request.path

    number = page.number
    context = {
        "topic": topic,
        "conversation": conversation,
        "thread": shown,
        "form": reply_form(request, conversation) if shown.may_reply else None,
        "pages": page_numbers(number, page.paginator.num_pages, url_for)
        if page.paginator.num_pages > 1
        else None,
        "is_last_page": number == page.paginator.num_pages,
        "breadcrumb": breadcrumb(*to_rooms(topic.room), to_room(topic.room)),
        "robots": "noindex" if conversation.ecosystem is not None else "",
    }
    return render(request, "forum/topic.html", context)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def topic_begin(request: HttpRequest, slug: str) -> HttpResponse:
    room = seen_room(request, slug)
    if (first := room_rules_first(request, room)) is not None:
        return first
    if not rules.can_begin_topic(request.user, room):
        raise Http404
    if room.is_news and room.ecosystem is not None:
        # Written where they see how many people hear of it.
        return redirect("forum:news-write", room.ecosystem.slug)
    place = draft_place(room)
    desk = Desk(
        place=place,
        ecosystem=room.ecosystem,
        form=TopicForm,
        post=partial(
            begin_at,
            begin=partial(services.begin_topic, room),
            place=place,
            held=_("Je onderwerp staat klaar. Een moderator kijkt er binnen een dag naar."),
        ),
        heading=_("Begin een onderwerp in “%(name)s”") % {"name": room.name},
        lead=_("Iedereen kan dit lezen, ook wie geen account heeft.")
        if room.ecosystem is None
        else _("Alleen wie meedoet aan %(name)s leest dit.") % {"name": room.ecosystem.name},
        button=_("Plaats je onderwerp"),
        trail=[*to_rooms(room), to_room(room)],
    )
    return write_at(desk, request)


def draft_place(room: ForumRoom) -> str:
    return f"forum:{room.pk}"
