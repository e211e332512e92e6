"""Cases from files: every figure typed, sourced and checked before anything changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from cases.models import CaseIndexPage, CaseMeasurement, CasePage
from portal.evidence.models import ComparatorChoices, EstablishmentChoices, Indicator
from portal.organisations.models import Organisation
from portal.pages.importing.files import Fields, Section
from portal.pages.importing.importers import (
    Draft,
    PageImporter,
    Vocabulary,
    problem_at,
    register,
    rich_text,
    rich_text_from,
    stream,
)
from portal.taxonomy.models import Goal, Region, Sector, SizeClass, Theme
from portal.text import markdown_points, markdown_steps

REASON, APPROACH, RESULT, LESSONS, TOMORROW = (
    "Aanleiding", "Aanpak", "Resultaat", "Lessen", "Wat kun je morgen doen?",
)  # fmt: skip
EARLIEST, LATEST = 1800, 2100

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
            **_period(head),
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
        page.measurements = values["measurements"]


def _organisation(name: str, kind: str) -> Organisation:
    organisation, _created = Organisation.objects.get_or_create(
        name=name,
        defaults={
            "slug": slugify(name),
            "kind": ORGANISATION_KINDS.get(CasePage.Kind(kind), Organisation.Kind.COMPANY),
        },
    )
    return organisation


def _period(fields: Fields) -> dict[str, Any]:
    period = fields.child("period")
    if period is None:
        return {"period_start": None, "period_end": None, "period_note": ""}
    found = {
        "period_start": period.integer("start", minimum=EARLIEST, maximum=LATEST),
        "period_end": period.integer("end", minimum=EARLIEST, maximum=LATEST),
        "period_note": period.text("note", max_length=120),
    }
    if found["period_start"] and found["period_end"] and found["period_end"] < found["period_start"]:
        period.problem("end", "ligt voor het begin.")
    period.refuse_unknown()
    return found


def _measurement(fields: Fields, vocabulary: Vocabulary) -> CaseMeasurement:
    indicator = fields.one("indicator", vocabulary.of(Indicator), required=True)
    source = fields.one("source", vocabulary.sources, required=True)
    measurement = CaseMeasurement(
        change=fields.number("change"),
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
        **_period(fields),
    )
    if indicator is not None:
        measurement.indicator = indicator
    if source is not None:
        measurement.source = source
    _check_value(fields, measurement, indicator)
    fields.refuse_unknown()
    return measurement


def _check_value(fields: Fields, measurement: CaseMeasurement, indicator: Indicator | None) -> None:
    change, before, after, level = (
        measurement.change,
        measurement.before,
        measurement.after,
        measurement.level,
    )
    if (before is None) != (after is None):
        fields.problem("after" if after is None else "before", "vooraf en achteraf horen bij elkaar.")
    if sum([change is not None, before is not None or after is not None, level is not None]) != 1:
        fields.problem("indicator", "geef één van drie: change, before met after, of level.")
    if change is not None and indicator is not None and indicator.unit == "%" and change < -100:
        fields.problem("change", f"een daling van {abs(change)}% kan niet.")


def _read_text(draft: Draft) -> None:
    sections = draft.file.sections()
    for heading in sections:
        if heading not in (REASON, APPROACH, RESULT, LESSONS, TOMORROW):
            problem_at(draft.file, sections[heading].line, "tekst", f"de kop '{heading}' is onbekend.")
    for heading in (REASON, APPROACH):
        if heading not in sections:
            problem_at(draft.file, draft.file.body_line, "tekst", f"de kop '{heading}' ontbreekt.")
    empty = Section("", "", draft.file.body_line)
    steps = markdown_steps(sections.get(APPROACH, empty).text)
    if not steps and APPROACH in sections:
        problem_at(draft.file, sections[APPROACH].line, "tekst", "de aanpak heeft geen genummerde stappen.")
    draft.values["approach"] = [(title, rich_text(f"<p>{text}</p>")) for title, text in steps]
    draft.values["reason"] = rich_text_from(sections.get(REASON, empty).text)
    draft.values["result"] = rich_text_from(sections.get(RESULT, empty).text)
    for name, heading in (("lessons", LESSONS), ("tomorrow", TOMORROW)):
        points = markdown_points(sections.get(heading, empty).text)
        draft.values[name] = [rich_text(f"<p>{point}</p>") for point in points]
