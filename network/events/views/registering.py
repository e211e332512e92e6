"""Registering, withdrawing, and answering to a place that was offered."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.conversations.views.pages import FORM_METHODS, for_members_of_the_portal, person, posted
from network.events import rules, services
from network.events.models import Event, Registration
from network.events.shapes import day_text, hours_text
from network.events.small_forms import RegisterForm, field_name
from network.events.views.pages import back_to, form_page, go, rules_before, seen_event, to_event

State = Registration.State


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def event_register(request: HttpRequest, pk: int) -> HttpResponse:
    """With the organiser's questions, where there are any; else one click on the page of the event is enough."""
    event = seen_event(request, pk)
    if (first := rules_before(request, event)) is not None:
        return first
    mine = Registration.objects.filter(event=event, user=person(request)).first()
    if mine is not None and mine.state in (State.REGISTERED, State.WAITING):
        return back_to(event)
    if request.method != "POST" and not rules.takes_registrations(event, timezone.now()):
        messages.info(request, _("Aanmelden kan niet meer."))
        return back_to(event)
    form = RegisterForm(posted(request), questions=list(event.questions.all()))
    if request.method == "POST" and form.is_valid():
        try:
            return _registered(request, event, form)
        except services.AnswersWrong as wrong:
            for question, problem in wrong.problems.items():
                # A question that was added meanwhile isn't on this page yet.
                form.add_error(field_name(question) if field_name(question) in form.fields else None, problem)
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
    is_full = event.free is not None and event.free <= 0
    return form_page(
        request,
        form,
        heading=_("Meld je aan voor “%(title)s”") % {"title": event.title},
        lead=f"{day_text(event.starts_at)}, {hours_text(event)}.",
        button=_("Zet me op de wachtlijst") if is_full else _("Meld me aan"),
        trail=to_event(event),
        is_full=is_full,
    )


def _registered(request: HttpRequest, event: Event, form: RegisterForm) -> HttpResponse:
    registration = services.register(event, by=person(request), answers=form.answers())
    if registration.state == State.WAITING:
        messages.info(
            request,
            _("Alle plekken zijn bezet. Je staat op de wachtlijst, en hoort het als er een vrijkomt."),
        )
    else:
        messages.success(request, _("Je bent aangemeld. De dag ervoor krijg je een herinnering."))
    return back_to(event)


@require_POST
@for_members_of_the_portal
def event_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """One click, also for who can't see the event any more."""
    mine = Registration.objects.filter(event=pk, user=person(request)).select_related("event").first()
    if mine is None:
        raise Http404
    try:
        if services.withdraw(mine.event, by=person(request)):
            messages.success(request, _("Je bent afgemeld. Je plek is voor iemand anders."))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
    is_seen = Event.objects.visible_to(request.user).filter(pk=pk).exists()
    return back_to(mine.event) if is_seen else go("list")


@require_POST
@for_members_of_the_portal
def offer_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the place, or leave it to the next."""
    event = seen_event(request, pk)
    if (first := rules_before(request, event)) is not None:
        return first
    if request.POST.get("plek") == "nee":
        services.decline_offer(event, by=person(request))
        messages.success(request, _("Je plek gaat naar de volgende op de wachtlijst."))
        return back_to(event)
    try:
        services.accept_offer(event, by=person(request))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("De plek is van jou. De dag ervoor krijg je een herinnering."))
    return back_to(event)
