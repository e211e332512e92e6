"""The evidence ladder for cases: hands the ladder what the database knows of one case and of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from portal.evidence.ladder import EvidenceLevel, Nature, OtherFinding, evidence_level

if TYPE_CHECKING:
    from cases.models import CaseMeasurement, CasePage


def level_of(case: CasePage) -> EvidenceLevel:
    """The step of `case`; other cases are only asked where this one has a figure that was compared."""
    measurements = list(case.measurements.all())
    natures = [Nature(citation.nature) for citation in case.citations.all()]
    elsewhere: Sequence[OtherFinding] = ()
    if any(measurement.finding().counts_as_compared for measurement in measurements):
        elsewhere = list(_findings_elsewhere(case, {measurement.indicator_id for measurement in measurements}))
    return evidence_level(
        natures,
        [measurement.finding() for measurement in measurements],
        organisation=str(case.organisation_id or ""),
        source=str(measurements[0].source_id) if measurements else "",
        elsewhere=elsewhere,
    )


def _findings_elsewhere(case: CasePage, indicators: Iterable[int]) -> Iterable[OtherFinding]:
    """Figures of the same indicators on other live cases. Drafts have rows too, so the live page is what is asked."""
    from cases.models import CaseMeasurement

    rows: Iterable[CaseMeasurement] = (
        CaseMeasurement.objects.filter(page__live=True, indicator__in=indicators)
        .exclude(page_id=case.pk)
        .select_related("indicator", "page")
    )
    for row in rows:
        yield OtherFinding(row.finding(), organisation=str(row.page.organisation_id), source=str(row.source_id))
