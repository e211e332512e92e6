"""Talking about an event, from its beginning on."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.conversations.forms import PostForm
from network.conversations.models import Conversation
from network.conversations.shapes import thread
from network.conversations.views.pages import (
    FORM_METHODS,
    address_of_client,
    breadcrumb,
    for_members_of_the_portal,
    page_of_posts,
    person,
    seen_conversation,
)
from network.conversations.views.pages import rules_before as rules_before_talk
from network.conversations.views.replying import reply_form
from network.conversations.views.writing import Desk, write_at
from network.events import rules, services
from network.events.conversation_kinds import talk_place
from network.events.models import EVENT, Event
from network.events.views.pages import rules_before, seen_event, to_event, to_list
from portal.design.components.finding import page_numbers


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def talk_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """The first word about it; where somebody said it already one goes on there."""
    event = seen_event(request, pk)
    if (first := rules_before(request, event)) is not None:
        return first
    if not rules.can_talk(event, timezone.now()):
        raise Http404
    desk = Desk(
        place=talk_place(event),
        ecosystem=event.ecosystem if event.stays_inside else None,
        form=PostForm,
        post=partial(_begun, event=event),
        heading=_("Praat na over “%(title)s”") % {"title": event.title},
        lead=_("Wat nam je mee? Wat ga je doen? Wie de bijeenkomst kan zien, leest het."),
        button=_("Plaats je bericht"),
        trail=to_event(event),
    )
    return write_at(desk, request)


def _begun(request: HttpRequest, form: PostForm, *, event: Event) -> HttpResponse:
    conversation = services.begin_talk(
        event,
        by=person(request),
        text=form.cleaned_data["text"],
        token=form.cleaned_data["token"],
        address=address_of_client(request),
        draft=talk_place(event),
    )
    if conversation.state == Conversation.State.HELD:
        messages.info(request, _("Je bericht staat klaar. Een moderator kijkt er binnen een dag naar."))
    return HttpResponseRedirect(conversation.get_absolute_url())


@never_cache
@require_safe
def talk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = seen_conversation(request, pk, EVENT)
    if (first := rules_before_talk(request, conversation)) is not None:
        return first
    event = Event.objects.visible_to(request.user).filter(conversation=conversation).first()
    page = page_of_posts(request, conversation)
    shown = thread(conversation, page, request.user)
    last = page.paginator.num_pages

    def url_for(number: int) -> str:
        return f"{request.path}?pagina={number}" if number > 1 else request.path

    context = {
        "event": event,
        "conversation": conversation,
        "thread": shown,
        "form": reply_form(request, conversation) if shown.may_reply else None,
        "pages": page_numbers(page.number, last, url_for) if last > 1 else None,
        "breadcrumb": breadcrumb(*(to_event(event) if event is not None else to_list())),
        "robots": "noindex",
    }
    return render(request, "events/talk.html", context)
