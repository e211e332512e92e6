"""What the portal says about a state: status, notice, empty state; and what happened, in a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.design.library import component, register, render_component, require_shapes
from portal.design.shapes import NotificationView, require

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


@component("notification_list")
def notification_list(items: Sequence[NotificationView]) -> dict[str, Any]:
    """What happened on one day, newest first; what is new is marked, also for who hears it."""
    return {"items": require_shapes(items, NotificationView, "notification_list")}
