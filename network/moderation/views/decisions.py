"""A decision as those read it whom it concerns; objecting, answering, undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.moderation import rules, services, shapes
from network.moderation.forms import AnswerForm, ObjectionForm, ReasonForm
from network.moderation.models import Decision, ModerationCase, Objection
from network.moderation.statements import statement_of
from network.moderation.views.pages import (
    FORM_METHODS,
    breadcrumb,
    for_members_of_the_portal,
    for_moderators,
    form_page,
    go,
    person,
    posted,
    seen_decision,
    to_case,
)
from portal.design.shapes import Link


@require_safe
@for_members_of_the_portal
def decision_detail(request: HttpRequest, key: Any) -> HttpResponse:
    """The author reads the statement of reasons; who reported reads what came of it; a moderator goes to the case."""
    decision = seen_decision(request, key)
    user, at = person(request), timezone.now()
    is_author = decision.person_id == user.pk
    if not is_author and rules.can_decide(user, decision.case):
        return go("case", decision.case_id)
    undone = Decision.objects.filter(undoes=decision).first()
    context = {
        "decision": decision,
        "is_author": is_author,
        "item": services.current_item(decision.case) if is_author else None,
        "statement": statement_of(decision) if is_author and decision.takes_away else [],
        "outcome": shapes.what_happened(decision),
        "undone": undone,
        "objection": Objection.objects.filter(decision=decision, by=user).first(),
        "may_object": rules.can_object(user, decision, at),
        "breadcrumb": breadcrumb(),
        "robots": "noindex",
    }
    return render(request, "moderation/decision.html", context)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def decision_object(request: HttpRequest, key: Any) -> HttpResponse:
    decision = seen_decision(request, key)
    user = person(request)
    if not rules.can_object(user, decision, timezone.now()) and not (
        request.method == "POST" and Objection.objects.filter(decision=decision, by=user).exists()
    ):
        raise Http404
    form = ObjectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.object_to(decision, by=user, text=form.cleaned_data["text"], at=timezone.now())
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("We hebben je bezwaar. Je krijgt een mail met het antwoord."))
            return go("decision", key)
    return form_page(
        request,
        form,
        heading=_("Maak bezwaar"),
        lead=_("Iemand anders dan wie dit besloot, kijkt er opnieuw naar, als dat kan."),
        button=_("Verstuur je bezwaar"),
        trail=[Link(label=_("Het besluit"), url=decision.get_absolute_url())],
    )


@require_http_methods(FORM_METHODS)
@for_moderators
def decision_undo(request: HttpRequest, key: Any) -> HttpResponse:
    decision = seen_decision(request, key)
    if request.method != "POST" and not rules.can_undo(request.user, decision):
        raise Http404
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.undo(decision, by=person(request), reason=form.cleaned_data["reason"], at=timezone.now())
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Teruggedraaid. De schrijver krijgt een mail."))
            return go("case", decision.case_id)
    return form_page(
        request,
        form,
        heading=_("Draai het besluit terug"),
        lead=shapes.decision_text(decision),
        button=_("Draai terug"),
        trail=to_case(decision.case),
    )


@require_http_methods(FORM_METHODS)
@for_moderators
def objection_answer(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Objection.objects.visible_to(request.user).select_related("decision__case", "decision__by", "by")
    objection = get_object_or_404(rows, pk=pk)
    cases = ModerationCase.objects.visible_to(request.user)
    if objection.by == request.user or not cases.filter(pk=objection.decision.case_id).exists():
        raise Http404
    may_answer = rules.can_answer(request.user, objection)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        is_granted = form.cleaned_data["outcome"] == Objection.Outcome.GRANTED
        try:
            services.answer(
                objection,
                is_granted=is_granted,
                text=form.cleaned_data["text"],
                by=person(request),
                at=timezone.now(),
            )
        except services.NotAllowed:
            form.add_error(None, _("Jij nam dit besluit. Een ander beantwoordt het bezwaar."))
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Beantwoord. Wie bezwaar maakte, krijgt een mail."))
            return go("queue")
    return form_page(
        request,
        form,
        heading=_("Bezwaar in zaak %(number)s") % {"number": objection.decision.case_id},
        lead=shapes.decision_text(objection.decision),
        button=_("Verstuur je antwoord"),
        trail=to_case(objection.decision.case),
        objection=objection,
        statement=statement_of(objection.decision) if objection.decision.takes_away else [],
        may_answer=may_answer,
    )
