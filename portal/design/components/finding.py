"""Searching and filtering: search box, hit, facets, chips, tabs, page numbers, 'companies like mine'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.design.library import component, register, render_component, require_shape, require_shapes
from portal.design.shapes import FacetOption, HitView, Link, PageNumbers, require


@component("search_box")
def search_box(
    action: str,
    value: str = "",
    label: str = "",
    hint: str = "",
    size: str = "large",
    suggestions_url: str = "",
    hidden: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """A GET form with one field `q`. `hidden` keeps other parameters; `suggestions_url` is asked while typing."""
    require(size, ("large", "small"), "size")
    return {
        "action": action,
        "value": value,
        "label": label or _("Waar loop je tegenaan?"),
        "hint": hint,
        "size": size,
        "suggestions_url": suggestions_url,
        "hidden": list(hidden),
    }


@component("hit", remembered=500)
def hit(view: HitView) -> dict[str, Any]:
    require_shape(view, HitView, "hit")
    return {"hit": view}


@component("facet_group", remembered=200)
def facet_group(legend: str, name: str, options: Sequence[FacetOption], shown: int = 6) -> dict[str, Any]:
    """Checkboxes with counts; what comes after `shown` stands behind 'Toon alle', checked ones always in sight."""
    found = require_shapes(options, FacetOption, "facet_group")
    first = [option for position, option in enumerate(found) if position < shown or option.checked]
    rest = [option for option in found if option not in first]
    return {"legend": legend, "name": name, "first": first, "rest": rest, "total": len(found)}


@register.simple_block_tag(name="facet_panel")
def facet_panel(content: str, title: str, active: int = 0) -> str:
    """Around the facet groups: behind a summary on a phone, open beside the hits on a wide screen."""
    return render_component("facet_panel", {"content": content, "title": title, "active": active})


@component("chips", remembered=100)
def chips(items: Sequence[Link], label: str, removes: bool = False, clear_url: str = "") -> dict[str, Any]:
    return {
        "items": require_shapes(items, Link, "chips"),
        "label": label,
        "removes": removes,
        "clear_url": clear_url,
    }


@component("tabs", remembered=100)
def tabs(items: Sequence[Link], label: str) -> dict[str, Any]:
    """Tabs as links; a tab's `text` is its count."""
    return {"items": require_shapes(items, Link, "tabs"), "label": label}


@component("pagination")
def pagination(numbers: PageNumbers) -> dict[str, Any]:
    require_shape(numbers, PageNumbers, "pagination")
    return {"numbers": numbers}


def page_numbers(current: int, last: int, url_for: Callable[[int], str]) -> PageNumbers:
    """First, last, and the neighbours of `current`; None stands where numbers are skipped."""
    wanted = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    pages: list[Link | None] = []
    before = 0
    for number in wanted:
        if number - before == 2:
            pages.append(Link(label=str(number - 1), url=url_for(number - 1)))
        elif number - before > 2:
            pages.append(None)
        pages.append(Link(label=str(number), url=url_for(number), current=number == current))
        before = number
    return PageNumbers(
        pages=tuple(pages),
        previous_url=url_for(current - 1) if current > 1 else "",
        next_url=url_for(current + 1) if current < last else "",
    )


@component("companies_like_mine", remembered=100)
def companies_like_mine(edit_url: str, parts: Sequence[str] = (), clear_url: str = "") -> dict[str, Any]:
    """`parts`: the visitor's sector, size and region in words; none of them: an invitation to name them."""
    return {"edit_url": edit_url, "parts": list(parts), "clear_url": clear_url}
