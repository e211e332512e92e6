"""Markdown, HTML and cells of spreadsheets made safe. The only module that knows markdown-it, bleach and nh3.

Order of trust: markdown-it makes HTML from Markdown (raw HTML off), bleach makes addresses into links (it is no longer
maintained, so it never has the last word), and nh3 has the last word on what may stand in a page.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import bleach.linkifier
import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

ALLOWED_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "h3",
    "h4",
    "hr",
    "sub",
    "sup",
}
ALLOWED_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
ALLOWED_SCHEMES = {"http", "https", "mailto"}

DIRECTIVE = re.compile(r"^\{\{\s*(?P<name>[a-z-]+)\s*:\s*(?P<value>[^}]*?)\s*\}\}$")


@cache
def _markdown() -> MarkdownIt:
    """For editors' files: with tables."""
    return MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False}).enable("table")


@cache
def _members_markdown() -> MarkdownIt:
    """For members: what `clean_html` would drop is left as they typed it, so an image stays as a link to it."""
    return MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False}).disable("image")


@cache
def _linker() -> bleach.linkifier.Linker:
    return bleach.linkifier.Linker(parse_email=False)


def clean_html(markup: str) -> str:
    """`markup` with only the allowed tags and addresses; cleaning twice gives the same as cleaning once."""
    return nh3.clean(
        markup,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="nofollow ugc noopener",
    )


def render_markdown(text: str) -> str:
    """A member's Markdown as safe HTML, bare addresses made into links."""
    tokens = _members_markdown().parse(text)
    for token in tokens:
        _link_addresses(token.children or [])
    return clean_html(_render(tokens))


def _link_addresses(inline: list[Token]) -> None:
    """Make bare addresses in running text into links, but neither in code nor within a link."""
    links = 0
    for token in inline:
        links += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "text" and not links:
            token.type, token.content = "html_inline", _linker().linkify(html.escape(token.content))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an editor's Markdown page.

    `kind` is heading, text, steps, table or directive. `html` holds a text's markup or a heading's plain words; `items`
    the steps as (title, html); `rows` a table's cells, the first row its head; `name` and `value` a directive such as
    `{{ figuur: slug }}`. `line` counts from 0 within the text.
    """

    kind: str
    line: int
    html: str = ""
    name: str = ""
    value: str = ""
    items: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())


def markdown_parts(text: str) -> list[Part]:
    """Split an editor's Markdown in headings, running text, tables and directives, in order."""
    parts: list[Part] = []
    running: list[Token] = []

    def flush() -> None:
        if running:
            markup = clean_html(_render(running)).strip()
            parts.append(Part("text", (running[0].map or [0])[0], html=markup))
            running.clear()

    for group in _top_level(_markdown().parse(text)):
        first, line = group[0], (group[0].map or [0, 0])[0]
        directives = _directives(group) if first.type == "paragraph_open" else []
        if first.type == "heading_open" and first.tag == "h2":
            flush()
            parts.append(Part("heading", line, html=_plain_inline(group[1])))
        elif directives:
            flush()
            parts += [
                Part("directive", line + offset, name=found["name"], value=found["value"])
                for offset, found in enumerate(directives)
            ]
        elif first.type == "table_open":
            flush()
            parts.append(Part("table", line, rows=_table_rows(group)))
        else:
            running.extend(group)
    flush()
    return parts


def markdown_steps(text: str) -> list[tuple[str, str]]:
    """The numbered list in `text` as (title, HTML) pairs: `1. **Title.** What they did.`"""
    return [_step(item) for item in _list_items(text, "ordered_list_open")]


def markdown_points(text: str) -> list[str]:
    """The bulleted list in `text` as HTML pieces without a surrounding paragraph."""
    return [_without_paragraph(clean_html(_render(item))) for item in _list_items(text, "bullet_list_open")]


def line_outside_list(text: str, *, ordered: bool) -> int | None:
    """The first line (from 0) of what stands in no such list, and would so be lost as a step or point; else None."""
    list_type = "ordered_list_open" if ordered else "bullet_list_open"
    outside = (group[0] for group in _top_level(_markdown().parse(text)) if group[0].type != list_type)
    first = next(outside, None)
    return None if first is None else (first.map or [0])[0]


def strip_markup(markup: str) -> str:
    """The words of `markup` as plain text, blocks separated by a space."""
    parser = _Words()
    parser.feed(markup)
    parser.close()
    return re.sub(r"\s+", " ", "".join(parser.words)).strip()


class _Words(HTMLParser):
    BLOCKS = {"p", "li", "br", "h2", "h3", "h4", "tr", "td", "th", "blockquote", "ul", "ol", "div"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


# The page has its own h1 and h2, and deeper than h4 nobody reads.
HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def _render(tokens: list[Token]) -> str:
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
    markdown = _markdown()
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    """Tokens grouped by the block at the top level that they belong to."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []


def _directives(paragraph: list[Token]) -> list[re.Match[str]]:
    """The directives of a paragraph that holds nothing else, one a line; else none."""
    found = [DIRECTIVE.match(line.strip()) for line in paragraph[1].content.split("\n")]
    return [match for match in found if match] if all(found) else []


def _plain_inline(token: Token) -> str:
    return "".join(child.content for child in token.children or [] if child.type in ("text", "code_inline"))


def _table_rows(group: list[Token]) -> tuple[tuple[str, ...], ...]:
    rows: list[list[str]] = []
    for token in group:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_plain_inline(token))
    return tuple(tuple(row) for row in rows)


def _list_items(text: str, list_type: str) -> list[list[Token]]:
    """The tokens inside each item of the lists of that type at the top level."""
    items: list[list[Token]] = []
    for group in _top_level(_markdown().parse(text)):
        if group[0].type != list_type:
            continue
        current: list[Token] = []
        for token in group[1:-1]:
            if token.type == "list_item_open" and token.level == group[0].level + 1:
                current = []
            elif token.type == "list_item_close" and token.level == group[0].level + 1:
                items.append(current)
            else:
                current.append(token)
    return items


def _without_paragraph(markup: str) -> str:
    match = re.fullmatch(r"<p>(.*)</p>", markup.strip(), re.DOTALL)
    return match[1] if match and "<p>" not in match[1] else markup.strip()


def _step(tokens: list[Token]) -> tuple[str, str]:
    markup = _without_paragraph(clean_html(_render(tokens)))
    match = re.match(r"(<p>)?<strong>(.*?)</strong>\s*", markup, re.DOTALL)
    if not match:
        return "", markup
    title = html.unescape(re.sub(r"<[^>]+>", "", match[2])).rstrip(".: ")
    rest = (match[1] or "") + markup[match.end() :]
    return title, _without_paragraph(rest.removeprefix("<p></p>"))


# Letters by their name, that show nothing: with them a name looks empty, or like another one.
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def one_line(text: str) -> str:
    """What somebody or something is called, as one line of signs that are seen: none that turn the line around, take no
    room or begin a new line."""
    seen = (
        "" if unicodedata.category(sign) == "Cf" or sign in BLANK_LETTERS else sign
        for sign in unicodedata.normalize("NFC", text)
    )
    plain = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in "".join(seen))
    return " ".join(plain.split())


def names_a_site(text: str) -> bool:
    """Programs that show mail make a link of it: no part of a name that stands in mail to strangers."""
    return "://" in text or "www." in text.lower()


# What a spreadsheet takes for the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def looks_like_formula(text: str) -> bool:
    return text.lstrip(" ").startswith(FORMULA_STARTS)


# Where a spreadsheet may begin another cell, whatever it parts cells with: in Dutch that is a semicolon.
_CELL_BEGINS = re.compile(r"""([;\t\r\n]["\s]*)(?=[=+\-@])""")


def cell_text(text: str) -> str:
    """Text for a CSV cell that no spreadsheet reads as a formula: a ' goes before what looks like one, also behind
    what a spreadsheet could take for the end of the cell."""
    text = _CELL_BEGINS.sub(r"\1'", text)
    return f"'{text}" if looks_like_formula(text) else text
