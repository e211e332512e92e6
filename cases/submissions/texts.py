"""Between what a member types (paragraphs, one thing a line) and the rich text of a page. Pure."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from portal.text import strip_markup

BREAK = "\u2028"  # stands in for a line break while markup is taken off
END = "\u2029"


def paragraphs(text: str) -> list[str]:
    """Pieces with an empty line between them."""
    pieces = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return [piece.strip() for piece in pieces if piece.strip()]


def lines(text: str) -> list[str]:
    """One thing a line, without the dash or number that somebody put before it."""
    found = (re.sub(r"^\s*([-*\u2022]|[0-9]{1,2}[.)])\s+", "", line).strip() for line in text.split("\n"))
    return [line for line in found if line]


def numbered(text: str) -> list[str]:
    """Steps: a list where every line begins with a number or a dash, else each paragraph is one."""
    filled = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    listed = [line for line in filled if re.match(r"^\s*([-*\u2022]|[0-9]{1,2}[.)])\s+", line)]
    return lines(text) if filled and len(listed) == len(filled) else paragraphs(text)


def as_rich(text: str) -> str:
    """Paragraphs as markup; whatever looks like markup is text."""
    return "".join(f"<p>{rich_line(piece)}</p>" for piece in paragraphs(text))


def rich_line(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")


def as_plain(markup: str) -> str:
    """Rich text as a member can go on with it."""
    marked = re.sub(r"<br\s*/?>", BREAK, markup)
    marked = re.sub(r"<li[^>]*>", "- ", marked)
    marked = re.sub(r"</li>", BREAK, marked)
    marked = re.sub(r"</(p|ul|ol|h[1-6]|blockquote)>", END, marked)
    plain = "".join(
        piece if piece in (END, BREAK) else strip_markup(piece)
        for piece in re.split(f"({END}|{BREAK})", marked)
    )
    pieces = (piece.strip(f"{BREAK} ") for piece in plain.split(END))
    return "\n\n".join("\n".join(each.strip() for each in piece.split(BREAK)) for piece in pieces if piece)


def texts_on(version: Any) -> dict[str, str]:
    """Of a page, as this version has it, what its author may change, as plain text."""
    steps = [_step(each.value) for each in version.approach]
    numbering = [f"{number}. {text}" for number, text in enumerate(steps, 1)]
    one_line = all("\n" not in text for text in steps)
    return {
        "title": version.title,
        "summary": version.summary,
        "reason": as_plain(version.reason),
        "approach": "\n".join(numbering) if one_line else "\n\n".join(steps),
        "result": as_plain(version.result),
        "lessons": _dashed(version.lessons),
        "tomorrow": _dashed(version.tomorrow),
    }


def _step(value: Any) -> str:
    title, text = value["title"], as_plain(value["text"].source)
    return f"{title}. {text}" if title else text


def _dashed(body: Any) -> str:
    return "\n".join(f"- {as_plain(each.value.source)}" for each in body)
