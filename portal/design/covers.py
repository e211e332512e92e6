"""Drawn covers: a pattern from theme and sector codes. The theme chooses the family, the sector its colours and rhythm.

Pure and deterministic: the same codes draw the same cover on every machine. Markup carries classes and SVG presentation
attributes only, so colours come from the tokens and follow the colour scheme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from zlib import crc32

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 320, 120
PALETTES = ("deep", "petrol", "amber", "paper")


class Rhythm:
    """A small repeatable source of choices from a text (not for secrets)."""

    def __init__(self, seed: str) -> None:
        self.state = crc32(seed.encode()) or 1

    def below(self, limit: int) -> int:
        """The next number in 0 … limit − 1."""
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 16) % limit


@dataclass(frozen=True)
class Drawing:
    family: str
    palette: str
    shapes: SafeString


def rect(x: float, y: float, width: float, height: float, tone: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="cover__{}"/>', x, y, width, height, tone
    )


def path(d: str, tone: str) -> SafeString:
    return format_html('<path d="{}" class="cover__{}"/>', d, tone)


def circle(x: float, y: float, r: float, tone: str) -> SafeString:
    return format_html(
        '<circle cx="{}" cy="{}" r="{}" class="cover__{}"/>', round(x, 1), round(y, 1), r, tone
    )


def stream(rhythm: Rhythm) -> Iterator[SafeString]:
    """Processes: parallel lines that shift lanes together."""
    marked = 1 + rhythm.below(5)
    for lane in range(7):
        y, step = 12 + lane * 16, 40 + rhythm.below(3) * 40
        tone = "line-b" if lane == marked else "line-a"
        yield path(
            f"M0 {y}H{step}l16 {-16 if lane % 2 else 16}H{step + 96}l16 {16 if lane % 2 else -16}H320", tone
        )


def blocks(rhythm: Rhythm) -> Iterator[SafeString]:
    """Work and task division: bars of a planning board."""
    for row in range(6):
        x = rhythm.below(4) * 20
        while x < WIDTH:
            width = 30 + rhythm.below(5) * 20
            yield rect(x, 8 + row * 18, width, 11, ("fill-a", "fill-a", "fill-b", "fill-c")[rhythm.below(4)])
            x += width + 8 + rhythm.below(3) * 16


def hours(rhythm: Rhythm) -> Iterator[SafeString]:
    """Working times: dials, each at another hour."""
    marked = rhythm.below(6)
    for column in range(6):
        x, y, angle = 30 + column * 52, 60, rhythm.below(12) * pi / 6
        tone = "b" if column == marked else "a"
        yield circle(x, y, 22, f"line-{tone}")
        yield path(f"M{x} 46V{y}L{x + 13 * sin(angle):.1f} {y - 13 * cos(angle):.1f}", f"line-{tone}")


def stairs(rhythm: Rhythm) -> Iterator[SafeString]:
    """Learning: steps that go up."""
    start = rhythm.below(3) * 10
    for flight in range(4):
        y = 126 - start + flight * 22
        d = f"M{-30 + flight * 34} {y}" + "h32v-18" * 9
        yield path(d, "line-b" if flight == 1 else "line-a")


def ripples(rhythm: Rhythm) -> Iterator[SafeString]:
    """Leadership: rings around a point that isn't in the middle."""
    x, y = 70 + rhythm.below(4) * 60, 60 + rhythm.below(3) * 20
    for ring in range(9, 0, -1):
        yield circle(x, y, ring * 22, "line-b" if ring == 3 else "line-a")
    yield circle(x, y, 9, "fill-b")


def cells(rhythm: Rhythm) -> Iterator[SafeString]:
    """Self-organisation: circles that overlap."""
    marked = 1 + rhythm.below(4)
    for column in range(7):
        y = 60 + (-14 if column % 2 else 14)
        yield circle(16 + column * 48, y, 34, "veil-b" if column == marked else "veil-a")


def grid(rhythm: Rhythm) -> Iterator[SafeString]:
    """Technology and data: a field of points of which some weigh more."""
    for row in range(6):
        for column in range(16):
            weight = rhythm.below(9)
            yield circle(
                10 + column * 20, 10 + row * 20, 2 + weight * 0.7, "fill-b" if weight == 8 else "fill-a"
            )


def weave(rhythm: Rhythm) -> Iterator[SafeString]:
    """Co-creation: bands over and under each other."""
    marked = rhythm.below(8)
    for column in range(8):
        yield rect(8 + column * 40, 0, 18, HEIGHT, "fill-b" if column == marked else "fill-a")
    for row in range(3):
        for column in range(8):
            if (row + column) % 2:
                yield rect(column * 40 - 6, 10 + row * 40, 46, 18, "fill-c")


def quarters(rhythm: Rhythm) -> Iterator[SafeString]:
    """Ownership: quarter circles in a square grid, shares of a whole."""
    turns = ("M{x} {y}h40a40 40 0 0 1-40 40z", "M{r} {y}v40a40 40 0 0 1-40-40z",
             "M{r} {b}h-40a40 40 0 0 1 40-40z", "M{x} {b}v-40a40 40 0 0 1 40 40z")  # fmt: skip
    for row in range(3):
        for column in range(8):
            x, y = column * 40, row * 40
            d = turns[rhythm.below(4)].format(x=x, y=y, r=x + 40, b=y + 40)
            yield path(d, ("fill-a", "fill-a", "fill-c", "fill-b")[rhythm.below(4)])


def links(rhythm: Rhythm) -> Iterator[SafeString]:
    """Networks: points and the lines between neighbours."""
    points = [(20 + n * 31, 22 + rhythm.below(5) * 19) for n in range(10)]
    for first, second in zip(points, points[1:], strict=False):
        yield path(f"M{first[0]} {first[1]}L{second[0]} {second[1]}", "line-a")
    for first, second in zip(points, points[2:], strict=False):
        yield path(f"M{first[0]} {first[1]}L{second[0]} {second[1]}", "line-a")
    marked = rhythm.below(10)
    for number, (x, y) in enumerate(points):
        yield circle(x, y, 9 if number == marked else 5, "fill-b" if number == marked else "fill-c")


FAMILIES: dict[str, Callable[[Rhythm], Iterator[SafeString]]] = {
    "proces": stream,
    "werk-en-taakverdeling": blocks,
    "werktijden": hours,
    "leren-en-ontwikkelen": stairs,
    "leiderschap": ripples,
    "zelforganisatie": cells,
    "technologie-en-data": grid,
    "co-creatie": weave,
    "eigenaarschap-en-beloning": quarters,
    "samenwerken-in-een-netwerk": links,
}


@lru_cache(maxsize=512)
def cover_drawing(theme: str, sector: str) -> Drawing:
    """The cover of a theme and sector; unknown codes get one too, chosen by their letters. Drawn once a process."""
    rhythm = Rhythm(f"{theme}|{sector}")
    family = FAMILIES.get(theme) or list(FAMILIES.values())[rhythm.below(len(FAMILIES))]
    palette = PALETTES[rhythm.below(len(PALETTES))]
    shapes = mark_safe("".join(family(rhythm)))  # noqa: S308  (parts were made by format_html)
    return Drawing(family=family.__name__, palette=palette, shapes=shapes)
