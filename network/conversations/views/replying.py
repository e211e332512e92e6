"""Answering: a form under the conversation, and the same on a page of its own where something has to be mended."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.conversations import rules, services
from network.conversations.forms import ReplyForm
from network.conversations.models import Conversation, Post
from network.conversations.services.posting import draft_place
from network.conversations.shapes import quoted
from network.conversations.views.pages import (
    FORM_METHODS,
    address_of_client,
    draft_of,
    for_members_of_the_portal,
    form_page,
    person,
    rules_before,
    seen_conversation,
    seen_post,
    to_conversation,
)
from network.conversations.views.pictures import offer_pictures
from network.conversations.views.posts import to_post
from network.conversations.views.writing import Desk, write_at


def reply_form(request: HttpRequest, conversation: Conversation) -> ReplyForm:
    """An empty form for under the conversation, with what the reader was writing there."""
    draft = draft_of(request, draft_place(conversation))
    form = ReplyForm(initial={"text": draft.text if draft is not None else ""})
    place = draft_place(conversation)
    offer_pictures(request, form, place=place, has_draft=draft is not None, at_a_glance=True)
    return form


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def conversation_reply(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = seen_conversation(request, pk)
    if (first := rules_before(request, conversation)) is not None:
        return first
    desk = Desk(
        place=draft_place(conversation),
        ecosystem=conversation.ecosystem,
        conversation=conversation,
        form=ReplyForm,
        post=partial(_posted, conversation=conversation),
        heading=_("Reageer op “%(title)s”") % {"title": conversation.title},
        lead="" if rules.can_reply(request.user, conversation) else _("Dit gesprek is gesloten."),
        button=_("Plaats je bericht"),
        trail=to_conversation(conversation),
    )
    return write_at(desk, request)


def _posted(request: HttpRequest, form: ReplyForm, *, conversation: Conversation) -> HttpResponse:
    answered = form.cleaned_data["replies_to"]
    post = services.post_reply(
        conversation,
        by=person(request),
        text=form.cleaned_data["text"],
        token=form.cleaned_data["token"],
        replies_to=Post.objects.filter(pk=answered, conversation=conversation).first() if answered else None,
        address=address_of_client(request),
    )
    if post.state == Post.State.HELD:
        messages.info(request, _("Je bericht staat klaar. Een moderator kijkt er binnen een dag naar."))
    return to_post(request, post)


@require_http_methods(["GET", "HEAD"])
@for_members_of_the_portal
def post_quote(request: HttpRequest, pk: int) -> HttpResponse:
    """A reply that begins with what somebody said, after what the reader was writing already."""
    post = seen_post(request, pk)
    conversation = post.conversation
    if (first := rules_before(request, conversation)) is not None:
        return first
    draft = draft_of(request, draft_place(conversation))
    begun = f"{draft.text.rstrip()}\n\n" if draft is not None and draft.text.strip() else ""
    form = ReplyForm(initial={"text": begun + quoted(post, request.user), "replies_to": post.pk})
    offer_pictures(request, form, place=draft_place(conversation))
    return form_page(
        request,
        form,
        heading=_("Reageer op “%(title)s”") % {"title": conversation.title},
        button=_("Plaats je bericht"),
        trail=to_conversation(conversation),
        action=reverse("conversations:reply", args=[conversation.pk]),
        writes=True,
    )
