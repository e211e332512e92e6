"""Drawn covers."""

from __future__ import annotations

import re

from portal.design.covers import FAMILIES, PALETTES, cover_drawing


def test_the_same_codes_draw_the_same_cover():
    assert cover_drawing("proces", "25") == cover_drawing("proces", "25")


def test_every_theme_has_a_family_of_its_own():
    assert len({cover_drawing(theme, "C").family for theme in FAMILIES}) == len(FAMILIES) == 10


def test_sectors_differ_in_colour_or_rhythm():
    drawn = {cover_drawing("leren-en-ontwikkelen", str(sector)) for sector in range(10, 34)}
    assert {drawing.palette for drawing in drawn} == set(PALETTES)


def test_every_cover_has_something_that_catches_the_eye():
    plain = [
        (theme, sector)
        for theme in FAMILIES
        for sector in ("C", "25", "43", "62", "71")
        if not re.search(r"cover__(fill|line|veil)-b", cover_drawing(theme, sector).shapes)
    ]
    assert plain == []


def test_an_unknown_theme_still_gets_a_cover():
    assert cover_drawing("iets-nieuws", "").shapes != ""


def test_covers_weigh_little_and_hold_no_colour():
    for theme in FAMILIES:
        shapes = cover_drawing(theme, "25").shapes
        assert len(shapes) < 6_000
        assert re.search(r"#[0-9a-f]{3}|style=|fill=", shapes) is None
