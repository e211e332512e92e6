"""Ecosystems for everybody: the list of those that one may know of, and the home of one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from network.ecosystems import rules, shapes
from network.ecosystems.forms import SearchForm
from network.ecosystems.models import CompanyMembership, Ecosystem, JoinRequest, Participation
from network.ecosystems.sections import sections_for
from network.ecosystems.views.members import by_name, companies_shown
from network.ecosystems.views.pages import breadcrumb, page_number, rules_first, to_parent
from portal.design.components.finding import page_numbers
from portal.people.shapes import faces_at_hand
from search.places import PARAMETER as SEARCH_PLACE

PAGE_SIZE = 25
SHOWN = 6  # people and companies in the home; the rest stands on a page of its own


@require_safe
def ecosystem_list(request: HttpRequest) -> HttpResponse:
    """Those that this reader may know of, with one's own first."""
    form = SearchForm(request.GET)
    wanted = form.chosen()
    own = Ecosystem.objects.inside(request.user, timezone.localdate()).order_by().values_list("pk", flat=True)
    mine = set(own)
    rows = Ecosystem.objects.visible_to(request.user).select_related("parent", "organisation")
    if wanted:
        rows = rows.filter(name__icontains=wanted)
    first = Case(When(pk__in=mine, then=Value(0)), default=Value(1), output_field=IntegerField())
    paginator = Paginator(rows.order_by(first, Lower("name"), "pk"), PAGE_SIZE)
    number = page_number(request, paginator)
    asked = {"q": wanted} if wanted else {}

    def url_for(number: int) -> str:
        query: dict[str, str | int] = {**asked, **({"pagina": number} if number > 1 else {})}
        return f"{request.path}?{urlencode(query)}" if query else request.path

    context = {
        "form": form,
        "wanted": wanted,
        "total": paginator.count,
        "cards": [shapes.card(each, own=mine) for each in paginator.page(number)],
        "pages": page_numbers(number, paginator.num_pages, url_for) if paginator.num_pages > 1 else None,
        "breadcrumb": breadcrumb()[:1],
    }
    return render(request, "ecosystems/list.html", context)


@require_safe
def ecosystem_home(request: HttpRequest, slug: str) -> HttpResponseBase:
    """For who is inside everything there is; for others what it is about and how to join."""
    inside = Ecosystem.objects.inside(request.user, timezone.localdate()).order_by()
    rows = Ecosystem.objects.visible_to(request.user).select_related("parent", "organisation")
    rows = rows.annotate(reader_is_inside=Exists(inside.filter(pk=OuterRef("pk"))))
    ecosystem: Any = get_object_or_404(rows, slug=slug)
    context: dict[str, Any] = {
        "ecosystem": ecosystem,
        "about": shapes.as_html(ecosystem.about),
        "breadcrumb": breadcrumb(*to_parent(ecosystem)),
        "robots": "" if is_public(ecosystem) else "noindex",
        "groups": _groups(request, ecosystem),
    }
    if not ecosystem.reader_is_inside:
        context |= _for_outsiders(request, ecosystem)
        return render(request, "ecosystems/outside.html", context)
    first = rules_first(request, ecosystem)
    if first is not None:
        return first
    return render(request, "ecosystems/home.html", context | _for_insiders(request, ecosystem))


def is_public(ecosystem: Ecosystem) -> bool:
    """Whether everybody may know of it; as `EcosystemQuerySet.visible_to` says it of rows."""
    above = [ecosystem] if ecosystem.parent is None else [ecosystem, ecosystem.parent]
    return all(each.visibility == Ecosystem.Visibility.PUBLIC for each in above)


def _groups(request: HttpRequest, ecosystem: Ecosystem) -> list[Any]:
    """Working groups that the reader may know of."""
    if ecosystem.is_group:
        return []
    groups = Ecosystem.objects.visible_to(request.user).filter(parent=ecosystem)
    return [shapes.card(each) for each in groups.select_related("parent", "organisation")]


def _for_outsiders(request: HttpRequest, ecosystem: Ecosystem) -> dict[str, Any]:
    companies = CompanyMembership.objects.visible_to(request.user).current().filter(ecosystem=ecosystem)
    asked = JoinRequest.objects.open().filter(ecosystem=ecosystem, user=request.user.pk)
    return {
        "companies": companies_shown(request, companies, is_inside=False)[:SHOWN],
        "has_asked": request.user.is_authenticated and asked.exists(),
    }


def _for_insiders(request: HttpRequest, ecosystem: Ecosystem) -> dict[str, Any]:
    user: Any = request.user
    belonging = CompanyMembership.objects.current().filter(ecosystem=ecosystem)
    companies = companies_shown(request, belonging, is_inside=True)
    people = Participation.objects.active(timezone.localdate()).filter(ecosystem=ecosystem)
    counts = people.aggregate(all=Count("pk"), own=Count("pk", filter=Q(user=user)))
    managers = rules.managers_of(ecosystem)
    rows = list(by_name(people)[:SHOWN])
    shown = faces_at_hand([row.user for row in rows], user)
    return {
        "house_rules": shapes.as_html(ecosystem.house_rules),
        "sections": sections_for(ecosystem, user),
        "companies": companies[:SHOWN],
        "company_count": len(companies),
        "people": [shapes.participant(row, shown.get(row.user_id)) for row in rows],
        "people_count": counts["all"],
        "managers": [shapes.manager(each, shown.get(each.pk)) for each in managers],
        "may_manage": user in managers,
        "takes_part": bool(counts["own"]),
        "search_hidden": [(SEARCH_PLACE, ecosystem.slug)],
    }
