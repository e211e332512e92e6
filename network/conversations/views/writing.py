"""Writing what stands in a conversation: look at it first, keep it for later, or post it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from network.conversations.forms import WritingForm
from network.conversations.mentions import everybody_in
from network.conversations.models import Conversation
from network.conversations.services import NotAllowed, Refused, preview_post, save_draft
from network.conversations.shapes import body_of
from network.conversations.views.pages import draft_of, form_page, person
from network.conversations.views.pictures import offer_pictures, take_pictures
from network.ecosystems.models import Ecosystem
from portal.design.shapes import Link
from portal.people.shapes import shown_people


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is written at an address, and in which words its page says so.

    `place` is where its draft is kept, `ecosystem` where its readers are, `conversation` the one that it answers in.
    `post` posts a sound form and leads to it, or raises NotAllowed or Refused.
    """

    place: str
    ecosystem: Ecosystem | None
    form: type[WritingForm]
    post: Callable[[HttpRequest, Any], HttpResponse]
    heading: str
    lead: str
    button: str
    trail: Sequence[Link]
    conversation: Conversation | None = None


def write_at(desk: Desk, request: HttpRequest) -> HttpResponse:
    """For who may write there, as the caller found."""
    if request.method != "POST":
        draft = draft_of(request, desk.place)
        begun = {"title": draft.title, "text": draft.text} if draft is not None else {}
        return _page(request, desk, desk.form(initial=begun))
    form, preview, deed = desk.form(request.POST, request.FILES), "", request.POST.get("actie", "")
    if take_pictures(request, form, place=desk.place):
        _keep(request, desk)
        return _page(request, desk, form)
    if deed == "concept":
        _keep(request, desk)
        messages.success(request, _("Je concept is bewaard. Je vindt het hier terug."))
        return HttpResponseRedirect(request.path)
    if form.is_valid():
        try:
            if deed == "voorbeeld":
                preview = _preview(request, desk, form.cleaned_data["text"])
            else:
                return desk.post(request, form)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
    form.renew_token()
    _keep(request, desk)
    return _page(request, desk, form, preview=preview)


def _keep(request: HttpRequest, desk: Desk) -> None:
    """What they typed outlives this page."""
    title, text = request.POST.get("title", ""), request.POST.get("text", "")
    save_draft(person(request), place=desk.place, title=title, text=text)


def _preview(request: HttpRequest, desk: Desk, text: str) -> str:
    user = person(request)
    html = preview_post(text, author=user, ecosystem=desk.ecosystem, conversation=desk.conversation)
    return body_of(html, shown_people(everybody_in([html]), user))


def _page(request: HttpRequest, desk: Desk, form: WritingForm, preview: str = "") -> HttpResponse:
    offer_pictures(request, form, place=desk.place)
    return form_page(
        request,
        form,
        heading=desk.heading,
        lead=desk.lead,
        button=desk.button,
        trail=list(desk.trail),
        writes=True,
        preview=preview,
    )
