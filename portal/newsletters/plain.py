"""An editor's short HTML as plain text, for the part of a mail that every program reads."""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = {"p", "ul", "ol", "h2", "h3"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.parts.append("\n- ")
        elif tag == "br":
            self.parts.append("\n")
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.href:
            self.parts.append(f" ({self.href})")
            self.href = ""

    def handle_data(self, data: str) -> None:
        self.parts.append(" ".join(data.split()) if not data.strip() else data)


def as_text(markup: str) -> str:
    """Paragraphs with a line between, lists with dashes, addresses behind their words."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = [
        " ".join(line.split()) if not line.startswith("- ") else line
        for line in "".join(reader.parts).split("\n")
    ]
    text = "\n".join(line.strip() for line in lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()
