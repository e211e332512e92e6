"""The evidence ladder for cases: hands the ladder what the database knows of one case and of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from portal.accounts.audiences import PUBLIC
from portal.evidence.ladder import EvidenceLevel, Nature, OtherFinding, evidence_level

if TYPE_CHECKING:
    from wagtail.models import PageViewRestriction

    from cases.models import CaseMeasurement, CasePage


def level_of(case: CasePage) -> EvidenceLevel:
    """The step of one case."""
    return levels_of([case])[case.pk]


def levels_of(
    cases: Sequence[CasePage], restrictions: list[PageViewRestriction] | None = None
) -> dict[int, EvidenceLevel]:
    """The step of each case, by primary key. Other cases are only asked, in one query for all, where one of these has
    a figure that was compared; expects measurements (with indicator) and citations to be prefetched for a list. Who
    has all view restrictions at hand gives them, and saves asking them again."""
    indicators = {
        measurement.indicator_id
        for case in cases
        for measurement in case.measurements.all()
        if measurement.finding().counts_as_compared
    }
    elsewhere = _findings(indicators, restrictions) if indicators else []
    return {case.pk: _level(case, [other for page, other in elsewhere if page != case.pk]) for case in cases}


def _level(case: CasePage, elsewhere: Sequence[OtherFinding]) -> EvidenceLevel:
    return evidence_level(
        [Nature(citation.nature) for citation in case.citations.all()],
        [measurement.finding() for measurement in case.measurements.all()],
        organisation=str(case.organisation_id or ""),
        elsewhere=elsewhere,
    )


def _findings(
    indicators: Iterable[int], restrictions: list[PageViewRestriction] | None
) -> list[tuple[int, OtherFinding]]:
    """Figures of these indicators on public live cases, with their page. Drafts have rows too, so the live page is
    asked; restricted cases stay out, since the mark of a public case would tell of them."""
    from cases.models import CaseMeasurement, CasePage

    everything = CasePage.objects.all()
    public = (
        everything.visible_to(AnonymousUser())
        if restrictions is None
        else everything.open_to(frozenset({PUBLIC}), restrictions)
    )
    rows: Iterable[CaseMeasurement] = CaseMeasurement.objects.filter(
        page__in=public.values("pk"), indicator__in=list(indicators)
    ).select_related("indicator", "page")
    return [(row.page_id, OtherFinding(row.finding(), str(row.page.organisation_id))) for row in rows]
