"""The tags `chart` and `diagram`."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.design.charts.plots import PLOTS, TONES
from portal.design.charts.shapes import ChartView
from portal.design.library import component, require_shape
from portal.design.shapes import TableView, require

DIAGRAMS = ("j-curve", "five-disc")
BOX_COLUMNS = (_("laagste"), _("kwart"), _("mediaan (de middelste waarde)"), _("driekwart"), _("hoogste"))


def chart_table(view: ChartView) -> TableView:
    """Everything the chart draws, as a table."""
    columns = [name or view.title for name in chart_columns(view)]
    rows = []
    for row in view.rows:
        marks = [*row.significance, *[""] * len(row.values)]
        rows.append(
            [row.label, *[view.text(value) + mark for value, mark in zip(row.values, marks, strict=False)]]
        )
    if view.own is not None:
        rows.append(
            [view.own_label or str(_("Jouw bedrijf")), view.text(view.own), *[""] * (len(columns) - 1)]
        )
    return TableView(
        caption=view.title,
        columns=(view.row_heading, *columns),
        rows=rows,
        numeric=frozenset(range(1, len(columns) + 1)),
    )


def chart_description(view: ChartView) -> str:
    """The chart in a sentence for who doesn't see it, made from its rows unless the view brings one."""
    if view.description:
        return view.description
    parts = []
    for row in view.rows[:12]:
        named = [
            f"{name} {view.text(v)}".strip() for name, v in zip(chart_columns(view), row.values, strict=False)
        ]
        parts.append(f"{row.label}: {', '.join(named)}")
    return "; ".join(parts) + "."


def chart_columns(view: ChartView) -> list[str]:
    return [str(name) for name in BOX_COLUMNS] if view.kind == "box" else list(view.series)


def chart_id(view: ChartView) -> str:
    return f"grafiek-{slugify(view.title)[:50]}"


@component("chart", remembered=100)
def chart(view: ChartView, heading: bool = True) -> dict[str, Any]:
    """A chart with legend, table behind details, source line, downloads; `heading=False` hides the title."""
    require_shape(view, ChartView, "chart")
    height, parts = PLOTS[view.kind](view)
    legend = view.kind in ("bar", "grouped-bar", "dots", "line") and len(view.series) > 1
    return {
        "chart": view,
        "id": chart_id(view),
        "height": str(round(height, 2)),
        "parts": mark_safe("".join(parts)),  # noqa: S308  (parts were made by format_html)
        "legend": list(zip(TONES * 3, view.series, strict=False)) if legend else [],
        "hollow": view.kind == "dots" and any(row.significance for row in view.rows),
        "description": chart_description(view),
        "table": chart_table(view),
        "heading": heading,
    }


@component("diagram", remembered=20)
def diagram(name: str) -> dict[str, Any]:
    """A drawn schema: 'j-curve' or 'five-disc' (schijf van vijf)."""
    require(name, DIAGRAMS, "diagram")
    return {"name": name}
