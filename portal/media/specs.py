"""The sizes that exist: a fixed list, so that nothing else is ever asked of the image library.

A spec is Wagtail's: operations with a `|` between. WebP, since every browser of the last years reads it.
"""

from __future__ import annotations

WIDTHS = (480, 960, 1600)


def spec_for(width: int) -> str:
    """The spec of one of the fixed widths. Raises ValueError on any other, so that a template can't invent a size."""
    if width not in WIDTHS:
        raise ValueError(f"{width} is not one of the fixed widths {WIDTHS}")
    return f"width-{width}|format-webp|webpquality-78"


VISITOR_SPECS = tuple(spec_for(width) for width in WIDTHS)
# What the staff admin shows of an image: in lists, choosers, its own form, and blocks.
STAFF_SPECS = ("max-165x165", "max-800x600", "fill-600x338", "max-400x400")

# A file that the library can't read now may be readable after a repair; five failures say it isn't.
GIVE_UP_AFTER = 5
