"""The parts that charts are drawn with: across in per cent, down in em."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString


def text(
    x: float, y: float, content: str, *, kind: str = "", anchor: str = "start", dx: float = 0
) -> SafeString:
    """A line of text whose middle is at `y`; `dx` moves it in em."""
    return format_html(
        '<text x="{}%" y="{}em" dx="{}em" dy=".35em" text-anchor="{}" class="chart__text{}">{}</text>',
        round(x, 2), round(y, 2), dx, anchor, f" chart__text--{kind}" if kind else "", content,
    )  # fmt: skip


def bar(x: float, width: float, y: float, height: float, tone: str) -> SafeString:
    return format_html(
        '<rect x="{}%" y="{}em" width="{}%" height="{}em" class="chart__bar chart__bar--{}"/>',
        round(x, 2), round(y, 2), round(width, 2), height, tone,
    )  # fmt: skip


def line(x1: float, y1: float, x2: float, y2: float, tone: str) -> SafeString:
    return format_html(
        '<line x1="{}%" y1="{}em" x2="{}%" y2="{}em" class="chart__line chart__line--{}"/>',
        round(x1, 2), round(y1, 2), round(x2, 2), round(y2, 2), tone,
    )  # fmt: skip


def dot(x: float, y: float, r: float, tone: str) -> SafeString:
    return format_html(
        '<circle cx="{}%" cy="{}em" r="{}em" class="chart__dot chart__dot--{}"/>',
        round(x, 2),
        round(y, 2),
        r,
        tone,
    )
