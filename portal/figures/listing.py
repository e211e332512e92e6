"""Figures in lists and on cards: each with the one number that stands for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.design.charts.shapes import Value
from portal.design.shapes import CaseView, HitView, MeasurementView
from portal.figures.models import FigurePage, FigureValue
from portal.figures.shapes import COEFFICIENT, Grid, grid_of, period_of, value_text
from portal.http.generations import KeptForGeneration
from portal.pages.querysets import UNSHOWN


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
        established_label=page.established_label,
        period=period_of(page),
    )


@dataclass(frozen=True)
class FigureLine:
    """A figure in the overview: the source it stands under, its place in the order, and what the line shows."""

    heading: str
    order: tuple[str, str]
    hit: HitView


# A line is the same for everybody who may read the figure; which lines somebody sees is asked for each time.
_lines: KeptForGeneration[int, FigureLine] = KeptForGeneration()


def figure_line(page: FigurePage) -> FigureLine:
    """What a figure shows in the overview: what it is about, its number, and how that was established."""
    period, proof, source = period_of(page), headline(page), page.source
    year = f" ({source.year})" if source.year else ""
    return FigureLine(
        heading=f"{source.publisher or source.short_name}: {source.title}{year}",
        order=(source.short_name.lower(), page.title),
        hit=HitView(
            kind=page.established_label.capitalize(),
            title=page.title,
            url=page.get_url() or "",
            meta=[period] if period else [],
            excerpt=page.summary,
            # How and when stand in the line above the title already.
            proof=replace(proof, established_label="", period="") if proof else None,
        ),
    )


def _read_lines(pks: Collection[int]) -> dict[int, FigureLine]:
    pages = FigurePage.objects.filter(pk__in=pks).with_values().defer("text", *UNSHOWN)
    return {page.pk: figure_line(page) for page in pages}


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


_cards: KeptForGeneration[int, CaseView] = KeptForGeneration()


def cards(pks: Iterable[int]) -> dict[int, CaseView]:
    """The cards of these figures, by primary key."""

    def read(missing: Collection[int]) -> dict[int, CaseView]:
        return {page.pk: figure_card(page) for page in FigurePage.for_route().filter(pk__in=missing)}

    return _cards.many(pks, read)


_charts: KeptForGeneration[tuple[int, bool], SafeString] = KeptForGeneration(most=500)


def charts(pks: Iterable[int], *, heading: bool) -> dict[int, SafeString]:
    """These figures as they stand within other pages, drawn, by primary key."""

    def draw(missing: Collection[tuple[int, bool]]) -> dict[tuple[int, bool], SafeString]:
        pages = FigurePage.objects.filter(pk__in=[pk for pk, _heading in missing]).with_values()
        return {
            (page.pk, heading): render_to_string(
                "figures/chart_embed.html", {"page": page, "heading": heading}
            )
            for page in pages.defer("text", *UNSHOWN)
        }

    return {pk: html for (pk, _heading), html in _charts.many([(pk, heading) for pk in pks], draw).items()}


def by_source(pks: Iterable[int]) -> list[tuple[str, list[HitView]]]:
    """Figures under the source that they come from, sources in the order of their names.

    `pks` are those that the reader may see; of figures that were shown before nothing more is asked.
    """
    groups: dict[str, list[HitView]] = {}
    for line in sorted(_lines.many(pks, _read_lines).values(), key=lambda line: line.order):
        groups.setdefault(line.heading, []).append(line.hit)
    return list(groups.items())
