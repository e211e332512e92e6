"""The names in the sprite `static/design/icons.svg`; a test holds the two together."""

from __future__ import annotations

ICONS = (
    "alert", "arrow-down", "arrow-left", "arrow-right", "arrow-up", "bookmark", "bookmark-filled", "box", "calendar",
    "chart", "check", "chevron-down", "clock", "close", "copy", "download", "edit", "euro", "external", "factory",
    "filter", "heart", "info", "learn", "lightbulb", "link", "list", "mail", "minus", "network", "people", "pin",
    "plan", "plus", "print", "question", "search", "shield", "target", "tool", "truck", "waste",
)  # fmt: skip

# Pictures for the entrepreneur's goals, by the codes of the vocabulary; `WayIn(icon=GOAL_ICONS.get(code, "target"))`.
GOAL_ICONS = {
    "minder-verspilling": "waste",
    "minder-voorraad": "box",
    "sneller-leveren": "truck",
    "slimmer-plannen": "plan",
    "minder-fouten": "target",
    "personeel-houden": "heart",
    "personeel-vinden": "people",
    "mensen-opleiden": "learn",
    "meer-uit-dezelfde-uren": "clock",
    "minder-regeldruk": "shield",
    "techniek-kiezen": "tool",
    "vernieuwen-met-je-mensen": "lightbulb",
    "van-anderen-leren": "network",
    "geld-of-advies-vinden": "euro",
}
