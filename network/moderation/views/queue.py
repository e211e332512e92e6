"""The queue of who moderates, in lists, and the yearly count."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.moderation import rules, shapes
from network.moderation.counting import count_year
from network.moderation.models import ModerationCase, Objection
from network.moderation.shown import shown_for
from network.moderation.views.pages import breadcrumb, for_moderators, page_number
from portal.design.components.finding import page_numbers
from portal.design.shapes import Link
from portal.text import cell_text

PAGE_SIZE = 25
FIRST_YEAR = 2026
OPEN, HELD, REPORTED, OVERDUE, OBJECTIONS, DECIDED = (
    "open", "vastgehouden", "gemeld", "te-laat", "bezwaren", "besloten",
)  # fmt: skip


@require_safe
@for_moderators
def case_list(request: HttpRequest) -> HttpResponse:
    """What waits, longest overdue first; each reader gets lists and numbers of what they may see."""
    at = timezone.now()
    lists = _lists(request.user, at)
    chosen = request.GET.get("lijst", OPEN)
    if chosen not in lists:
        raise Http404
    label, rows = lists[chosen]
    numbers = _numbers(lists)
    paginator = Paginator(rows, PAGE_SIZE)
    if chosen in numbers:
        paginator.count = numbers[chosen]
    number = page_number(request, paginator)
    context = {
        "heading": label,
        "tabs": _tabs(lists, numbers, chosen),
        "tasks": _tasks(request.user, list(paginator.page(number)), at),
        "total": paginator.count,
        "pages": page_numbers(number, paginator.num_pages, lambda page: f"?lijst={chosen}&pagina={page}")
        if paginator.num_pages > 1
        else None,
        "count_year": timezone.localdate(at).year if rules.is_moderator(request.user) else None,
        "breadcrumb": breadcrumb(),
        "robots": "noindex",
    }
    return render(request, "moderation/queue.html", context)


def _lists(user: Any, at: datetime) -> dict[str, tuple[str, Any]]:
    seen = ModerationCase.objects.visible_to(user).with_report_count()
    objections = Objection.objects.open().about(seen).exclude(by=user)
    return {
        OPEN: (_("Open"), seen.open().order_by("term_at", "pk")),
        HELD: (_("Vastgehouden"), seen.held().order_by("term_at", "pk")),
        REPORTED: (_("Gemeld"), seen.reported().order_by("term_at", "pk")),
        OVERDUE: (_("Te laat"), seen.overdue(at).order_by("term_at", "pk")),
        OBJECTIONS: (_("Bezwaren"), objections.select_related("decision").order_by("term_at", "pk")),
        DECIDED: (_("Besloten"), seen.decided().order_by("-decided_at", "-pk")),
    }


def _numbers(lists: dict[str, tuple[str, Any]]) -> dict[str, int]:
    """All but that of objections in one question; how many were decided ever, nobody needs."""
    counted = (OPEN, HELD, REPORTED, OVERDUE)
    numbers = ModerationCase.objects.aggregate(
        **{code: Count("pk", filter=Q(pk__in=lists[code][1].order_by().values("pk"))) for code in counted}
    )
    return {**numbers, OBJECTIONS: lists[OBJECTIONS][1].count()}


def _tabs(lists: dict[str, tuple[str, Any]], numbers: dict[str, int], chosen: str) -> list[Link]:
    return [
        Link(
            label=label,
            url=f"{reverse('moderation:queue')}?lijst={code}"
            if code != OPEN
            else reverse("moderation:queue"),
            text=str(numbers.get(code, "")),
            current=code == chosen,
        )
        for code, (label, _rows) in lists.items()
    ]


def _tasks(user: Any, rows: list[Any], at: datetime) -> list[Any]:
    if rows and isinstance(rows[0], Objection):
        return [shapes.objection_task(row, at) for row in rows]
    return [
        shapes.queue_task(shown, reports=getattr(shown.case, "report_count", 0), at=at)
        for shown in shown_for(user, rows)
    ]


@require_safe
@for_moderators
def yearly_count(request: HttpRequest, year: int) -> HttpResponse:
    """Numbers without persons, for the yearly report; for who moderates the portal."""
    if not rules.is_moderator(request.user) or not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["wat", "soort", "aantal"])
    for row in count_year(year):
        writer.writerow([cell_text(row.what), cell_text(row.kind), row.number])
    response = HttpResponse(out.getvalue().encode(), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="moderatie-{year}.csv"'
    return response
