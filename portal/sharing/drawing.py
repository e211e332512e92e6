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
FIGURE_SIZES = (96, 80, 64, 52)
FIGURE_WIDTH = 360
GAP = 48


@dataclass(frozen=True)
class ShareCard:
    """What stands on the image. `theme` and `sector` choose the pattern; no `figure`: the title gets all the room."""

    title: str
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
    room = WIDTH - 2 * MARGIN - (FIGURE_WIDTH + GAP if card.figure else 0)
    draw_words(canvas, card, room)
    if card.figure:
        draw_figure(canvas, card, MARGIN + room + GAP)
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
    return cover.crop((0, top, cover.width, top + BAND * FINE)).resize((WIDTH, BAND), Image.Resampling.LANCZOS)


def draw_outline(cover: Image.Image, outline: Outline, colour: str, scale: float) -> None:
    points = [(x * scale, y * scale) for x, y in outline.points]
    canvas = ImageDraw.Draw(cover, "RGBA")
    if outline.is_line:
        canvas.line(points, fill=colour, width=round((4 if outline.tone == "line-b" else 3) * scale), joint="curve")
    else:
        opacity = {"veil-a": "8c", "veil-b": "eb"}.get(outline.tone, "ff")
        canvas.polygon(points, fill=f"{colour}{opacity}")


def draw_words(canvas: ImageDraw.ImageDraw, card: ShareCard, room: float) -> None:
    found = colours()
    top = float(BAND + 44)
    small = lettering(28)
    if card.kicker:
        small.draw(canvas, (MARGIN, top), wrap(small, card.kicker, room, 1)[0][0], found["ink-soft"])
    top += 52
    letters, lines = fitting(card.title, room, TITLE_SIZES, most=4, height=HEIGHT - 96 - top)
    for line in lines:
        letters.draw(canvas, (MARGIN, top), line, found["ink"])
        top += line_height(letters)
    canvas.rectangle((MARGIN, HEIGHT - 74, MARGIN + 12, HEIGHT - 44), fill=found["act"])
    site = lettering(28, bold=True)
    site.draw(canvas, (MARGIN + 28, HEIGHT - 76), site.words(card.site), found["act"])


def draw_figure(canvas: ImageDraw.ImageDraw, card: ShareCard, left: float) -> None:
    found = colours()
    top = BAND + 48.0
    canvas.rectangle((left - GAP / 2, top, left - GAP / 2 + 2, HEIGHT - 110), fill=found["line"])
    letters, lines = fitting(card.figure, FIGURE_WIDTH, FIGURE_SIZES, most=1, height=140)
    letters.draw(canvas, (left, top), lines[0], found["act"])
    top += line_height(letters) + 20
    small = lettering(30)
    for line in wrap(small, card.figure_label, FIGURE_WIDTH, 4)[0]:
        small.draw(canvas, (left, top), line, found["ink"])
        top += line_height(small)


def fitting(text: str, width: float, sizes: tuple[int, ...], *, most: int, height: float) -> tuple[Lettering, list[str]]:
    """The largest size in which `text` fits; in the smallest it is cut."""
    for size in sizes:
        letters = lettering(size, bold=True)
        rows = max(1, min(most, int(height // line_height(letters))))
        lines, fits = wrap(letters, text, width, rows)
        if fits:
            break
    return letters, lines or [""]


def line_height(letters: Lettering) -> float:
    return float(getattr(letters.font, "size", 30)) * 1.2
