"""Parts of a page that tells something: heads, summary list, steps, boxes, table, timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.design.icons import ICONS
from portal.design.library import component, register, render_component, require_shape, require_shapes
from portal.design.shapes import PictureView, Step, SummaryItem, TableView, TimelineItem, require


@component("icon", remembered=200)
def icon(name: str, label: str = "") -> dict[str, Any]:
    """A drawing from the sprite; without `label` it is decoration and hidden from readers."""
    require(name, ICONS, "icon")
    return {"name": name, "label": label}


@component("page_head", remembered=200)
def page_head(
    title: str,
    lead: str = "",
    kicker: str = "",
    kicker_url: str = "",
    level: str = "page",
    theme: str = "",
    sector: str = "",
    image_url: str = "",
    image_alt: str = "",
) -> dict[str, Any]:
    """The h1 with what stands above and under it. `level`: page, or front (larger).

    A `theme` draws a cover beside it; an image takes the cover's place.
    """
    require(level, ("page", "front"), "level")
    return {
        "title": title,
        "lead": lead,
        "kicker": kicker,
        "kicker_url": kicker_url,
        "level": level,
        "theme": theme,
        "sector": sector,
        "image_url": image_url,
        "image_alt": image_alt,
    }


@component("section_head", remembered=200)
def section_head(title: str, link_label: str = "", link_url: str = "", anchor: str = "") -> dict[str, Any]:
    return {"title": title, "link_label": link_label, "link_url": link_url, "anchor": anchor}


@component("summary_list", remembered=200)
def summary_list(items: Sequence[SummaryItem], title: str = "", display: str = "box") -> dict[str, Any]:
    """A `dl`. `display`: box (beside a case) or lines (check answers, with 'Wijzig')."""
    require(display, ("box", "lines"), "display")
    return {"items": require_shapes(items, SummaryItem, "summary_list"), "title": title, "display": display}


@component("steps")
def steps(items: Sequence[Step]) -> dict[str, Any]:
    return {"items": require_shapes(items, Step, "steps"), "content": ""}


@register.simple_block_tag(name="steps_block")
def steps_block(content: str) -> str:
    """Numbered steps around rich text whose `<ol>` holds them."""
    return render_component("steps", {"items": [], "content": content})


@register.simple_block_tag(name="prose")
def prose(content: str) -> str:
    """Rich text: headings, lists, tables and quotes in the portal's own type."""
    return render_component("prose", {"content": content})


@register.simple_block_tag(name="tomorrow_box")
def tomorrow_box(content: str, title: str = "") -> str:
    return render_component(
        "tomorrow_box", {"content": content, "title": title or _("Wat kun je morgen doen?")}
    )


@register.simple_block_tag(name="details")
def details(content: str, summary: str, open: bool = False) -> str:
    return render_component("details", {"content": content, "summary": summary, "open": open})


@component("data_table", remembered=200)
def data_table(table: TableView) -> dict[str, Any]:
    require_shape(table, TableView, "data_table")
    return {"table": table}


@component("timeline")
def timeline(items: Sequence[TimelineItem]) -> dict[str, Any]:
    return {"items": require_shapes(items, TimelineItem, "timeline")}


@component("pictures")
def pictures(items: Sequence[PictureView]) -> dict[str, Any]:
    """Small pictures beside each other, each a link to the large one that is called by what the picture tells."""
    return {"pictures": require_shapes(items, PictureView, "pictures")}
