"""What views of this room share: which event it is and for whom, the way back, and a page that is one form."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.conversations.views.pages import breadcrumb
from network.ecosystems.views.pages import LeftMeanwhile, rules_first
from network.events.models import Event, Registration
from portal.design.shapes import Link


def seen_event(request: HttpRequest, pk: int) -> Event:
    """One that the reader sees; else a 404. Who posts to one that they saw until a moment ago reads why."""
    return _one(request, pk, Event.objects.visible_to(request.user))


def managed_event(request: HttpRequest, pk: int) -> Event:
    """One that the reader organises; else a 404."""
    return _one(request, pk, Event.objects.managed_by(request.user))


def _one(request: HttpRequest, pk: int, rows: Any) -> Event:
    found: Event | None = (
        rows.select_related("ecosystem__parent", "organisation", "region").filter(pk=pk).first()
    )
    if found is not None:
        return found
    if request.method == "POST" and request.user.is_authenticated:
        mine = Registration.objects.filter(user=request.user, event=pk)
        if mine.exists() and not Event.objects.visible_to(request.user).filter(pk=pk).exists():
            raise LeftMeanwhile(_("Je kunt deze bijeenkomst niet meer zien. Wat je deed, is niet bewaard."))
    raise Http404


def rules_before(request: HttpRequest, event: Event) -> HttpResponseRedirect | None:
    """The house rules of its ecosystem, for who has to accept them first."""
    if event.ecosystem is None or not event.stays_inside:
        return None
    return rules_first(request, event.ecosystem) if request.user.is_authenticated else None


def to_list(event: Event | None = None) -> list[Link]:
    trail = []
    if event is not None and event.ecosystem is not None and event.stays_inside:
        trail.append(Link(label=event.ecosystem.name, url=event.ecosystem.get_absolute_url()))
    return [*trail, Link(label=_("Bijeenkomsten"), url=reverse("events:list"))]


def to_event(event: Event) -> list[Link]:
    return [*to_list(event), Link(label=event.title, url=event.get_absolute_url())]


def to_manage(event: Event) -> list[Link]:
    return [*to_event(event), Link(label=_("Beheer"), url=reverse("events:manage", args=[event.pk]))]


def back_to(event: Event) -> HttpResponseRedirect:
    return HttpResponseRedirect(event.get_absolute_url())


def go(view: str, *arguments: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"events:{view}", args=arguments))


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    heading: str,
    button: str,
    trail: list[Link],
    lead: str = "",
    template: str = "form",
    **extra: Any,
) -> HttpResponse:
    """A page with one form."""
    context = {
        "form": form,
        "fields": getattr(form, "shown_fields", form.visible_fields)(),
        "heading": heading,
        "lead": lead,
        "button_label": button,
        "breadcrumb": breadcrumb(*trail),
        "back": trail[-1],
        "has_errors": bool(form.errors),
        "robots": "noindex",
        **extra,
    }
    return render(request, f"events/{template}.html", context)
