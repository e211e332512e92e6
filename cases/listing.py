"""Lists of cases: all, an overview of terms, and the cases of one term."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cases.models import CaseIndexPage, CasePage
from cases.overviews import OVERVIEWS, ways_in
from cases.shapes import cards
from portal.design.components.finding import page_numbers
from portal.design.shapes import Link
from portal.http.page_numbers import page_number
from portal.taxonomy.company import CompanyProfile, company_of

PAGE_SIZE = 12


def case_list(request: HttpRequest, index: CaseIndexPage, key: str = "", slug: str = "") -> HttpResponse:
    """All cases, or those of one term; companies like the visitor's come first."""
    cases = CasePage.objects.visible_to(request.user)
    term: Any = None
    if key:
        overview = OVERVIEWS[key]
        term = get_object_or_404(overview.model, slug=slug)
        cases = overview.narrow(cases, term)
    profile = company_of(request)
    paginator = Paginator(cases.like_company_first(profile).values_list("pk", flat=True), PAGE_SIZE)
    page = paginator.page(page_number(request, paginator.num_pages))
    url = _url(index, request) + (f"{key}/{slug}/" if key else "")
    numbers = page_numbers(
        page.number, paginator.num_pages, lambda number: url if number == 1 else f"{url}?pagina={number}"
    )
    return _render(
        request,
        index,
        key,
        profile,
        {
            "term": term,
            "heading": OVERVIEWS[key].heading % {"name": term.name} if term else index.title,
            "lead": getattr(term, "description", "") if term else index.summary,
            "total": paginator.count,
            "cases": list(cards(page.object_list).values()),
            "pages": numbers if paginator.num_pages > 1 else None,
        },
    )


def case_overview(request: HttpRequest, index: CaseIndexPage, key: str) -> HttpResponse:
    """The terms of one overview with how many cases stand behind each."""
    overview = OVERVIEWS[key]
    cases = CasePage.objects.visible_to(request.user)
    terms = ways_in(overview, cases, _url(index, request))
    heading = _("Praktijkvoorbeelden per %(overview)s") % {"overview": str(overview.label).lower()}
    return _render(
        request, index, key, company_of(request), {"heading": heading, "lead": "", "ways_in": terms}
    )


def _render(
    request: HttpRequest,
    index: CaseIndexPage,
    key: str,
    profile: CompanyProfile | None,
    extra: dict[str, Any],
) -> HttpResponse:
    context = index.get_context(request)
    url = _url(index, request)
    context["breadcrumb"] = (
        [*context["breadcrumb"], Link(label=index.title, url=url)] if key else context["breadcrumb"]
    )
    context["tabs"] = [
        Link(label=_("Alles"), url=url, current=not key),
        *(
            Link(label=str(one.label), url=f"{url}{one.key}/", current=one.key == key)
            for one in OVERVIEWS.values()
        ),
    ]
    context["company"] = profile.labels() if profile else []
    return TemplateResponse(request, index.get_template(request), {**context, **extra})


def _url(index: CaseIndexPage, request: HttpRequest) -> str:
    return index.get_url(request) or "/"
