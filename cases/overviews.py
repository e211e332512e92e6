"""Overviews of cases: by theme, goal, sector and region, with how many cases stand behind each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import CasePage
from cases.querysets import CaseQuerySet
from portal.design.shapes import WayIn
from portal.taxonomy.models import Goal, Region, Sector, Theme


@dataclass(frozen=True)
class Overview:
    """One way to divide the cases: `key` is its part of the address, `heading` stands above a single term's page."""

    key: str
    label: Any
    model: type[Model]
    relation: str
    narrow: Callable[[CaseQuerySet, Any], CaseQuerySet]
    heading: Any


OVERVIEWS = {
    overview.key: overview
    for overview in (
        Overview(
            "thema",
            _("Thema"),
            Theme,
            "themes",
            CaseQuerySet.about_theme,
            _("Praktijkvoorbeelden over %(name)s"),
        ),
        Overview(
            "doel", _("Doel"), Goal, "goals", CaseQuerySet.with_goal, _("Praktijkvoorbeelden: %(name)s")
        ),
        Overview(
            "sector",
            _("Sector"),
            Sector,
            "sectors",
            CaseQuerySet.in_sector,
            _("Praktijkvoorbeelden in %(name)s"),
        ),
        Overview(
            "regio",
            _("Regio"),
            Region,
            "regions",
            CaseQuerySet.in_region,
            _("Praktijkvoorbeelden in %(name)s"),
        ),
    )
}


def ways_in(overview: Overview, cases: CaseQuerySet, base_url: str) -> list[WayIn]:
    """The terms that `cases` carry, with counts: two queries, whatever the number of cases.

    A case in a division counts for its section too, and one in a COROP region for its province.
    """
    through = getattr(CasePage, overview.relation).through
    column = overview.model._meta.model_name
    rows = through.objects.filter(casepage__in=cases.values("pk")).values_list("casepage_id", f"{column}_id")
    terms = {term.pk: term for term in _terms(overview.model)}
    counts = _count(rows, terms)
    return [
        WayIn(
            label=term.name,
            url=f"{base_url}{overview.key}/{term.slug}/",
            count=counts[term.pk],
            text=getattr(term, "description", ""),
        )
        for term in terms.values()
        if counts[term.pk] and getattr(term, "parent_id", None) is None
    ]


def _terms(model: type[Any]) -> QuerySet[Any]:
    terms: QuerySet[Any] = model._default_manager.all()
    # Only the two upper levels carry cases; the full classification has thousands of rows.
    return terms.filter(level__in=["section", "division"]) if model is Sector else terms


def _count(rows: Iterable[tuple[int, int]], terms: dict[int, Any]) -> Counter[int]:
    carried: set[tuple[int, int]] = set()
    for case_id, own_id in rows:
        term_id: int | None = own_id
        while term_id is not None and term_id in terms:
            carried.add((case_id, term_id))
            term_id = getattr(terms[term_id], "parent_id", None)
    return Counter(term_id for _case_id, term_id in carried)
