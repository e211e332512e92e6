"""Figures in lists and on cards: each with the one number that stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpRequest

from portal.design.charts.shapes import Value
from portal.design.shapes import CaseView, HitView, MeasurementView
from portal.figures.models import FigurePage, FigureValue
from portal.figures.shapes import COEFFICIENT, Grid, grid_of, period_of, value_text


def headline(page: FigurePage) -> MeasurementView | None:
    """The number that stands for the figure: a line gives its first and last moment, all others the first value, with
    the one beside it. None where the source names no number, and for coefficients: one of those alone says nothing.
    """
    grid = grid_of(page)
    known = [cell for cell in grid.cells.values() if cell.value is not None]
    if not known or page.unit == COEFFICIENT:
        return None
    if page.chart == FigurePage.Chart.LINE:
        line = [cell for cell in known if cell.series_label == known[0].series_label]
        if len(line) > 1:
            return _movement(page, grid, line[0], line[-1])
    return _first(page, grid, known)


def _movement(page: FigurePage, grid: Grid, first: FigureValue, last: FigureValue) -> MeasurementView:
    series = first.series_label if len(grid.series) > 1 else ""
    label = ", ".join(part for part in (series, f"{first.row_label} → {last.row_label}") if part)
    return _view(page, label=label, before=first.value, after=last.value)


def _first(page: FigurePage, grid: Grid, known: list[FigureValue]) -> MeasurementView:
    first = known[0]
    beside = [cell for cell in known[1:] if cell.row_label == first.row_label]
    if len(grid.series) == 1 and len(known) == 2:
        beside = known[1:]
    label = _name(grid, first)
    if len(beside) == 1:
        other = beside[0].series_label if beside[0].row_label == first.row_label else beside[0].row_label
        # The unit stands beside the number itself, unless it is a mere sign.
        unit = page.unit if page.unit in ("%", "euro") else ""
        label = f"{label}; {other}: {value_text(beside[0].value, unit)}"
    return _view(page, label=label, value=first.value)


def _name(grid: Grid, cell: FigureValue) -> str:
    """Row and series in words; the name of an only series adds nothing."""
    return f"{cell.row_label}, {cell.series_label}" if len(grid.series) > 1 else cell.row_label


def _view(
    page: FigurePage, *, label: str, value: Value = None, before: Value = None, after: Value = None
) -> MeasurementView:
    return MeasurementView(
        label=label,
        unit=page.unit,
        value=value,
        kind="change" if value is None else "level",
        before=before,
        after=after,
        direction_good="none" if value is not None else page.direction,
        established_label=page.get_established_display(),
        period=period_of(page),
    )


def figure_hit(page: FigurePage, request: HttpRequest) -> HitView:
    """A line in the overview of figures: what it shows, its number, and how that was established."""
    period, proof = period_of(page), headline(page)
    return HitView(
        kind=page.get_established_display().capitalize(),
        title=page.title,
        url=page.get_url(request) or "",
        meta=[period] if period else [],
        excerpt=page.summary,
        # How and when stand in the line above the title already.
        proof=replace(proof, established_label="", period="") if proof else None,
    )


def figure_card(page: FigurePage) -> CaseView:
    """The figure as a card on other pages."""
    themes = list(page.themes.all())
    period = period_of(page)
    return CaseView(
        title=page.title,
        url=page.own_url,
        organisation=page.source.publisher or page.source.short_name,
        meta=[period] if period else [],
        summary=page.summary,
        theme=themes[0].slug if themes else "",
        measurement=headline(page),
    )


def by_source(pages: Sequence[FigurePage], request: HttpRequest) -> list[tuple[str, list[HitView]]]:
    """Figures under the source that they come from, sources in the order of their names."""
    groups: dict[str, list[HitView]] = {}
    for page in sorted(pages, key=lambda page: (page.source.short_name.lower(), page.title)):
        year = f" ({page.source.year})" if page.source.year else ""
        heading = f"{page.source.publisher or page.source.short_name}: {page.source.title}{year}"
        groups.setdefault(heading, []).append(figure_hit(page, request))
    return list(groups.items())
