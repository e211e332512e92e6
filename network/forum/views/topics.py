"""Beginning a topic and reading one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.conversations.mentions import everybody_in
from network.conversations.models import Conversation
from network.conversations.services import drop_draft, preview_post, save_draft
from network.conversations.shapes import body_of, thread
from network.conversations.views.pages import (
    FORM_METHODS,
    address_of_client,
    breadcrumb,
    draft_of,
    for_members_of_the_portal,
    form_page,
    page_of_posts,
    person,
    rules_before,
    seen_conversation,
)
from network.conversations.views.pictures import offer_pictures, take_pictures
from network.conversations.views.replying import reply_form
from network.forum import rules, services
from network.forum.forms import TopicForm
from network.forum.models import TOPIC, ForumRoom, Topic
from network.forum.views.rooms import room_rules_first, seen_room, to_rooms
from portal.design.components.finding import page_numbers
from portal.design.shapes import Link
from portal.people.shapes import shown_people


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
    """Write a topic: look at it first, keep it for later, or post it."""
    room = seen_room(request, slug)
    if (first := room_rules_first(request, room)) is not None:
        return first
    if not rules.can_begin_topic(request.user, room):
        raise Http404
    place, user = draft_place(room), person(request)
    if request.method != "POST":
        draft = draft_of(request, place)
        begun = {"title": draft.title, "text": draft.text} if draft is not None else {}
        return _page(request, room, TopicForm(initial=begun))
    form, preview, deed = TopicForm(request.POST, request.FILES), "", request.POST.get("actie", "")
    if take_pictures(request, form, place=place):
        _keep(request, place)
        return _page(request, room, form)
    if deed == "concept":
        _keep(request, place)
        messages.success(request, _("Je concept is bewaard. Je vindt het hier terug."))
        return HttpResponseRedirect(room.get_absolute_url())
    if form.is_valid():
        try:
            if deed == "voorbeeld":
                html = preview_post(form.cleaned_data["text"], author=user, ecosystem=room.ecosystem)
                preview = body_of(html, shown_people(everybody_in([html]), user))
            else:
                return _begun(request, room, form, place)
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
    form.renew_token()
    _keep(request, place)
    return _page(request, room, form, preview=preview)


def _keep(request: HttpRequest, place: str) -> None:
    """What they typed outlives this page."""
    title, text = request.POST.get("title", ""), request.POST.get("text", "")
    save_draft(person(request), place=place, title=title, text=text)


def _begun(request: HttpRequest, room: ForumRoom, form: TopicForm, place: str) -> HttpResponse:
    given, user = form.cleaned_data, person(request)
    topic = services.begin_topic(
        room,
        by=user,
        title=given["title"],
        text=given["text"],
        token=given["token"],
        address=address_of_client(request),
        draft=place,
    )
    drop_draft(user, place=place)
    if topic.conversation.state == Conversation.State.HELD:
        messages.info(request, _("Je onderwerp staat klaar. Een moderator kijkt er binnen een dag naar."))
    return HttpResponseRedirect(topic.conversation.get_absolute_url())


def _page(request: HttpRequest, room: ForumRoom, form: TopicForm, **extra: Any) -> HttpResponse:
    lead = (
        _("Iedereen kan dit lezen, ook wie geen account heeft.")
        if room.ecosystem is None
        else _("Alleen wie meedoet aan %(name)s leest dit.") % {"name": room.ecosystem.name}
    )
    offer_pictures(request, form, place=draft_place(room))
    return form_page(
        request,
        form,
        heading=_("Begin een onderwerp in “%(name)s”") % {"name": room.name},
        lead=lead,
        button=_("Plaats je onderwerp"),
        trail=[*to_rooms(room), to_room(room)],
        writes=True,
        **extra,
    )


def draft_place(room: ForumRoom) -> str:
    return f"forum:{room.pk}"


def to_room(room: ForumRoom) -> Link:
    return Link(label=room.name, url=room.get_absolute_url())
