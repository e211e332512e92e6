"""The share image: what a link to a page looks like in a message. Pure: a card goes in, a PNG of 1200 × 630 comes out."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from portal.design.covers import HEIGHT as COVER_HEIGHT
from portal.design.covers import WIDTH as COVER_WIDTH
from portal.design.covers import cover_drawing
from portal.sharing.lettering import Lettering, lettering, wrap
from portal.sharing.outlines import Outline, colours, outlines

WIDTH, HEIGHT = 1200, 630
BAND = 200
MARGIN = 64
# Shapes are drawn larger and made smaller, so that slanted edges are smooth.
FINE = 2
TITLE_SIZES = (64, 56, 48, 42)
WIDE_TITLE_SIZES = (80, *TITLE_SIZES)
FIGURE_SIZES = (96, 80, 64, 52, 42)
FIGURE_WIDTH = 360
GAP = 48


@dataclass(frozen=True)
class ShareCard:
    """What stands on the image. `theme` and `sector` choose the pattern; without a `figure` the summary stands there."""

    title: str
    summary: str = ""
    kicker: str = ""
    figure: str = ""
    figure_label: str = ""
    theme: str = ""
    sector: str = ""
    site: str = ""


def draw(card: ShareCard) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), colours()["paper"])
    image.paste(draw_cover(card.theme, card.sector), (0, 0))
    canvas = ImageDraw.Draw(image)
    figure = fitting(card.figure, FIGURE_WIDTH, FIGURE_SIZES, most=1, height=140) if card.figure else None
    # A number that doesn't fit is left out: cut off, it would be another number.
    shows_figure = figure is not None and figure.fits
    room = WIDTH - 2 * MARGIN - (FIGURE_WIDTH + GAP if shows_figure else 0)
    draw_words(canvas, card, room, with_summary=not shows_figure)
    if figure is not None and shows_figure:
        draw_figure(canvas, figure, card.figure_label, MARGIN + room + GAP)
    out = io.BytesIO()
    # Few colours make a small file; nothing here has more than its shades at the edges of letters.
    image.quantize(96, method=Image.Quantize.MEDIANCUT).save(out, format="PNG", optimize=True)
    return out.getvalue()


def draw_cover(theme: str, sector: str) -> Image.Image:
    drawing = cover_drawing(theme, sector)
    names = {tone: f"cover-{drawing.palette}{'-' + tone if tone else ''}" for tone in ("", "a", "b", "c")}
    ground = colours()[names[""]]
    scale = WIDTH * FINE / COVER_WIDTH
    cover = Image.new("RGB", (WIDTH * FINE, round(COVER_HEIGHT * scale)), ground)
    for outline in outlines(drawing):
        draw_outline(cover, outline, colours()[names[outline.tone[-1]]], scale)
    top = (cover.height - BAND * FINE) // 2
    return cover.crop((0, top, cover.width, top + BAND * FINE)).resize(
        (WIDTH, BAND), Image.Resampling.LANCZOS
    )


def draw_outline(cover: Image.Image, outline: Outline, colour: str, scale: float) -> None:
    points = [(x * scale, y * scale) for x, y in outline.points]
    canvas = ImageDraw.Draw(cover, "RGBA")
    if outline.is_line:
        canvas.line(
            points, fill=colour, width=round((4 if outline.tone == "line-b" else 3) * scale), joint="curve"
        )
    else:
        opacity = {"veil-a": "8c", "veil-b": "eb"}.get(outline.tone, "ff")
        canvas.polygon(points, fill=f"{colour}{opacity}")


def draw_words(canvas: ImageDraw.ImageDraw, card: ShareCard, room: float, *, with_summary: bool) -> None:
    found = colours()
    top = float(BAND + 44)
    small = lettering(28)
    draw_lines(canvas, small, wrap(small, card.kicker, room, 1)[0], (MARGIN, top), found["ink-soft"])
    top += 52
    sizes = WIDE_TITLE_SIZES if with_summary else TITLE_SIZES
    title = fitting(card.title, room, sizes, most=2 if with_summary else 4, height=HEIGHT - 96 - top)
    top = draw_lines(canvas, title.letters, title.lines, (MARGIN, top), found["ink"])
    if with_summary:
        rows = int((HEIGHT - 96 - top - 16) // line_height(small))
        lines = wrap(small, card.summary, room, rows)[0] if rows > 0 else []
        draw_lines(canvas, small, lines, (MARGIN, top + 16), found["ink-soft"])
    canvas.rectangle((MARGIN, HEIGHT - 74, MARGIN + 12, HEIGHT - 44), fill=found["act"])
    site = lettering(28, bold=True)
    site.draw(canvas, (MARGIN + 28, HEIGHT - 76), site.words(card.site), found["act"])


def draw_figure(canvas: ImageDraw.ImageDraw, figure: Fitting, label: str, left: float) -> None:
    found = colours()
    top = BAND + 48.0
    canvas.rectangle((left - GAP / 2, top, left - GAP / 2 + 2, HEIGHT - 110), fill=found["line"])
    top = draw_lines(canvas, figure.letters, figure.lines, (left, top), found["act"])
    small = lettering(30)
    draw_lines(canvas, small, wrap(small, label, FIGURE_WIDTH, 4)[0], (left, top + 20), found["ink"])


def draw_lines(
    canvas: ImageDraw.ImageDraw, letters: Lettering, lines: list[str], at: tuple[float, float], colour: str
) -> float:
    """Write `lines` under one another; returns the next free height."""
    left, top = at
    for line in lines:
        letters.draw(canvas, (left, top), line, colour)
        top += line_height(letters)
    return top


@dataclass(frozen=True)
class Fitting:
    letters: Lettering
    lines: list[str]
    fits: bool


def fitting(text: str, width: float, sizes: tuple[int, ...], *, most: int, height: float) -> Fitting:
    """`text` in the largest size in which it fits; in the smallest it is cut, and `fits` says so."""
    found = Fitting(lettering(sizes[-1], bold=True), [], False)
    for size in sizes:
        letters = lettering(size, bold=True)
        lines, fits = wrap(letters, text, width, max(1, min(most, int(height // line_height(letters)))))
        found = Fitting(letters, lines, fits)
        if fits:
            break
    return found


def line_height(letters: Lettering) -> float:
    return float(getattr(letters.font, "size", 30)) * 1.2
