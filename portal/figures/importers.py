"""Reference figures from files: a table of values, each with the words of its source."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wagtail.models import Page

from portal.evidence.models import EstablishmentChoices, Indicator
from portal.figures.models import FigureIndexPage, FigurePage, FigureValue
from portal.pages.importing.fields import LARGEST, Fields, read_period
from portal.pages.importing.importers import (
    Draft,
    PageImporter,
    Vocabulary,
    problem_at,
    register,
    rich_text_from,
)
from portal.taxonomy.models import Theme
from portal.text import markdown_parts


@register
class FigureImporter(PageImporter):
    type = "figure"
    model = FigurePage

    def parent(self) -> Page:
        return FigureIndexPage.objects.get()

    def read(self, draft: Draft, vocabulary: Vocabulary) -> None:
        head = draft.file.head
        draft.values = {
            "measure": head.text("measure", required=True, max_length=250),
            "unit": head.text("unit", max_length=40),
            "direction": head.choice(
                "direction", Indicator.Direction.values, default=Indicator.Direction.NONE
            ),
            "population": head.text("population", max_length=250),
            "established": head.choice("established", EstablishmentChoices.values),
            "significance_note": head.text("significance", max_length=300),
            "caveat": head.text("caveat", required=True, max_length=600),
            "source": head.one("source", vocabulary.sources, required=True),
            "place": head.text("place", required=True, max_length=250),
            "chart": head.choice("chart", FigurePage.Chart.values, default=FigurePage.Chart.BAR),
            "themes": head.many("themes", vocabulary.of(Theme, "slug")),
            "text": rich_text_from(draft.file.body),
            **read_period(head),
        }
        series = head.texts("series") or [""]
        draft.values["values"] = [value for row in head.children("rows") for value in _row(row, series)]
        if not draft.values["values"]:
            head.problem("rows", "ontbreekt: een cijferpagina heeft ten minste één rij.")
        for order, value in enumerate(draft.values["values"]):
            value.sort_order = order
        _check_once(head, draft.values["values"])
        _check_text(draft)

    def fill(self, page: Any, draft: Draft, pages: Mapping[str, Page]) -> None:
        for name, value in draft.values.items():
            setattr(page, name, value)


def _check_once(head: Fields, values: list[FigureValue]) -> None:
    seen: set[tuple[str, str]] = set()
    for value in values:
        key = (value.row_label, value.series_label)
        if key in seen:
            head.problem("rows", f"'{' / '.join(part for part in key if part)}' staat er twee keer.")
        seen.add(key)


# What a figure's short text can't hold would be lost without a word.
PART_NAMES = {"directive": "een verwijzing als {{ … }}", "heading": "een kop", "table": "een tabel"}


def _check_text(draft: Draft) -> None:
    for part in markdown_parts(draft.file.body):
        if part.kind in PART_NAMES:
            line = draft.file.body_line + part.line
            problem_at(
                draft.file, line, "tekst", f"{PART_NAMES[part.kind]} kan niet in de uitleg van een cijfer."
            )


def _row(row: Fields, series: list[str]) -> list[FigureValue]:
    label = row.text("label", required=True, max_length=160)
    place = row.text("place", max_length=250)
    numbers, quotes, marks = row.numbers("values"), row.texts("quotes"), row.texts("significance")
    row.refuse_unknown()
    if len(numbers) != len(series):
        row.problem("values", f"heeft {len(numbers)} waarden voor {len(series)} reeksen.")
        return []
    if marks and len(marks) != len(series):
        row.problem("significance", f"heeft {len(marks)} tekens voor {len(series)} reeksen.")
        return []
    if len(quotes) != len(series):
        row.problem("quotes", f"heeft {len(quotes)} citaten voor {len(series)} waarden.")
        return []
    return [
        _value(row, label, place, name, number, quote, mark)
        for name, number, quote, mark in zip(
            series, numbers, quotes, marks or [""] * len(series), strict=True
        )
    ]


def _storable(number: Decimal) -> bool:
    return number.is_finite() and abs(number) < LARGEST and number == round(number, 4)


def _value(
    row: Fields, label: str, place: str, series: str, number: Decimal | None, quote: str, mark: str
) -> FigureValue:
    if number is not None and not quote:
        row.problem("quotes", "elk cijfer heeft zijn letterlijke citaat.")
    if number is not None and not _storable(number):
        row.problem("values", f"'{number}' is geen mogelijk getal met hoogstens vier decimalen.")
        number = None
    if len(quote) > 60:
        row.problem("quotes", f"'{quote[:20]}…' is langer dan 60 tekens.")
    return FigureValue(
        row_label=label,
        series_label=series,
        value=number,
        significance=mark.strip(),
        place=place,
        quote=quote[:60],
    )
