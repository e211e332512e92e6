"""What cases hand over to search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any, cast

from django.db.models import Model, OuterRef, Prefetch, Subquery
from django.utils.translation import gettext_lazy as _

from cases.evidence import levels_of
from cases.models import CaseIndexPage, CaseMeasurement, CasePage
from cases.querysets import CaseQuerySet
from cases.shapes import headline
from portal.evidence.ladder import EvidenceLevel
from portal.evidence.models import Indicator
from portal.evidence.shapes import measurement_view
from portal.organisations.models import Organisation
from portal.pages.models import PageCitation
from portal.pages.querysets import VisiblePageQuerySet
from portal.pages.search_documents import PageSource, names, pages_with, slugs, years
from portal.taxonomy.models import Goal, Region, Sector, SizeClass, Theme
from search.documents import MeasuredResult, Reader, exclude, register


class CasePageSource(PageSource):
    code = "case"
    label = _("praktijkvoorbeeld")
    plural = _("praktijkvoorbeelden")
    model = CasePage
    order = 10
    long_texts = ("reason", "approach", "result", "lessons", "tomorrow")

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        return {
            CaseMeasurement: _cases_with_figures_like,
            PageCitation: pages_with_citation,
            Organisation: pages_with(CasePage, "organisation"),
            Indicator: pages_with(CasePage, "measurements__indicator"),
            Theme: pages_with(CasePage, "themes"),
            Goal: pages_with(CasePage, "goals"),
            Sector: pages_with(CasePage, "sectors"),
            Region: pages_with(CasePage, "regions"),
            SizeClass: lambda size: [],  # its name is shown, but no document holds it
        }

    def with_document(self, pages: VisiblePageQuerySet) -> VisiblePageQuerySet:
        return pages.select_related("organisation", "size_class").prefetch_related(
            Prefetch("measurements", queryset=CaseMeasurement.objects.select_related("indicator")),
            Prefetch("sectors", queryset=Sector.objects.select_related("parent__parent")),
            Prefetch("regions", queryset=Region.objects.select_related("parent")),
            "citations",
            "themes",
            "goals",
        )

    def facts(self, pages: Sequence[Any]) -> Iterator[dict[str, Any]]:
        levels = levels_of(pages)
        for page in pages:
            themes, goals = page.themes.all(), page.goals.all()
            sectors, regions = _with_parents(page.sectors.all()), _with_parents(page.regions.all())
            improvements = _improvements(page)
            indicators = dict.fromkeys(figure.indicator.name for figure in page.measurements.all())
            kind = [page.get_kind_display()] if page.kind != CasePage.Kind.PRACTICE else []
            yield {
                "organisation": page.organisation.name,
                "facets": {
                    "theme": slugs(themes),
                    "goal": slugs(goals),
                    "sector": tuple(sector.code for sector in sectors),
                    "region": tuple(region.code for region in regions),
                    "size": (page.size_class.code,) if page.size_class else (),
                    "kind": (page.kind,),
                    # Every step up to its own, so that "at least described" is one value.
                    "evidence": tuple(step.code for step in EvidenceLevel if step <= levels[page.pk]),
                    "year": years(page.period_start, page.period_end),
                    "organisation": (page.organisation.name,),
                    "indicator": tuple(dict.fromkeys(each.indicator for each in improvements)),
                },
                "keywords": (*names([*themes, *goals, *sectors, *regions]), *indicators, *kind),
                "measurements": improvements,
            }

    def with_hit(self, pages: VisiblePageQuerySet) -> VisiblePageQuerySet:
        sectors = CasePage.sectors.through.objects.filter(casepage=OuterRef("pk")).order_by("sector__code")
        cases = cast(CaseQuerySet, pages).with_evidence().select_related("size_class")
        return cases.annotate(first_sector=Subquery(sectors.values("sector__name")[:1]))

    def shown(self, pages: Sequence[Any], reader: Reader) -> Iterator[dict[str, Any]]:
        levels = levels_of(pages)
        for page in pages:
            asked = _asked_for(page, reader)
            figure = asked or _proof(page)
            size = page.size_class.name if page.size_class else ""
            meta = (page.organisation.name, page.first_sector, size)
            yield {
                "meta": tuple(part for part in meta if part),
                "evidence_level": levels[page.pk].code,
                "proof": measurement_view(figure, with_source=reader.with_source) if figure else None,
                "result": _result(asked) if asked else None,
            }


def pages_with_citation(citation: PageCitation) -> Iterable[int]:
    return list(CasePage.objects.filter(pk=citation.page_id).values_list("pk", flat=True))


def _cases_with_figures_like(measurement: CaseMeasurement) -> Iterable[int]:
    """Its own case, and those whose compared figures of the same indicator it may repeat."""
    like = CaseMeasurement.objects.filter(indicator_id=measurement.indicator_id).exclude(compared_with="")
    return {measurement.page_id, *like.values_list("page_id", flat=True)}


def _with_parents(terms: Iterable[Any]) -> list[Any]:
    """The terms with all that they lie in, each once."""
    found: dict[int, Any] = {}
    for term in terms:
        while term is not None and term.pk not in found:
            found[term.pk] = term
            term = term.parent
    return list(found.values())


def _improvements(page: CasePage) -> tuple[MeasuredResult, ...]:
    """Its improvements in percent, each with how it was established; what got worse or isn't a change is left out."""
    found = ((figure, figure.improvement()) for figure in page.measurements.all())
    return tuple(
        MeasuredResult(figure.indicator.code, improvement, figure.established)
        for figure, improvement in found
        if improvement is not None and improvement > 0
    )


def _result(figure: CaseMeasurement) -> MeasuredResult | None:
    improvement = figure.improvement()
    if improvement is None:
        return None
    return MeasuredResult(figure.indicator.code, improvement, figure.established)


def _asked_for(page: CasePage, reader: Reader) -> CaseMeasurement | None:
    """The best figure of an indicator that the reader searches by, established in a way that he asks for."""
    figures = [
        figure
        for figure in page.measurements.all()
        if figure.indicator.code in reader.indicators
        and (not reader.established or figure.established in reader.established)
    ]
    return max(figures, key=_size, default=None)


def _size(figure: CaseMeasurement) -> float:
    improvement = figure.improvement()
    return -inf if improvement is None else improvement


def _proof(page: CasePage) -> CaseMeasurement | None:
    """The figure that stands for the case, where it tells of a result: how large a company is proves nothing."""
    figure: CaseMeasurement | None = headline(page)
    return figure if figure is not None and figure.indicator.direction != Indicator.Direction.NONE else None


register(CasePageSource())
exclude(CaseIndexPage, because="it only orders the cases")
