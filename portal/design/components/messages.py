"""What the portal says about a state: status, notice, empty state."""

from __future__ import annotations

from typing import Any

from portal.design.library import component, register, render_component
from portal.design.shapes import require

STATUS_KINDS = ("neutral", "good", "wait", "problem")
NOTICE_KINDS = {"info": "info", "good": "check", "warning": "alert", "problem": "alert"}


@component("status")
def status(label: str, kind: str = "neutral") -> dict[str, Any]:
    require(kind, STATUS_KINDS, "kind")
    return {"label": label, "kind": kind}


@register.simple_block_tag(name="notice")
def notice(content: str, title: str = "", kind: str = "info", live: bool = False) -> str:
    """`live` announces it to screen readers when it appears after an action."""
    require(kind, tuple(NOTICE_KINDS), "kind")
    return render_component(
        "notice", {"content": content, "title": title, "kind": kind, "icon": NOTICE_KINDS[kind], "live": live}
    )


@component("empty_state")
def empty_state(title: str, text: str, link_label: str = "", link_url: str = "") -> dict[str, Any]:
    """Why it is empty, and one thing to do."""
    return {"title": title, "text": text, "link_label": link_label, "link_url": link_url}
