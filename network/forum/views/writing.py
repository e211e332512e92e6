"""Writing a topic, or an item of news: look at it first, keep it for later, or post it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from network.conversations.mentions import everybody_in
from network.conversations.models import Conversation
from network.conversations.services import drop_draft, preview_post, save_draft
from network.conversations.shapes import body_of
from network.conversations.views.pages import address_of_client, draft_of, form_page, person
from network.conversations.views.pictures import offer_pictures, take_pictures
from network.ecosystems.models import Ecosystem
from network.forum import services
from network.forum.forms import TopicForm
from network.forum.models import Topic
from portal.design.shapes import Link
from portal.people.shapes import shown_people


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is written at an address, and in which words its page says so.

    `place` is where its draft is kept, `ecosystem` where its readers are, `post` the service that posts it; `done` and
    `held` are said afterwards, of what can be seen and of what a moderator sees first.
    """

    place: str
    ecosystem: Ecosystem | None
    form: type[TopicForm]
    post: Callable[..., Topic]
    heading: str
    lead: str
    button: str
    trail: Sequence[Link]
    held: str
    done: str = ""


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
        return HttpResponseRedirect(desk.trail[-1].url)
    if form.is_valid():
        try:
            if deed == "voorbeeld":
                preview = _preview(request, desk, form.cleaned_data["text"])
            else:
                return _posted(request, desk, form)
        except services.NotAllowed:
            raise
        except services.Refused as refused:
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
    html = preview_post(text, author=user, ecosystem=desk.ecosystem)
    return body_of(html, shown_people(everybody_in([html]), user))


def _posted(request: HttpRequest, desk: Desk, form: TopicForm) -> HttpResponse:
    given, user = form.cleaned_data, person(request)
    topic = desk.post(
        by=user,
        title=given["title"],
        text=given["text"],
        token=given["token"],
        address=address_of_client(request),
        draft=desk.place,
    )
    drop_draft(user, place=desk.place)
    if topic.conversation.state == Conversation.State.HELD:
        messages.info(request, desk.held)
    elif desk.done:
        messages.success(request, desk.done)
    return HttpResponseRedirect(topic.conversation.get_absolute_url())


def _page(request: HttpRequest, desk: Desk, form: TopicForm, preview: str = "") -> HttpResponse:
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
