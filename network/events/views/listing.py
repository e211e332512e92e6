"""The agenda: what is coming, and apart from it what has been."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from network.conversations.views.pages import breadcrumb
from network.ecosystems.views.pages import page_number
from network.events import rules
from network.events.clock import AMSTERDAM, moment_of
from network.events.models import Event
from network.events.querysets import EventQuerySet
from network.events.shapes import event_views
from network.events.small_forms import FilterForm
from network.events.views.pages import to_list
from portal.design.components.finding import page_numbers

EVENTS_A_PAGE = 20


@never_cache
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """What isn't over yet, nearest first."""
    return _page(request, is_past=False)


@never_cache
@require_safe
def past_events(request: HttpRequest) -> HttpResponse:
    return _page(request, is_past=True)


def _page(request: HttpRequest, *, is_past: bool) -> HttpResponse:
    at = timezone.now()
    visible: EventQuerySet = Event.objects.visible_to(request.user)
    rows = visible.past(at) if is_past else visible.upcoming(at)
    form = FilterForm(request.GET, options=options_of(rows))
    chosen = form.chosen()
    paginator = Paginator(narrowed(rows, chosen).with_mine(request.user), EVENTS_A_PAGE)
    number = page_number(request, paginator)
    asked = {name: "on" if value is True else value for name, value in chosen.items()}

    def url_for(number: int) -> str:
        query: dict[str, Any] = {**asked, **({"pagina": number} if number > 1 else {})}
        return f"{request.path}?{urlencode(query)}" if query else request.path

    found = paginator.page(number).object_list.select_related("ecosystem", "organisation")  # type: ignore[attr-defined]
    context = {
        "form": form,
        "is_past": is_past,
        "is_narrowed": bool(chosen),
        "total": paginator.count,
        "events": event_views(found),
        "pages": page_numbers(number, paginator.num_pages, url_for) if paginator.num_pages > 1 else None,
        "may_plan": bool(rules.organises_somewhere(request.user)),
        "feed_url": reverse("events:feed") + (f"?{urlencode(asked)}" if asked else ""),
        "other_url": reverse("events:list" if is_past else "events:past"),
        "list_url": request.path,
        "breadcrumb": breadcrumb(*(to_list() if is_past else [])),
        "robots": "noindex, follow" if asked or is_past else "",
    }
    return render(request, "events/list.html", context)


def narrowed(rows: EventQuerySet, chosen: Mapping[str, Any]) -> EventQuerySet:
    """What fits with all that was chosen."""
    lookups = {
        "soort": "kind",
        "thema": "themes__slug",
        "sector": "sectors__code",
        "regio": "region__code",
        "ecosysteem": "ecosystem__slug",
        "online": "is_online",
    }
    for name, lookup in lookups.items():
        if name in chosen:
            rows = rows.filter(**{lookup: chosen[name]})
    if "maand" in chosen:
        begin = datetime.date.fromisoformat(f"{chosen['maand']}-01")
        end = (begin + datetime.timedelta(days=32)).replace(day=1)
        midnight = datetime.time(0)
        rows = rows.filter(starts_at__gte=moment_of(begin, midnight), starts_at__lt=moment_of(end, midnight))
    return rows


def options_of(rows: EventQuerySet) -> dict[str, dict[str, str]]:
    """What there is to choose from in these rows, each with how many there are."""
    return {
        "thema": _counted(rows, "themes__slug", "themes__name"),
        "sector": _counted(rows, "sectors__code", "sectors__name"),
        "regio": _counted(rows, "region__code", "region__name"),
        "ecosysteem": _counted(rows, "ecosystem__slug", "ecosystem__name"),
        "maand": _months(rows),
    }


def _counted(rows: EventQuerySet, code: str, name: str) -> dict[str, str]:
    found = rows.order_by(name).exclude(**{code: None}).values_list(code, name)
    return {slug: f"{label} ({number})" for slug, label, number in found.annotate(number=Count("pk"))}


def _months(rows: EventQuerySet) -> dict[str, str]:
    months = rows.annotate(month=TruncMonth("starts_at", tzinfo=AMSTERDAM)).order_by("month")
    return {
        f"{each['month']:%Y-%m}": f"{date_format(each['month'], 'F Y')} ({each['number']})"
        for each in months.values("month").annotate(number=Count("pk"))
    }


__all__ = ["event_list", "narrowed", "options_of", "past_events"]
