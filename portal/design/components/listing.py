"""Cases in cards and lists, drawn covers, ways in, next steps, keep and share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.design.covers import cover_drawing
from portal.design.library import component, require_shape, require_shapes
from portal.design.shapes import CaseView, EventView, Link, NewsView, WayIn, require


@component("cover", remembered=200)
def cover(theme: str, sector: str = "", shape: str = "wide") -> dict[str, Any]:
    """A drawn cover from theme and sector codes; the same codes always draw the same."""
    require(shape, ("wide", "square"), "shape")
    return {"drawing": cover_drawing(theme, sector), "shape": shape}


@component("case_card", remembered=500)
def case_card(view: CaseView, level: int = 3) -> dict[str, Any]:
    """`level` is the level of its heading."""
    require_shape(view, CaseView, "case_card")
    if level not in (2, 3, 4):
        raise ValueError(f"heading level {level!r}")
    return {"case": view, "level": level}


@component("case_list")
def case_list(views: Sequence[CaseView], display: str = "cards", level: int = 3) -> dict[str, Any]:
    """`display`: cards (with cover) or rows (one under another, small cover)."""
    require(display, ("cards", "rows"), "display")
    return {"views": require_shapes(views, CaseView, "case_list"), "display": display, "level": level}


@component("event_list")
def event_list(items: Sequence[EventView], level: int = 3) -> dict[str, Any]:
    """What takes place, with its day in front. `level` is the level of the headings."""
    if level not in (2, 3, 4):
        raise ValueError(f"heading level {level!r}")
    return {"items": require_shapes(items, EventView, "event_list"), "level": level}


@component("news_list")
def news_list(items: Sequence[NewsView], level: int = 3) -> dict[str, Any]:
    """News under each other, with its day above it. `level` is the level of the headings."""
    if level not in (2, 3, 4):
        raise ValueError(f"heading level {level!r}")
    return {"items": require_shapes(items, NewsView, "news_list"), "level": level}


@component("ways_in", remembered=200)
def ways_in(items: Sequence[WayIn], display: str = "tiles") -> dict[str, Any]:
    """`display`: tiles (goals) or lines (sectors, regions)."""
    require(display, ("tiles", "lines"), "display")
    return {"items": require_shapes(items, WayIn, "ways_in"), "display": display}


@component("next_steps", remembered=200)
def next_steps(items: Sequence[Link], title: str = "") -> dict[str, Any]:
    """At most three; more raises ValueError. None draws nothing."""
    found = require_shapes(items, Link, "next_steps")
    if len(found) > 3:
        raise ValueError("next_steps takes at most three")
    return {"items": found, "title": title or _("Wat nu?")}


@component("share_bar")
def share_bar(title: str, url: str, keep_url: str = "", kept: bool = False) -> dict[str, Any]:
    """Mail and keep are links; print and copy show only with script."""
    return {"title": title, "url": url, "keep_url": keep_url, "kept": kept}
