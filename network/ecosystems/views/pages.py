"""What the views of this room share: which ecosystem it is and for whom, the way back, and a page that is one form."""

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
from django.utils import timezone
from django.utils.translation import gettext as _

from network.ecosystems import rules
from network.ecosystems.models import Ecosystem, Participation
from portal.design.shapes import Link
from portal.http.page_numbers import page_number as asked_page
from portal.organisations.views.pages import for_members_of_the_portal as for_signed_in

View = Callable[..., HttpResponse]
FORM_METHODS = ["GET", "HEAD", "POST"]
SHORTEST_KEPT = 10  # of what somebody typed, in characters: shorter is no loss


class LeftMeanwhile(Exception):
    """Who posts this took part, or managed, until a moment ago."""


def for_members_of_the_portal(view: View) -> View:
    """Signed in, never cached, 404 for what isn't allowed; who was removed meanwhile reads that, and what they typed."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except LeftMeanwhile as left:
            return no_longer_inside(request, str(left))

    return for_signed_in(guarded)


def no_longer_inside(request: HttpRequest, sentence: str) -> HttpResponse:
    """Nothing was done, and what they typed is theirs to take along."""
    typed = [
        value
        for name, value in request.POST.items()
        if name != "csrfmiddlewaretoken" and len(str(value)) >= SHORTEST_KEPT
    ]
    context = {"sentence": sentence, "typed": typed, "breadcrumb": breadcrumb(), "robots": "noindex"}
    return render(request, "ecosystems/gone.html", context, status=404)


def known_ecosystem(request: HttpRequest, slug: str) -> Ecosystem:
    """One that the reader may know of; else a 404."""
    return _one(request, slug, Ecosystem.objects.visible_to(request.user))


def own_ecosystem(request: HttpRequest, slug: str) -> Ecosystem:
    """One where the reader takes part or that they manage; else a 404."""
    return _one(request, slug, Ecosystem.objects.inside(request.user, timezone.localdate()))


def managed_ecosystem(request: HttpRequest, slug: str) -> Ecosystem:
    """One that the reader manages; else a 404."""
    return _one(request, slug, Ecosystem.objects.managed_by(request.user, timezone.localdate()))


def _one(request: HttpRequest, slug: str, rows: Any) -> Ecosystem:
    found: Ecosystem | None = rows.select_related("parent", "organisation").filter(slug=slug).first()
    if found is not None:
        return found
    if request.method == "POST" and request.user.is_authenticated:
        _say_what_ended(request.user, slug)
    raise Http404


def _say_what_ended(user: Any, slug: str) -> None:
    rows = Participation.objects.filter(user=user, ecosystem__slug=slug)
    if rows.active(timezone.localdate()).exists():
        raise LeftMeanwhile(_("Je bent hier geen beheerder meer. Er is niets veranderd."))
    if rows.exists():
        raise LeftMeanwhile(_("Je doet hier niet meer mee. Wat je deed, is niet bewaard."))


def page_number(request: HttpRequest, paginator: Paginator[Any]) -> int:
    """What is no page number is refused as a page that doesn't exist."""
    return asked_page(request, paginator.num_pages)


def rules_first(request: HttpRequest, ecosystem: Ecosystem) -> HttpResponseRedirect | None:
    """Where the reader has to accept house rules before anything else here; those of the parent come first."""
    for each in (ecosystem.parent, ecosystem):
        if each is not None and rules.needs_rules(request.user, each) is not None:
            return go("rules", each.slug)
    return None


def breadcrumb(*links: Link) -> list[Link]:
    first = [
        Link(label=settings.SITE_NAME, url="/"),
        Link(label=_("Ecosystemen"), url=reverse("ecosystems:list")),
    ]
    return [*first, *links]


def to_parent(ecosystem: Ecosystem) -> list[Link]:
    """Who may know of a group may know of its ecosystem."""
    parent = ecosystem.parent
    return [Link(label=parent.name, url=parent.get_absolute_url())] if parent is not None else []


def to_home(ecosystem: Ecosystem) -> list[Link]:
    return [*to_parent(ecosystem), Link(label=ecosystem.name, url=ecosystem.get_absolute_url())]


def to_manage(ecosystem: Ecosystem) -> list[Link]:
    url = reverse("ecosystems:manage", args=[ecosystem.slug])
    return [*to_home(ecosystem), Link(label=_("Beheer"), url=url)]


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
        "title": heading,
        "form": form,
        "heading": heading,
        "lead": lead,
        "button_label": button,
        "breadcrumb": breadcrumb(*trail),
        "back": trail[-1] if trail else breadcrumb()[-1],
        "has_errors": bool(form.errors),
        "robots": "noindex",
        **extra,
    }
    return render(request, f"ecosystems/{template}.html", context)


def go(view: str, *arguments: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"ecosystems:{view}", args=arguments))


def person(request: HttpRequest) -> Any:
    """Who is signed in; `for_members_of_the_portal` saw to it that somebody is."""
    return request.user


def posted(request: HttpRequest) -> Any:
    """What a form takes: what was sent, however little, or nothing."""
    return request.POST if request.method == "POST" else None
