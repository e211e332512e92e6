"""The evidence ladder for cases: hands the ladder what the database knows of one case and of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from portal.evidence.ladder import EvidenceLevel, Nature, OtherFinding, evidence_level

if TYPE_CHECKING:
    from cases.models import CaseMeasurement, CasePage


def level_of(case: CasePage) -> EvidenceLevel:
    """The step of one case."""
    return levels_of([case])[case.pk]


def levels_of(cases: Sequence[CasePage]) -> dict[int, EvidenceLevel]:
    """The step of each case, by primary key. Other cases are only asked, in one query for all, where one of these has
    a figure that was compared; expects a list to be loaded `.with_evidence()`, or with citations prefetched."""
    indicators = {
        measurement.indicator_id
        for case in cases
        for measurement in case.measurements.all()
        if measurement.finding().counts_as_compared
    }
    elsewhere = _findings(indicators) if indicators else []
    return {case.pk: _level(case, [other for page, other in elsewhere if page != case.pk]) for case in cases}


def _level(case: CasePage, elsewhere: Sequence[OtherFinding]) -> EvidenceLevel:
    return evidence_level(
        _natures(case),
        [measurement.finding() for measurement in case.measurements.all()],
        organisation=str(case.organisation_id or ""),
        elsewhere=elsewhere,
    )


def _natures(case: CasePage) -> list[Nature]:
    """What its sources are; a list of cards asks the database for no more than the ladder needs (`is_described`)."""
    described: bool | None = getattr(case, "is_described", None)
    if described is None:
        return [Nature(citation.nature) for citation in case.citations.all()]
    return [Nature.ACCOUNT] if described else []


def _findings(indicators: Iterable[int]) -> list[tuple[int, OtherFinding]]:
    """Figures of these indicators on public live cases, with their page. Drafts have rows too, so the live page is
    asked; restricted cases stay out, since the mark of a public case would tell of them."""
    from cases.models import CaseMeasurement, CasePage

    public = CasePage.objects.public()
    rows: Iterable[CaseMeasurement] = CaseMeasurement.objects.filter(
        page__in=public.values("pk"), indicator__in=list(indicators)
    ).select_related("indicator", "page")
    return [(row.page_id, OtherFinding(row.finding(), str(row.page.organisation_id))) for row in rows]
