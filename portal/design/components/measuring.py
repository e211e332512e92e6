"""Measurement, evidence mark and source line: the portal's signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.design.library import component, require_shape, require_shapes
from portal.design.numbers import as_decimal, format_number
from portal.design.shapes import EVIDENCE_LEVELS, MeasurementView, SourceView, require

SIZES = ("large", "row", "compact", "proof")
EVIDENCE_WORDS = {
    "told": _("verteld"),
    "described": _("beschreven"),
    "measured": _("gemeten"),
    "compared": _("vergeleken"),
    "repeated": _("herhaald"),
}
COMPARATOR_WORDS = {"exactly": "", "about": _("ongeveer"), "at-least": _("ten minste")}
GRAPHIC_WIDTH = 92.0
LONG_FIGURE = 6  # characters; a longer figure is set smaller where it stands in a column


def measurement_graphic(view: MeasurementView) -> dict[str, Any] | None:
    """Coordinates of the little drawing: a slope for before and after, two true-to-scale bars for a change in percent."""
    if view.before is not None and view.after is not None:
        before, after = float(view.before), float(view.after)
        if before == after:
            return {"kind": "slope", "y1": 18, "y2": 18, "before": view.before, "after": view.after}
        rises = after > before
        return {"kind": "slope", "y1": 30 if rises else 6, "y2": 6 if rises else 30}
    movement = view.movement
    # A difference with others is no change in time, and a bar for "before" would say that it is.
    if movement is None or view.unit != "%" or view.compared_with:
        return None
    after_index = max(0.0, 100 + float(movement))
    scale = GRAPHIC_WIDTH / max(100.0, after_index)
    return {"kind": "index", "before": f"{100 * scale:.1f}", "after": f"{after_index * scale:.1f}"}


def measurement_notes(view: MeasurementView) -> list[str]:
    """How established, when, about how many and against what: each known part as words."""
    companies = ""
    if view.companies and view.companies > 1:
        words = ngettext("%(n)s bedrijf", "%(n)s bedrijven", view.companies)
        companies = words % {"n": format_number(view.companies)}
    compared = str(_("vergeleken met %s")) % view.compared_with if view.compared_with else ""
    base = str(_("ten opzichte van %s")) % view.base if view.base else ""
    return [part for part in (view.established_label, view.period, companies, base, compared) if part]


def measurement_context(view: MeasurementView, size: str) -> dict[str, Any]:
    require_shape(view, MeasurementView, "measurement")
    require(size, SIZES, "size")
    return {
        "m": view,
        "size": size,
        "comparator": COMPARATOR_WORDS[view.comparator],
        "notes": measurement_notes(view),
        "is_long": len(view.figure) > LONG_FIGURE,
        "graphic": measurement_graphic(view) if size in ("large", "row") else None,
    }


@component("measurement", remembered=500)
def measurement(view: MeasurementView, size: str = "row") -> dict[str, Any]:
    return measurement_context(view, size)


@component("measurement_list")
def measurement_list(views: Sequence[MeasurementView], size: str = "row") -> dict[str, Any]:
    require(size, SIZES, "size")
    return {"views": require_shapes(views, MeasurementView, "measurement_list"), "size": size}


@component("evidence_mark", remembered=100)
def evidence_mark(level: str, url: str = "") -> dict[str, Any]:
    require(level, EVIDENCE_LEVELS, "evidence level")
    rank = EVIDENCE_LEVELS.index(level) + 1
    return {"rank": rank, "dots": range(1, 6), "word": EVIDENCE_WORDS[level], "url": url}


@component("source_line", remembered=500)
def source_line(source: SourceView, evidence_level: str = "", evidence_url: str = "") -> dict[str, Any]:
    require_shape(source, SourceView, "source_line")
    return {"source": source, "evidence_level": evidence_level, "evidence_url": evidence_url}


def index_of(value: Any) -> float:
    """A number as a float for drawing only."""
    return float(as_decimal(value))
