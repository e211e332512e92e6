"""What stands on the front page: proof, ways in, and the newest cases; first those of companies like the visitor's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cases.models import CasePage
from cases.overviews import OVERVIEWS, ways_in
from cases.shapes import cards, headline
from portal.design.shapes import Link, MeasurementView, WayIn
from portal.evidence.shapes import measurement_view
from portal.figures.models import FigurePage
from portal.home.models import HomePage
from portal.home.together import ways_to_each_other
from portal.pages.navigation import address_of
from portal.taxonomy.company import company_of

NEWEST = 6
CHIPS = 5
LINES = 8


def front_page(home: HomePage, request: HttpRequest) -> dict[str, Any]:
    """The context of the front page, in a number of queries that doesn't grow with the content."""
    visible = CasePage.objects.visible_to(request.user)
    base_url = address_of("praktijkvoorbeelden") or "/"
    company = company_of(request)
    figure = _figure(home, request)
    goals = ways_in(OVERVIEWS["doel"], visible, base_url)[:LINES]  # in the editors' own order
    return {
        "search_url": reverse("search:results"),
        "suggestions_url": reverse("search:suggestions"),
        "goal_chips": [Link(label=goal.label, url=goal.url) for goal in goals[:CHIPS]],
        "goals": goals,
        "goals_url": f"{base_url}doel/",
        "evidence_url": address_of("hoe-wij-bewijs-wegen"),
        "figures_url": address_of("cijfers"),
        "sectors": _most_used(ways_in(OVERVIEWS["sector"], visible, base_url), LINES),
        "regions": _most_used(ways_in(OVERVIEWS["regio"], visible, base_url), LINES),
        "proofs": _proofs(home, request),
        "figure": figure,
        "figure_chart": FigurePage.charts_for([figure.pk], heading=False).get(figure.pk) if figure else "",
        "cases": list(
            cards(visible.like_company_first(company).values_list("pk", flat=True)[:NEWEST]).values()
        ),
        "cases_url": base_url,
        "company": company.labels() if company else [],
        "company_url": reverse("company"),
        "together_ways": ways_to_each_other(),
        "together_url": reverse("home:together"),
    }


def _figure(home: HomePage, request: HttpRequest) -> FigurePage | None:
    """The figure that an editor chose, where the visitor may see it."""
    if not home.figure_id:
        return None
    visible = FigurePage.objects.visible_to(request.user).filter(pk=home.figure_id)
    figure: FigurePage | None = visible.only("title", "summary", "caveat").first()
    return figure


def _most_used(items: list[WayIn], most: int) -> list[WayIn]:
    return sorted(items, key=lambda item: -(item.count or 0))[:most]


def _proofs(home: HomePage, request: HttpRequest) -> list[MeasurementView]:
    """The first figure of each case that an editor chose, as far as the visitor may see the case."""
    chosen = CasePage.objects.visible_to(request.user).filter(front_page_proofs__page=home)
    found = []
    for case in chosen.order_by("front_page_proofs__sort_order").with_figures():
        figure = headline(case)
        if figure is not None:
            found.append(
                measurement_view(
                    figure,
                    where=case.organisation.name,
                    url=case.get_url(request) or "",
                    with_source=False,
                    with_caveat=False,
                )
            )
    return found
