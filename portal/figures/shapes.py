"""Figures as the design system's components take them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.design.charts.shapes import ChartRow, ChartView, Value
from portal.design.charts.tags import chart_table
from portal.design.numbers import format_number, format_value
from portal.design.shapes import Link, SourceView, SummaryItem, TableView
from portal.evidence.shapes import period_text, source_view
from portal.figures.models import FigurePage, FigureValue

COEFFICIENT = "coefficient"
CSV_NAME, XLSX_NAME, METADATA_NAME = "gegevens.csv", "gegevens.xlsx", ".metadata.json"
NOT_SAID = gettext_lazy("niet gezegd")
# Editors write what a figure does not say in a paragraph that begins like this; it gets a heading of its own.
NOT_SAID_PARAGRAPH = re.compile(
    r"<p(?:\s[^>]*)?>\s*Wat (?:het|dit|de|deze) (?:cijfers?|getal|getallen) <(b|strong)>niet</\1> (?:zegt|zeggen):\s*"
    r"(?P<text>.*?)</p>",
    re.DOTALL,
)


class FigureChart(ChartView):
    """A chart that writes coefficients with two decimals, and says so where the source is silent."""

    def text(self, value: Value) -> str:
        return value_text(value, self.unit)


def value_text(value: Value, unit: str) -> str:
    """A value as a reader sees it: 14% · 0,15 (a coefficient) · € 90.500 · niet gezegd."""
    if value is None:
        return str(NOT_SAID)
    return format_number(value, 2) if unit == COEFFICIENT else format_value(value, unit)


def unit_text(unit: str) -> str:
    """The unit in words; empty where the source names none."""
    return {COEFFICIENT: _("coëfficiënt"), "%": _("procent (%)")}.get(unit, unit)


@dataclass(frozen=True)
class Grid:
    """The values of a figure as rows and series, both in the order in which they are written."""

    rows: Sequence[str]
    series: Sequence[str]
    cells: dict[tuple[str, str], FigureValue]

    def value(self, row: str, series: str) -> Decimal | None:
        found = self.cells.get((row, series))
        return found.value if found else None

    def mark(self, row: str, series: str) -> str:
        found = self.cells.get((row, series))
        return found.significance if found else ""

    @property
    def has_marks(self) -> bool:
        return any(cell.significance for cell in self.cells.values())


def grid_of(page: FigurePage) -> Grid:
    values = list(page.values.all())
    return Grid(
        rows=list(dict.fromkeys(value.row_label for value in values)),
        series=list(dict.fromkeys(value.series_label for value in values)),
        cells={(value.row_label, value.series_label): value for value in values},
    )


def chart_of(page: FigurePage, *, title: str, source: SourceView | None = None) -> FigureChart | None:
    """The figure as a chart; None where it has no values. A figure without a chart is given as bars, for its table."""
    grid = grid_of(page)
    if not grid.rows:
        return None
    rows = [
        ChartRow(
            label=row,
            values=[grid.value(row, series) for series in grid.series],
            significance=[grid.mark(row, series) for series in grid.series] if grid.has_marks else (),
        )
        for row in grid.rows
    ]
    return FigureChart(
        kind="bar" if page.chart == FigurePage.Chart.NONE else page.chart,
        title=title,
        rows=rows,
        series=grid.series,
        unit=page.unit,
        direction=page.direction,
        significance_note=page.significance_note,
        source=source,
        downloads=downloads(page),
    )


def table_of(page: FigurePage, *, title: str) -> TableView | None:
    """The figure as a table alone."""
    chart = chart_of(page, title=title)
    return chart_table(chart) if chart else None


def words_table(page: FigurePage) -> TableView | None:
    """How the source writes each number, and where; None where no value keeps its words."""
    values = [value for value in page.values.all() if value.quote]
    if not values:
        return None
    return TableView(
        caption=_("Zo staat het in de bron"),
        columns=[_("Cijfer"), _("Waarde"), _("Woorden van de bron"), _("Plaats")],
        rows=[
            [
                ", ".join(part for part in (value.row_label, value.series_label) if part),
                value_text(value.value, page.unit) + value.significance,
                f"“{value.quote}”",
                value.place or page.place,
            ]
            for value in values
        ],
        numeric=frozenset({1}),
    )


def file_url(page: FigurePage, name: str) -> str:
    """The stable address of one of the figure's files."""
    return f"{page.own_url}{name}"


def downloads(page: FigurePage) -> list[Link]:
    return [
        Link(label=_("CSV"), url=file_url(page, CSV_NAME)),
        Link(label=_("Excel (XLSX)"), url=file_url(page, XLSX_NAME)),
        Link(label=_("Beschrijving (JSON)"), url=file_url(page, METADATA_NAME)),
    ]


def source_of(page: FigurePage, *, with_caveat: bool = False) -> SourceView:
    """Where the figure comes from; a chart has its own links to the files, a table has them here."""
    return source_view(
        page.source,
        place=page.place,
        caveat=page.caveat if with_caveat else "",
        downloads=downloads(page) if page.chart == FigurePage.Chart.NONE else (),
    )


def period_of(page: FigurePage) -> str:
    return period_text(page.period_start, page.period_end, page.period_note)


def facts(page: FigurePage) -> list[SummaryItem]:
    """What was measured, of whom, when and how; what the source doesn't say is said to be so."""
    missing = _("De bron noemt het niet")
    found = [
        SummaryItem(term=_("Wat is gemeten"), text=page.measure, missing=missing),
        SummaryItem(term=_("Bij wie"), text=page.population, missing=missing),
        SummaryItem(term=_("Periode"), text=period_of(page), missing=missing),
        SummaryItem(term=_("Hoe vastgesteld"), text=page.established_label, missing=missing),
    ]
    # No unit may mean that the source names none, or that each row has its own; both are told in words elsewhere.
    if page.unit:
        found.append(SummaryItem(term=_("Eenheid"), text=unit_text(page.unit)))
    if themes := ", ".join(theme.name for theme in page.themes.all()):
        found.append(SummaryItem(term=_("Thema's"), text=themes))
    return found


def split_text(text: str) -> tuple[str, str]:
    """The explanation, and apart from it what the figure does not say (empty where the text has no such paragraph)."""
    match = NOT_SAID_PARAGRAPH.search(text)
    if not match:
        return text, ""
    words = match["text"].strip()
    return text[: match.start()] + text[match.end() :], f"<p>{words[:1].upper()}{words[1:]}</p>"
