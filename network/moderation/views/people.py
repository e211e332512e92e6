"""One view of what moderation knows of a person: for who decides about something of theirs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from network.moderation import rules, shapes
from network.moderation.intake import is_new
from network.moderation.models import Decision, ModerationCase, Report
from network.moderation.shown import shown_for
from network.moderation.views.pages import breadcrumb, for_moderators, to_queue
from portal.accounts.models import User
from portal.organisations.shapes import name_of

MOST_CASES = 50


@require_safe
@for_moderators
def person_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody about whom the reader sees no case doesn't exist here: nobody is looked up by number."""
    at = timezone.now()
    cases = ModerationCase.objects.visible_to(request.user).filter(author_id=pk).order_by("-opened_at", "-pk")
    shown = shown_for(request.user, cases[:MOST_CASES])
    if not shown:
        raise Http404
    user = get_object_or_404(User, pk=pk)
    decisions = Decision.objects.visible_to(request.user).filter(person=user)
    blocks = decisions.blocking(user, timezone.localdate(at))
    context = {
        "heading": name_of(user),
        "facts": shapes.person_facts(user, is_new=is_new(user, at), blocks=list(blocks)),
        "tasks": [shapes.queue_task(each, reports=0, at=at) for each in shown],
        "decisions": [shapes.decision_item(row) for row in decisions.select_related("by")[:MOST_CASES]],
        "reports": _reports(user) if rules.is_moderator(request.user) else None,
        "breadcrumb": breadcrumb(to_queue()),
        "robots": "noindex",
    }
    return render(request, "moderation/person.html", context)


def _reports(user: User) -> dict[str, int]:
    """How often they reported, and how often something was done about it; whoever reports at random shows here."""
    made = Report.objects.filter(reporter=user, case__state=ModerationCase.State.DECIDED)
    acted = Decision.objects.standing().filter(case__reports__in=made, action__in=["hide", "remove"])
    return {"made": made.count(), "acted": acted.distinct().count()}
