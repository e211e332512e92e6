"""Making an event, changing it, putting it on the agenda, cancelling it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from network.conversations.models import Draft
from network.conversations.services import drop_draft, save_draft
from network.conversations.views.pages import (
    FORM_METHODS,
    address_of_client,
    draft_of,
    for_members_of_the_portal,
    person,
    posted,
)
from network.events import rules, services
from network.events.conversation_kinds import DRAFT
from network.events.forms import EventForm, begun_with, half_typed, place_code
from network.events.models import Event
from network.events.shapes import as_html, facts_of
from network.events.small_forms import CancelForm
from network.events.views.pages import back_to, form_page, go, managed_event, to_event, to_list, to_manage
from portal.http.forms import show_again_with


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def event_plan(request: HttpRequest) -> HttpResponse:
    """A draft first. `voor` names the ecosystem that somebody came from, `kopie` the event that they begin with."""
    places = rules.places_of(request.user)
    if not places:
        raise Http404
    if request.method != "POST":
        draft = draft_of(request, DRAFT) if "kopie" not in request.GET else None
        begun = _gone_on_with(draft) if draft is not None else _begun(request, places)
        return _plan_page(request, EventForm(places=places, initial=begun), has_draft=draft is not None)
    form, deed = EventForm(request.POST, places=places), request.POST.get("actie", "")
    if deed == "opnieuw":
        drop_draft(person(request), place=DRAFT)
        return go("plan")
    if deed == "later":
        if save_draft(person(request), place=DRAFT, **half_typed(form)) is not None:
            messages.success(request, _("Bewaard. Je vindt het hier terug, en bij Mijn omgeving."))
        return go("plan")
    if form.is_valid():
        try:
            event = services.plan_event(
                form.place_chosen(),
                details=form.details(),
                by=person(request),
                token=form.cleaned_data["token"],
                copy_of=_copied(request, form.cleaned_data.get("kopie")),
            )
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            drop_draft(person(request), place=DRAFT)
            messages.success(request, _("Je concept staat klaar. Kijk het na en zet het op de agenda."))
            return back_to(event)
    save_draft(person(request), place=DRAFT, **half_typed(form))
    form.renew_token()
    return _plan_page(request, form)


def _gone_on_with(draft: Draft) -> dict[str, Any]:
    """As it was typed, also what can't be: the form says so once it is sent."""
    return {**draft.rest, "title": draft.title, "text": draft.text}


def _plan_page(request: HttpRequest, form: EventForm, *, has_draft: bool = False) -> HttpResponse:
    return form_page(
        request,
        form,
        heading=_("Organiseer een bijeenkomst"),
        lead=_("Je maakt eerst een concept. Niemand ziet het, tot je het op de agenda zet."),
        button=_("Bewaar het concept"),
        trail=to_list(),
        keeps=True,
        has_draft=has_draft,
    )


def _copied(request: HttpRequest, pk: int | None) -> Event | None:
    return Event.objects.managed_by(request.user).filter(pk=pk).first() if pk else None


def _begun(request: HttpRequest, places: list[rules.Place]) -> dict[str, Any]:
    """What is filled in already; of a copy all but its days."""
    codes = {place_code(each) for each in places}
    here = f"ecosysteem:{request.GET.get('voor', '')}"
    found: dict[str, Any] = {"organiser": here} if here in codes else {}
    raw = request.GET.get("kopie", "")
    source = _copied(request, int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else None)
    if source is None:
        return found
    begun = begun_with(source)
    for name in ("day", "end_day", "closes_day", "version", "start_which", "end_which"):
        begun.pop(name, None)
    code = place_code(source.ecosystem or source.organisation)
    return {**begun, **({"organiser": code} if code in codes else {}), "kopie": source.pk}


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def event_change(request: HttpRequest, pk: int) -> HttpResponse:
    event = managed_event(request, pk)
    if not rules.can_change(event, timezone.now()):
        messages.info(request, _("Deze bijeenkomst is voorbij of afgezegd. Wijzigen kan niet meer."))
        return back_to(event)
    extra: dict[str, Any] = {}
    if request.method == "POST":
        form = EventForm(request.POST, places=[], event=event)
        if form.is_valid():
            try:
                changed = services.change_event(
                    event,
                    details=form.details(),
                    version=form.cleaned_data["version"] or 0,
                    by=person(request),
                    address=address_of_client(request),
                )
            except services.NotAllowed:
                raise
            except services.ChangedMeanwhile as meanwhile:
                extra = _as_it_stands(form, meanwhile)
            except services.Refused as refused:
                form.add_error(None, str(refused))
            else:
                _say_changed(request, changed)
                return back_to(changed)
        form.renew_token()
    else:
        form = EventForm(initial=begun_with(event), places=[], event=event)
    is_planned = event.state == Event.State.PLANNED
    return form_page(
        request,
        form,
        heading=_("Wijzig “%(title)s”") % {"title": event.title},
        lead=_("Verandert de tijd, plaats of link? Dan hoort iedereen die komt het.") if is_planned else "",
        button=_("Bewaar"),
        trail=to_event(event),
        **extra,
    )


def _as_it_stands(form: EventForm, meanwhile: services.ChangedMeanwhile) -> dict[str, Any]:
    """Both texts: what they typed stays in the form, and what stands now is beside it. Saving again is their choice."""
    form.add_error(None, str(meanwhile))
    show_again_with(form, version=meanwhile.event.version)
    event = meanwhile.event
    return {"stored": facts_of(event, is_in=True, themes=(), sectors=()), "stored_text": as_html(event.text)}


def _say_changed(request: HttpRequest, event: Event) -> None:
    if event.state == Event.State.DRAFT or event.shown == "visible":
        messages.success(request, _("Het is gewijzigd."))
    else:
        messages.info(request, _("Het is gewijzigd. Een moderator kijkt er binnen een dag naar."))


@require_POST
@for_members_of_the_portal
def event_publish(request: HttpRequest, pk: int) -> HttpResponse:
    event = managed_event(request, pk)
    try:
        planned = services.publish_event(event, by=person(request), address=address_of_client(request))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
        return back_to(event)
    if planned.shown == "visible":
        messages.success(request, _("Het staat op de agenda."))
    else:
        messages.info(request, _("Het staat klaar. Een moderator kijkt er binnen een dag naar."))
    return back_to(event)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def event_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Says first how many people hear of it."""
    event = managed_event(request, pk)
    if not rules.can_cancel(event, timezone.now()):
        messages.info(request, _("Deze bijeenkomst staat niet op de agenda, of is al voorbij."))
        return back_to(event)
    form = CancelForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_event(event, by=person(request), reason=form.cleaned_data["reason"])
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Het is afgezegd. Iedereen die zou komen, hoort het."))
            return back_to(event)
    number = services.how_many(event, "iedereen", by=person(request))
    return form_page(
        request,
        form,
        heading=_("Zeg “%(title)s” af") % {"title": event.title},
        lead=ngettext("%(number)s persoon hoort het.", "%(number)s mensen horen het.", number)
        % {"number": number},
        button=_("Zeg de bijeenkomst af"),
        trail=to_manage(event),
    )


@require_POST
@for_members_of_the_portal
def draft_drop(request: HttpRequest, pk: int) -> HttpResponse:
    event = managed_event(request, pk)
    try:
        services.drop_draft(event, by=person(request))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
        return back_to(event)
    messages.success(request, _("Het concept is weg."))
    return go("list")
