"""Calendars: of one event, of what is public, and a person's own by a secret address."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.conversations.views.pages import FORM_METHODS, breadcrumb, for_members_of_the_portal, person
from network.events import rules, services
from network.events.calendar_files import CONTENT_TYPE, Line, calendar_file
from network.events.models import CalendarFeed, Event, Registration
from network.events.small_forms import AddressForm
from network.events.views.listing import narrowed
from network.events.views.pages import go, seen_event, to_list
from portal.http.rate_limit import RateLimit

LIMIT = RateLimit("agenda", most=120)
MOST = 300
MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
KEPT = datetime.timedelta(days=90)  # how long a past or cancelled event stays in a calendar


def _answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _too_many(request: HttpRequest) -> HttpResponse | None:
    wait = LIMIT.wait(request)
    return HttpResponse(status=429, headers={"Retry-After": str(wait)}) if wait else None


@never_cache
@require_safe
def event_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One event, for who sees it; with address and link for who comes."""
    event = seen_event(request, pk)
    if event.state == Event.State.DRAFT:
        raise Http404
    mine = (
        Registration.objects.filter(user=request.user, event=event) if request.user.is_authenticated else None
    )
    is_in = mine is not None and rules.takes_part(mine.first())
    return _answer(calendar_file([Line(event, is_in)]), f"bijeenkomst-{event.pk}")


@never_cache
@require_safe
def public_calendar(request: HttpRequest) -> HttpResponse:
    """What everybody may see, narrowed as the list is; the same for everybody, since a calendar has no account."""
    if (refused := _too_many(request)) is not None:
        return refused
    rows = Event.objects.visible_to(AnonymousUser()).upcoming(timezone.now() - KEPT)
    rows = rows.select_related("ecosystem__parent")
    found = narrowed(rows, asked_of(request)).order_by("-starts_at")[:MOST]
    return _answer(calendar_file([Line(each) for each in found], _calendar_name()), "bijeenkomsten")


@never_cache
@require_safe
def private_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """What the owner of this address registered for, as far as they may still see it; `alles` adds what else is theirs
    to see. An address that isn't known is a page that doesn't exist."""
    if (refused := _too_many(request)) is not None:
        return refused
    owner = services.owner_of(token)
    if owner is None:
        raise Http404
    since = timezone.now() - KEPT
    mine = Registration.objects.filter(user=owner).involved()
    states = dict(mine.values_list("event", "state"))
    rows = Event.objects.visible_to(owner).shown().upcoming(since).select_related("ecosystem__parent")
    if request.GET.get("alles") != "ja":
        rows = rows.filter(pk__in=states)
    lines = [
        Line(each, states.get(each.pk) == Registration.State.REGISTERED)
        for each in rows.order_by("-starts_at")[:MOST]
        if states.get(each.pk) != Registration.State.WAITING or request.GET.get("alles") == "ja"
    ]
    response = _answer(calendar_file(lines, _calendar_name()), "mijn-bijeenkomsten")
    response["Referrer-Policy"] = "no-referrer"
    return response


def asked_of(request: HttpRequest) -> dict[str, Any]:
    """What the address asks for, as it stands there: a calendar of a theme without events is empty, not full."""
    asked: dict[str, Any] = {
        name: value[:120].replace("\x00", "")
        for name in ("soort", "thema", "sector", "regio", "ecosysteem")
        if (value := request.GET.get(name, ""))
    }
    if request.GET.get("online"):
        asked["online"] = True
    month = request.GET.get("maand", "")
    return {**asked, "maand": month} if MONTH.fullmatch(month) else asked


def _calendar_name() -> str:
    return _("Bijeenkomsten van %(site)s") % {"site": settings.SITE_NAME}


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def own_calendar(request: HttpRequest) -> HttpResponse:
    """Make an address for one's own calendar, make another, or take it back. The address is shown once."""
    user, context = person(request), _context()
    if request.method == "POST":
        if request.POST.get("agenda") == "weg":
            services.withdraw_calendar_address(user)
            messages.success(request, _("Het adres werkt niet meer."))
            return go("own-calendar")
        token = services.make_calendar_address(user)
        address = settings.BASE_URL + reverse("events:private-feed", args=[token])
        shown = {"address": address, "wider": f"{address}?alles=ja"}
        context |= {"made": AddressForm(initial=shown)}
    context["feed"] = CalendarFeed.objects.filter(user=user).first()
    return render(request, "events/own_calendar.html", context)


def _context() -> dict[str, Any]:
    return {"breadcrumb": breadcrumb(*to_list()), "robots": "noindex"}
