"""The names in the sprite `static/design/icons.svg`; a test holds the two together."""

from __future__ import annotations

ICONS = (
    "alert", "arrow-down", "arrow-left", "arrow-right", "arrow-up", "bookmark", "bookmark-filled", "box", "calendar",
    "chart", "check", "chevron-down", "clock", "close", "copy", "download", "edit", "euro", "external", "factory",
    "filter", "heart", "info", "learn", "lightbulb", "link", "list", "mail", "minus", "network", "people", "pin",
    "plan", "plus", "print", "question", "search", "shield", "target", "tool", "truck", "waste",
)  # fmt: skip
