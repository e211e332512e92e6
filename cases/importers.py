"""Cases from files: every figure typed, sourced and checked before anything changes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wagtail.models import Page

from cases.models import CaseIndexPage, CaseMeasurement, CasePage
from portal.evidence.models import ComparatorChoices, EstablishmentChoices, Indicator
from portal.organisations.models import Organisation
from portal.organisations.services import free_slug
from portal.pages.importing.fields import Fields, read_period
from portal.pages.importing.files import ContentFile, Section
from portal.pages.importing.importers import (
    Draft,
    PageImporter,
    Vocabulary,
    in_order,
    problem_at,
    refuse_directives,
    register,
    rich_piece,
    rich_text_from,
    stream,
)
from portal.taxonomy.models import Goal, Region, Sector, SizeClass, Theme
from portal.text import line_outside_list, markdown_parts, markdown_points, markdown_steps

REASON, APPROACH, RESULT, LESSONS, TOMORROW = (
    "Aanleiding", "Aanpak", "Resultaat", "Lessen", "Wat kun je morgen doen?",
)  # fmt: skip
LARGEST_CHANGE = Decimal(10) ** 9

# What goes from a draft to the page as it was read.
COPIED = (
    "kind", "size_class", "effort", "cost", "payback", "personnel_involved", "period_start", "period_end", "period_note",
    "sectors", "regions", "themes", "goals", "reason", "result",
)  # fmt: skip

ORGANISATION_KINDS = {
    CasePage.Kind.ECOSYSTEM: Organisation.Kind.NETWORK,
    CasePage.Kind.PROGRAMME: Organisation.Kind.PROGRAMME_OFFICE,
    CasePage.Kind.HUB: Organisation.Kind.NETWORK,
}


@register
class CaseImporter(PageImporter):
    type = "case"
    model = CasePage

    def parent(self) -> Page:
        return CaseIndexPage.objects.get()

    def read(self, draft: Draft, vocabulary: Vocabulary) -> None:
        head = draft.file.head
        themes = head.many("themes", vocabulary.of(Theme, "slug"), required=True)
        draft.values = {
            "organisation": head.text("organisation", required=True, max_length=200),
            "kind": head.choice("kind", CasePage.Kind.values),
            "sectors": head.many("sectors", vocabulary.of(Sector)),
            "size_class": head.one("size_class", vocabulary.of(SizeClass)),
            "regions": head.many("regions", vocabulary.of(Region)),
            "themes": themes,
            "goals": head.many("goals", vocabulary.of(Goal, "slug")),
            "effort": head.text("effort", max_length=250),
            "cost": head.text("cost", max_length=250),
            "payback": head.text("payback", max_length=250),
            "personnel_involved": head.choice(
                "personnel_involved", CasePage.Involvement.values, default=CasePage.Involvement.NOT_STATED
            ),
            **read_period(head),
        }
        if not draft.citations:
            head.problem("sources", "ontbreekt: elk praktijkvoorbeeld noemt zijn bronnen.")
        draft.values["measurements"] = [
            _measurement(fields, vocabulary) for fields in head.children("measurements")
        ]
        _read_text(draft)

    def fill(self, page: Any, draft: Draft, pages: Mapping[str, Page]) -> None:
        values = draft.values
        page.organisation = _organisation(values["organisation"], values["kind"])
        page.main_theme = values["themes"][0]
        for name in COPIED:
            setattr(page, name, values[name])
        page.approach = stream(
            [("step", {"title": title, "text": text}) for title, text in values["approach"]]
        )
        page.lessons = stream([("point", text) for text in values["lessons"]])
        page.tomorrow = stream([("point", text) for text in values["tomorrow"]])
        page.measurements = in_order(values["measurements"])


def _organisation(name: str, kind: str) -> Organisation:
    """Of this name whatever its capitals and accents; what went into another one is that one."""
    known = Organisation.objects.select_related("merged_into").named(name).first()
    if known is not None:
        return known.merged_into or known
    return Organisation.objects.create(
        name=name,
        slug=free_slug(name),
        kind=ORGANISATION_KINDS.get(CasePage.Kind(kind), Organisation.Kind.COMPANY),
    )


def _measurement(fields: Fields, vocabulary: Vocabulary) -> CaseMeasurement:
    indicator = fields.one("indicator", vocabulary.of(Indicator), required=True)
    source = fields.one("source", vocabulary.sources, required=True)
    measurement = CaseMeasurement(
        change=fields.number("change", largest=LARGEST_CHANGE),
        before=fields.number("before"),
        after=fields.number("after"),
        level=fields.number("level"),
        comparator=fields.choice("comparator", ComparatorChoices.values, default=ComparatorChoices.EXACTLY),
        established=fields.choice("established", EstablishmentChoices.values),
        companies=fields.integer("companies", minimum=1, maximum=10_000_000),
        base=fields.text("base", max_length=200),
        compared_with=fields.text("compared_with", max_length=200),
        label=fields.text("label", max_length=120),
        caveat=fields.text("caveat", max_length=500),
        place=fields.text("place", required=True, max_length=250),
        quote=fields.text("quote", required=True, max_length=60),
        **read_period(fields),
    )
    if indicator is not None:
        measurement.indicator = indicator
    if source is not None:
        measurement.source = source
    _check_value(fields, measurement, indicator)
    fields.refuse_unknown()
    return measurement


def _check_value(fields: Fields, figure: CaseMeasurement, indicator: Indicator | None) -> None:
    change, before, after, level = (fields.filled(name) for name in ("change", "before", "after", "level"))
    if before != after:
        fields.problem("before" if after else "after", "vooraf en achteraf horen bij elkaar.")
    if sum([change, before or after, level]) != 1:
        fields.problem("indicator", "geef één van drie: change, before met after, of level.")
    if indicator is None or indicator.unit != "%":
        return
    if figure.change is not None and figure.change < -100:
        fields.problem("change", f"een daling van {abs(figure.change)}% kan niet.")
    share = indicator.family == Indicator.Family.SHARE_OF_COMPANIES
    if share and figure.level is not None and not 0 <= figure.level <= 100:
        fields.problem("level", f"een deel van {figure.level}% kan niet.")


def _read_text(draft: Draft) -> None:
    file = draft.file
    sections = file.sections()
    refuse_directives(file)
    for heading, section in sections.items():
        if not heading:
            problem_at(file, section.text_line, "tekst", "staat boven de eerste kop.")
        elif heading not in (REASON, APPROACH, RESULT, LESSONS, TOMORROW):
            problem_at(file, section.line, "tekst", f"de kop '{heading}' is onbekend.")
    for heading in (REASON, APPROACH):
        if heading not in sections:
            problem_at(file, file.body_line, "tekst", f"de kop '{heading}' ontbreekt.")
    for name, heading in (("reason", REASON), ("result", RESULT)):
        draft.values[name] = _running_text(file, sections.get(heading))
    approach = _listed(file, sections.get(APPROACH), ordered=True)
    draft.values["approach"] = [(title, rich_piece(text)) for title, text in markdown_steps(approach)]
    for name, heading in (("lessons", LESSONS), ("tomorrow", TOMORROW)):
        points = _listed(file, sections.get(heading), ordered=False)
        draft.values[name] = [rich_piece(point) for point in markdown_points(points)]


def _running_text(file: ContentFile, section: Section | None) -> str:
    """A section of paragraphs as rich text; a table or a figure in it would be lost, so it is a problem."""
    if section is None:
        return ""
    for part in markdown_parts(section.text):
        if part.kind == "table":
            problem_at(file, section.text_line + part.line, "tekst", "een tabel kan hier niet.")
    return rich_text_from(section.text)


def _listed(file: ContentFile, section: Section | None, *, ordered: bool) -> str:
    """The Markdown of a section that is one list; what stands outside the list would be lost, so it is a problem."""
    if section is None:
        return ""
    kind = "een genummerde lijst" if ordered else "een lijst met streepjes"
    outside = line_outside_list(section.text, ordered=ordered)
    if outside is not None or not section.text:
        message = f"onder '{section.heading}' staat alleen {kind}."
        problem_at(file, section.text_line + (outside or 0), "tekst", message)
    return section.text
