"""Cases as the design system's components take them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from cases.evidence import levels_of
from cases.models import CaseCredit, CasePage
from cases.querysets import TEXT
from portal.design.shapes import CaseView, Link, MeasurementView, SourceView, SummaryItem
from portal.evidence.ladder import EvidenceLevel
from portal.evidence.shapes import measurement_view, period_text, source_view
from portal.http.generations import KeptForGeneration
from portal.media.services import rendition_or_none
from portal.media.specs import spec_for
from portal.organisations.models import Organisation
from portal.pages.querysets import UNSHOWN
from portal.taxonomy.models import Sector


def case_views(cases: Sequence[CasePage]) -> list[CaseView]:
    """Cards for `cases`, loaded `.with_card()`, in their order."""
    levels = levels_of(cases)
    return [case_view(case, levels[case.pk]) for case in cases]


# A card is the same for everybody who may read its case; which cards somebody sees is asked for each time.
_cards: KeptForGeneration[int, CaseView] = KeptForGeneration()


def cards(pks: Iterable[int]) -> dict[int, CaseView]:
    """The cards of these cases by primary key, in this order; of those that were shown before nothing more is asked."""
    return _cards.many(pks, _read_cards)


def short_cards(pks: Iterable[int]) -> dict[int, CaseView]:
    """Cards within a text: without sector and region."""
    return {pk: replace(card, meta=[], sector="") for pk, card in cards(pks).items()}


def _read_cards(pks: Collection[int]) -> dict[int, CaseView]:
    cases = list(CasePage.objects.filter(pk__in=pks).with_card().defer(*TEXT, *UNSHOWN))
    return dict(zip((case.pk for case in cases), case_views(cases), strict=True))


def case_view(case: CasePage, level: EvidenceLevel) -> CaseView:
    sectors, regions = list(case.sectors.all()), list(case.regions.all())
    proof = headline(case)
    photo = case.cover
    image = rendition_or_none(photo, spec_for(480)) if photo is not None else None
    return CaseView(
        title=case.title,
        url=case.get_url() or "",
        organisation=case.organisation.name,
        meta=[sector.name for sector in sectors[:1]] + [region.name for region in regions[:1]],
        summary=case.summary,
        theme=case.main_theme.slug,
        sector=sectors[0].code if sectors else "",
        kind=case.get_kind_display().capitalize() if case.kind != CasePage.Kind.PRACTICE else "",
        measurement=measurement_view(proof, with_source=False) if proof else None,
        evidence_level=level.code,
        image_url=image.url if image else "",
        image_alt=photo.default_alt_text if photo is not None and image else "",
    )


def headline(case: CasePage) -> Any:
    """The figure that stands for the case: its first improvement, else its first figure."""
    measurements = list(case.measurements.all())
    improved = [measurement for measurement in measurements if measurement.improvement() is not None]
    return (improved or measurements or [None])[0]


@dataclass(frozen=True)
class CaseParts:
    """What the page of a case shows around its text; the same for everybody who may read it."""

    level: str
    sector_code: str
    figures: Figures
    facts: list[SummaryItem]
    organisation_url: str  # of its page, where everybody may know of it
    credits: list[str]  # who made it, each in one line


_parts: KeptForGeneration[int, CaseParts] = KeptForGeneration()


def parts(case: CasePage, base_url: str) -> CaseParts:
    """`base_url`: the address of the overview of cases, below which its terms stand."""

    def make() -> CaseParts:
        if case.is_served:
            # A draft has figures and sources of its own, which the database doesn't know.
            case.read_figures()
        sectors = list(case.sectors.all())
        return CaseParts(
            level=case.evidence.code,
            sector_code=sectors[0].code if sectors else "",
            figures=figures(case),
            facts=facts(case, base_url, sectors),
            organisation_url=_organisation_url(case),
            credits=credits_of(case),
        )

    return _parts.get(case.pk, make) if case.is_served else make()


def credits_of(case: CasePage) -> list[str]:
    """Only who said yes to being named, by the name that they agreed to."""
    rows = CaseCredit.objects.filter(page=case.pk) if case.pk else []
    return [f"{row.name} {row.get_role_display()}" for row in rows]


def _organisation_url(case: CasePage) -> str:
    public = Organisation.objects.public().filter(pk=case.organisation_id)
    return case.organisation.get_absolute_url() if public.exists() else ""


@dataclass(frozen=True)
class Figures:
    """The figures of a case as its page shows them: a few large, the rest in lines, a shared source once."""

    large: list[MeasurementView]
    rows: list[MeasurementView]
    source: SourceView | None


MOST_LARGE = 3


def figures(case: CasePage) -> Figures:
    """Improvements first, then what else was counted; each with its own source unless all come from one place."""
    measurements = sorted(case.measurements.all(), key=lambda measurement: measurement.improvement() is None)
    places = {(measurement.source_id, measurement.place) for measurement in measurements}
    shared = measurements[0] if len(places) == 1 else None
    views = [measurement_view(measurement, with_source=shared is None) for measurement in measurements]
    return Figures(
        large=views[:MOST_LARGE],
        rows=views[MOST_LARGE:],
        source=source_view(shared.source, place=shared.place) if shared else None,
    )


def facts(case: CasePage, base_url: str, sectors: Sequence[Sector]) -> list[SummaryItem]:
    """The summary box of a case; what the source doesn't say is said to be so."""
    missing = _("De bron noemt het niet")
    return [
        SummaryItem(term=_("Organisatie"), text=case.organisation.name),
        SummaryItem(term=_("Soort"), text=case.get_kind_display()),
        SummaryItem(term=_("Sector"), links=_links(sectors, f"{base_url}sector/"), missing=missing),
        SummaryItem(term=_("Grootte"), text=case.size_class.name if case.size_class else "", missing=missing),
        SummaryItem(term=_("Regio"), links=_links(case.regions.all(), f"{base_url}regio/"), missing=missing),
        SummaryItem(term=_("Thema's"), links=_links(case.themes.all(), f"{base_url}thema/"), missing=missing),
        SummaryItem(
            term=_("Periode"),
            text=period_text(case.period_start, case.period_end, case.period_note),
            missing=missing,
        ),
        SummaryItem(term=_("Personeel betrokken"), text=_involvement(case), missing=missing),
        SummaryItem(term=_("Inspanning"), text=case.effort, missing=missing),
        SummaryItem(term=_("Kosten"), text=case.cost, missing=missing),
        SummaryItem(term=_("Terugverdientijd"), text=case.payback, missing=missing),
    ]


def _involvement(case: CasePage) -> str:
    return (
        ""
        if case.personnel_involved == CasePage.Involvement.NOT_STATED
        else case.get_personnel_involved_display()
    )


def _links(terms: Any, base_url: str) -> list[Link]:
    return [Link(label=term.name, url=f"{base_url}{term.slug}/") for term in terms]
