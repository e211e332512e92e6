"""Answering: a form under the conversation, and the same on a page of its own where something has to be mended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from network.conversations import rules, services
from network.conversations.forms import ReplyForm
from network.conversations.mentions import everybody_in
from network.conversations.models import Conversation, Post
from network.conversations.services.posting import draft_place
from network.conversations.shapes import body_of, quoted
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
from network.conversations.views.pictures import offer_pictures, take_pictures
from network.conversations.views.posts import to_post
from portal.people.shapes import shown_people


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
    if request.method != "POST":
        return _page(request, conversation, reply_form(request, conversation))
    form, place = ReplyForm(request.POST, request.FILES), draft_place(conversation)
    deed, preview = request.POST.get("actie", ""), ""
    if take_pictures(request, form, place=place):
        _keep(request, place)
        return _page(request, conversation, form)
    if deed == "concept":
        _keep(request, place)
        messages.success(request, _("Je concept is bewaard. Je vindt het hier terug."))
        return _page(request, conversation, reply_form(request, conversation))
    if form.is_valid():
        try:
            if deed == "voorbeeld":
                preview = _preview(request, conversation, form.cleaned_data["text"])
            else:
                return _posted(request, conversation, form)
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error("text", str(refused))
    form.renew_token()
    _keep(request, place)
    return _page(request, conversation, form, preview=preview)


def _keep(request: HttpRequest, place: str) -> None:
    """What they typed outlives this page too."""
    services.save_draft(person(request), place=place, text=request.POST.get("text", ""))


def _posted(request: HttpRequest, conversation: Conversation, form: ReplyForm) -> HttpResponse:
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


def _preview(request: HttpRequest, conversation: Conversation, text: str) -> str:
    html = services.preview_post(
        text, author=person(request), ecosystem=conversation.ecosystem, conversation=conversation
    )
    return body_of(html, shown_people(everybody_in([html]), request.user))


def _page(
    request: HttpRequest, conversation: Conversation, form: ReplyForm, preview: str = ""
) -> HttpResponse:
    if form.pictures is None:
        offer_pictures(request, form, place=draft_place(conversation))
    return form_page(
        request,
        form,
        heading=_("Reageer op “%(title)s”") % {"title": conversation.title},
        lead="" if rules.can_reply(request.user, conversation) else _("Dit gesprek is gesloten."),
        button=_("Plaats je bericht"),
        trail=to_conversation(conversation),
        preview=preview,
        writes=True,
    )


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
