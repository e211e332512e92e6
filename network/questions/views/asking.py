"""Asking: what is like it first, then a preview, a draft, and the question itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.conversations.mentions import everybody_in
from network.conversations.models import Conversation
from network.conversations.services import drop_draft, preview_post, save_draft
from network.conversations.shapes import body_of
from network.conversations.views.pages import (
    FORM_METHODS,
    address_of_client,
    breadcrumb,
    draft_of,
    for_members_of_the_portal,
    person,
)
from network.conversations.views.pictures import offer_pictures, take_pictures
from network.ecosystems.models import Ecosystem
from network.ecosystems.views.pages import rules_first
from network.questions import services
from network.questions.alike import alike
from network.questions.forms import QuestionForm
from portal.design.shapes import Link, ThreadView
from portal.http.rate_limit import RateLimit
from portal.people.shapes import shown_people

DRAFT = "question"
# While typing: a question a second is more than anybody types.
ALIKE = RateLimit("vragen-vergelijkbaar", most=60)
TRAIL = RateLimit("vragen-spoor", most=30)


@require_safe
@for_members_of_the_portal
def question_alike(request: HttpRequest) -> HttpResponse:
    """What is like the title so far, as a part of the page."""
    if wait := ALIKE.wait(request):
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    hits = alike(request.GET.get("title", ""), request.user)
    return render(request, "questions/alike.html", {"hits": hits})


@require_POST
@for_members_of_the_portal
def question_trail(request: HttpRequest) -> HttpResponse:
    """Told by the page: something was shown, something was opened. Who told it isn't kept."""
    notes = {"getoond": services.note_shown, "geopend": services.note_opened}
    note = notes.get(request.POST.get("wat", ""))
    if note is not None and not TRAIL.wait(request):
        note()
    return HttpResponse(status=204)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def question_ask(request: HttpRequest) -> HttpResponse:
    """For everybody or for one of one's ecosystems; `voor` names the one that somebody came from."""
    user = person(request)
    ecosystems = open_ecosystems(user)
    if request.method != "POST":
        return _page(request, QuestionForm(initial=_begun(request, ecosystems), ecosystems=ecosystems))
    form, deed = (
        QuestionForm(request.POST, request.FILES, ecosystems=ecosystems),
        request.POST.get("actie", ""),
    )
    if take_pictures(request, form, place=DRAFT):
        _keep(request)
        return _page(request, form)
    if deed == "concept":
        _keep(request)
        messages.success(request, _("Je concept is bewaard. Je vindt het hier terug."))
        return HttpResponseRedirect(request.get_full_path())
    if not form.is_valid():
        form.renew_token()
        _keep(request)
        return _page(request, form)
    ecosystem = form.chosen_ecosystem()
    if ecosystem is not None and (first := rules_first(request, ecosystem)) is not None:
        _keep(request)
        return first
    extra: dict[str, Any] = {}
    try:
        if deed == "voorbeeld":
            html = preview_post(form.cleaned_data["text"], author=user, ecosystem=ecosystem)
            extra = {"preview": body_of(html, shown_people(everybody_in([html]), user))}
        elif hits := _to_look_at(form, user):
            services.note_shown()
            extra = {"hits": hits, "is_step": True}
        else:
            return _asked(request, form)
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        form.add_error(None, str(refused))
    _keep(request)
    return _page(request, form, **extra)


def open_ecosystems(user: Any) -> list[Ecosystem]:
    """Where this person takes part, and can still write."""
    rows = Ecosystem.objects.inside(user, timezone.localdate()).filter(closed_at=None)
    return list(rows.select_related("parent").order_by("name", "pk"))


def _begun(request: HttpRequest, ecosystems: list[Ecosystem]) -> dict[str, Any]:
    """The draft, and the place where they came from; never more people than are there."""
    came_from = request.GET.get("voor", "")
    found = {"audience": came_from} if came_from in {each.slug for each in ecosystems} else {}
    draft = draft_of(request, DRAFT)
    return {"title": draft.title, "text": draft.text, **found} if draft is not None else found


def _to_look_at(form: QuestionForm, user: Any) -> list[ThreadView]:
    """What is like it, where that wasn't shown while typing."""
    return [] if form.cleaned_data["looked"] else alike(form.cleaned_data["title"], user)


def _keep(request: HttpRequest) -> None:
    """What they typed outlives this page."""
    title, text = request.POST.get("title", ""), request.POST.get("text", "")
    save_draft(person(request), place=DRAFT, title=title, text=text)


def _asked(request: HttpRequest, form: QuestionForm) -> HttpResponse:
    given, user = form.cleaned_data, person(request)
    question, is_new = services.ask_question(
        by=user,
        ecosystem=form.chosen_ecosystem(),
        title=given["title"],
        text=given["text"],
        theme=given["theme"],
        sector=form.chosen_sector(),
        token=given["token"],
        address=address_of_client(request),
        draft=DRAFT,
    )
    if is_new:
        services.note_asked(was_shown=given["looked"], was_opened=given["opened"])
    drop_draft(user, place=DRAFT)
    if question.conversation.state == Conversation.State.HELD:
        messages.info(request, _("Je vraag staat klaar. Een moderator kijkt er binnen een dag naar."))
    else:
        messages.success(request, _("Je vraag staat erop. Je krijgt mail als iemand antwoordt."))
    return HttpResponseRedirect(question.conversation.get_absolute_url())


def _page(request: HttpRequest, form: QuestionForm, **extra: Any) -> HttpResponse:
    offer_pictures(request, form, place=DRAFT)
    back = Link(label=_("Vragen"), url=reverse("questions:list"))
    context = {
        "form": form,
        "heading": _("Stel een vraag"),
        "lead": "" if form.ecosystems else _("Iedereen kan je vraag lezen, ook wie geen account heeft."),
        "button_label": _("Plaats je vraag"),
        "breadcrumb": breadcrumb(back),
        "back": back,
        "has_errors": bool(form.errors),
        "robots": "noindex",
        "place": DRAFT,
        **extra,
    }
    return render(request, "questions/ask.html", context)
