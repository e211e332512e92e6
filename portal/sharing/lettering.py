"""Letters for the drawn share image: a font of the machine, or the one that Pillow brings."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from PIL import ImageDraw, ImageFont

REGULAR = ("LiberationSans-Regular.ttf", "DejaVuSans.ttf", "NotoSans-Regular.ttf", "Arial.ttf")
BOLD = ("LiberationSans-Bold.ttf", "DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf", "Arial Bold.ttf")
# Pillow's own font has the letters of English alone; these are written otherwise, accents are left out.
PLAINER = str.maketrans({
    "€": "EUR ", "−": "-", "–": "-", "—": "-", "→": "->", "≥": ">=", "≤": "<=", "×": "x", "ø": "o", "ß": "ss",
    "æ": "ae", "œ": "oe", "†": "+", "\u00a0": " ", "²": "2", "½": "1/2",
})  # fmt: skip
FULLER = str.maketrans({"\u00a0": " "})


@dataclass(frozen=True)
class Lettering:
    """A font in one size. `complete`: it has the letters of Dutch; without, a text is written plainer."""

    font: ImageFont.FreeTypeFont | ImageFont.ImageFont
    complete: bool
    weight: int  # thickness added around each letter, where the font has no bold of its own

    def words(self, text: str) -> str:
        """`text` as this font can write it, on one line."""
        text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
        if self.complete:
            return text.translate(FULLER)
        text = unicodedata.normalize("NFKD", text.translate(PLAINER))
        return " ".join(text.encode("ascii", "ignore").decode().split())

    def width(self, text: str) -> float:
        return self.font.getlength(text) + 2 * self.weight

    def draw(self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: str) -> None:
        canvas.text(at, text, font=self.font, fill=colour, stroke_width=self.weight, stroke_fill=colour)


@cache
def lettering(size: int, bold: bool = False, allowed: tuple[str, ...] | None = None) -> Lettering:
    """The first font that this machine has; `allowed` names others to look for."""
    names = (BOLD if bold else REGULAR) if allowed is None else allowed
    for name in names:
        try:
            return Lettering(ImageFont.truetype(name, size), complete=True, weight=0)
        except OSError:
            continue
    return Lettering(ImageFont.load_default(size), complete=False, weight=1 if bold else 0)


def wrap(letters: Lettering, text: str, width: float, most: int) -> tuple[list[str], bool]:
    """`text` in at most `most` lines; False where it didn't fit and the last one ends in an ellipsis."""
    lines: list[str] = []
    words = letters.words(text).split()
    for number, word in enumerate(words):
        if lines and letters.width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        elif len(lines) < most:
            lines.append(word)
        else:
            return [*lines[:-1], shorten(letters, " ".join([lines[-1], *words[number:]]), width)], False
    fits = all(letters.width(line) <= width for line in lines)
    return [shorten(letters, line, width) for line in lines], fits


def shorten(letters: Lettering, line: str, width: float) -> str:
    if letters.width(line) <= width:
        return line
    while line and letters.width(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
