"""One case: what it is about, what was reported, and deciding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.moderation import rules, services, shapes
from network.moderation.audiences_managed import managed_terms
from network.moderation.forms import DecideForm, ReasonForm, TemplateForm
from network.moderation.models import Decision, ModerationCase
from network.moderation.reportables import find
from network.moderation.shown import Shown, shown_for
from network.moderation.views.pages import (
    FORM_METHODS,
    breadcrumb,
    for_moderators,
    form_page,
    go,
    person,
    posted,
    seen_case,
    to_case,
    to_queue,
)


@require_http_methods(FORM_METHODS)
@for_moderators
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    case = seen_case(request, pk)
    [shown] = shown_for(request.user, [case])
    form = _form(request, shown)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.decide(case, choice=form.choice(), by=person(request), at=timezone.now())
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Besloten. Wie het aangaat, krijgt een mail."))
            return go("queue")
    return render(request, "moderation/case.html", _context(request, shown, form))


def _form(request: HttpRequest, shown: Shown) -> DecideForm | None:
    """Nothing to fill in before one has read it, or after it was decided by somebody else."""
    is_open = shown.case.state == ModerationCase.State.OPEN
    if shown.is_closed or not (is_open or request.method == "POST"):
        return None
    initial: dict[str, Any] = {}
    begun = TemplateForm(request.GET).chosen()
    if begun is not None:
        initial = {
            "ground": begun.ground,
            "rule": begun.rule,
            "reason": begun.reason,
            "template": begun.title,
        }
    return DecideForm(
        posted(request),
        initial=initial,
        actions=rules.actions_for(shown.item.state if shown.item is not None else None),
        may_block_in_portal=bool(shown.case.audience) and rules.can_block_in_portal(request.user),
        has_author=shown.case.author is not None,
    )


def _context(request: HttpRequest, shown: Shown, form: DecideForm | None) -> dict[str, Any]:
    case, item = shown.case, shown.item
    same = Decision.objects.visible_to(request.user).filter(
        case__code=case.code, case__object_id=case.object_id
    )
    decisions = list(same.select_related("by", "case").order_by("-at", "-pk")[:20])
    is_own_place = case.audience in managed_terms(person(request))
    return {
        "case": case,
        "shown": shown,
        "heading": shapes.title_of(shown),
        "facts": shapes.case_facts(shown, is_own_place=is_own_place),
        "place_url": item.url if item is not None and _may_go(request, shown) else "",
        "reports": list(case.reports.all()[:50]),
        "decisions": [shapes.decision_item(row) for row in decisions],
        "to_undo": [row for row in decisions if rules.can_undo(request.user, row)],
        "must_say_why": shown.is_closed and rules.must_say_why(person(request)),
        "templates": TemplateForm(initial={"sjabloon": request.GET.get("sjabloon")})
        if form is not None
        else None,
        "form": form,
        "open_form": ReasonForm() if shown.is_closed else None,
        "has_errors": bool(form is not None and form.errors),
        "breadcrumb": breadcrumb(to_queue()),
        "robots": "noindex",
    }


def _may_go(request: HttpRequest, shown: Shown) -> bool:
    """Can the moderator see it in its place as a reader too? A manager or of the portal; not in a private place."""
    room = find(shown.case.code)
    return room.visible(request.user, shown.case.object_id) is not None


@require_POST
@for_moderators
def case_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Look into somebody else's private place: logged, and for an administrator with a reason."""
    case = seen_case(request, pk)
    reason = str(request.POST.get("reason", ""))
    try:
        services.open_case_thing(case, by=person(request), reason=reason, at=timezone.now())
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        form = ReasonForm(request.POST)
        form.is_valid()
        form.add_error("reason", str(refused))
        return form_page(
            request,
            form,
            heading=_("Waarom open je dit?"),
            lead=_("Het staat in een besloten ecosysteem. Wat je opschrijft, blijft bewaard."),
            button=_("Open wat er staat"),
            trail=to_case(case),
        )
    return go("case", pk)
