"""A strip of dots: each result on one scale, numbered as in the list beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.design.library import component, require_shape
from portal.design.numbers import format_value
from portal.design.shapes import EVIDENCE_LEVELS, MeasurementView, StripDot, StripView, require

MARKS = {
    "full": _("dichte stip: gemeten of geteld"),
    "ring": _("open stip: geschat of zelf gerapporteerd"),
    "none": _("vierkant: niet vermeld hoe"),
}
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
# Per cent of the width: dots lie between these, so that none is cut off on a screen of 320 pixels.
START, STOP = 6.0, 94.0
# Dots nearer to each other than this stand above each other.
APART = 11.0
LEVEL = 1.9  # em between two dots above each other
RADIUS = 0.82  # em: 24 pixels across, large enough to hit


@component("result_strip")
def result_strip(view: StripView, legend: bool = True) -> dict[str, Any]:
    """The strip as a drawing whose dots are links, with what the shapes of the dots mean."""
    require_shape(view, StripView, "result_strip")
    for dot in view.dots:
        require(dot.mark, tuple(MARKS), "mark")
    step = scale_step(max([dot.value for dot in view.dots], default=0))
    places, levels = place_dots(view.dots, 2 * step)
    floor = LEVEL * levels + 0.3
    used = {dot.mark for dot in view.dots}
    return {
        "strip": view,
        "id": f"strook-{view.dots[0].number if view.dots else 0}",
        "height": f"{floor + 2:.2f}",
        "floor": f"{floor:.2f}",
        "words_at": f"{floor + 1.2:.2f}",
        "dots": [drawn(dot, x, floor - 0.25 - LEVEL * (level + 0.5)) for dot, x, level in places],
        "ticks": [
            {"x": f"{across(value, 2 * step):.2f}", "text": format_value(value, view.unit)}
            for value in (0, step, 2 * step)
        ],
        "marks": [(mark, words) for mark, words in MARKS.items() if mark in used] if legend else [],
    }


@component("ranked_result")
def ranked_result(
    number: int,
    title: str,
    url: str,
    figure: MeasurementView,
    kind: str = "",
    meta: Sequence[str] = (),
    evidence_level: str = "",
) -> dict[str, Any]:
    """One result in a list by size: its number on the strip, whose it is, the figure with its source, the evidence."""
    require_shape(figure, MeasurementView, "ranked_result")
    if evidence_level:
        require(evidence_level, EVIDENCE_LEVELS, "evidence level")
    return {
        "number": number,
        "title": title,
        "url": url,
        "figure": figure,
        "kind": kind,
        "meta": list(meta),
        "evidence_level": evidence_level,
    }


def scale_step(highest: float) -> int:
    """Half of the scale's length: a round number, so that the highest value lies within."""
    return next((step for step in STEPS if 2 * step >= highest), int(highest) + 1)


def across(value: float, length: float) -> float:
    return START + (STOP - START) * value / length


def place_dots(dots: Sequence[StripDot], length: float) -> tuple[list[tuple[StripDot, float, int]], int]:
    """Each dot's place across and its level from the floor: the lowest where it touches no other."""
    levels: list[list[float]] = []
    places = []
    for dot in dots:
        x = across(dot.value, length)
        level = next(
            (n for n, taken in enumerate(levels) if all(abs(x - other) >= APART for other in taken)),
            len(levels),
        )
        if level == len(levels):
            levels.append([])
        levels[level].append(x)
        places.append((dot, x, level))
    return places, max(len(levels), 1)


def drawn(dot: StripDot, x: float, y: float) -> dict[str, Any]:
    # As text: a template would write a number with a comma.
    return {"dot": dot, "x": f"{x:.2f}", "y": f"{y:.2f}", "r": f"{RADIUS:.2f}", "side": f"{2 * RADIUS:.2f}"}
