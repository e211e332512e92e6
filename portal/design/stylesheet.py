"""One stylesheet out of many files: tokens, base, layout, every component, print; minified, always the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static" / "design"
BUILT = STATIC / "portal.css"


def stylesheet_sources() -> list[Path]:
    """The files in the order in which they are joined; components by name."""
    first = [STATIC / name for name in ("tokens.css", "base.css", "layout.css")]
    return [*first, *sorted((STATIC / "components").glob("*.css")), STATIC / "print.css"]


def minified(css: str) -> str:
    """`css` without comments and needless space. Knows the CSS of this project: no strings that hold braces."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r":\s+", ":", css)
    css = re.sub(r"\s*>\s*", ">", css)
    return css.replace(";}", "}").strip()


def built_stylesheet() -> str:
    """The whole stylesheet."""
    return minified("\n".join(path.read_text() for path in stylesheet_sources())) + "\n"
