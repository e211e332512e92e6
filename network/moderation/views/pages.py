"""What the views of this room share: who is asked for, the way back, and a page that is one form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.moderation import rules
from network.moderation.models import Decision, ModerationCase
from portal.design.shapes import Link
from portal.http.page_numbers import page_number as asked_page
from portal.organisations.views.pages import for_members_of_the_portal

View = Callable[..., HttpResponse]
FORM_METHODS = ["GET", "HEAD", "POST"]

__all__ = ["FORM_METHODS", "for_members_of_the_portal", "for_moderators"]


def for_moderators(view: View) -> View:
    """Signed in and with a queue to look after; to everybody else there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.moderates_somewhere(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return for_members_of_the_portal(guarded)


def seen_case(request: HttpRequest, pk: int) -> ModerationCase:
    """One that the reader may see; else a 404."""
    rows = ModerationCase.objects.visible_to(request.user).select_related("author")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def seen_decision(request: HttpRequest, key: Any) -> Decision:
    """The same of a decision."""
    rows = Decision.objects.visible_to(request.user).select_related("case__author", "person", "by")
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def person(request: HttpRequest) -> Any:
    """Who is signed in; the guards saw to it that somebody is."""
    return request.user


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def page_number(request: HttpRequest, paginator: Paginator[Any]) -> int:
    """What is no page number is refused as a page that doesn't exist."""
    return asked_page(request, paginator.num_pages)


def breadcrumb(*links: Link) -> list[Link]:
    return [Link(label=settings.SITE_NAME, url="/"), *links]


def to_queue() -> Link:
    return Link(label=_("Moderatie"), url=reverse("moderation:queue"))


def to_case(case: ModerationCase) -> list[Link]:
    return [to_queue(), Link(label=_("Zaak %(number)s") % {"number": case.pk}, url=case.get_absolute_url())]


def go(view: str, *arguments: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"moderation:{view}", args=arguments))


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    heading: str,
    button: str,
    trail: list[Link],
    lead: str = "",
    **extra: Any,
) -> HttpResponse:
    """A page with one form."""
    context = {
        "title": heading,
        "form": form,
        "heading": heading,
        "lead": lead,
        "button_label": button,
        "breadcrumb": breadcrumb(*trail),
        "back": trail[-1] if trail else None,
        "has_errors": bool(form.errors),
        "robots": "noindex",
        **extra,
    }
    return render(request, "moderation/form.html", context)
