"""Tokens, contrast, and the one stylesheet that is built from many."""

from __future__ import annotations

import gzip
import re

import pytest
from django.core.management import CommandError, call_command

from portal.design import stylesheet
from portal.design.stylesheet import BUILT, STATIC, built_stylesheet, minified

TOKENS = (STATIC / "tokens.css").read_text()
COMPONENTS = sorted((STATIC / "components").glob("*.css"))
TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "act") for ground in ("paper", "surface", "sunken")],
    *[(verdict, ground) for verdict in ("better", "worse") for ground in ("paper", "surface")],
    ("act-strong", "act-soft"), ("act", "act-soft"), ("ink", "act-soft"), ("ink", "signal-soft"),
    ("on-act", "act"), ("on-act", "act-strong"), ("on-deep", "deep"), ("on-deep-soft", "deep"),
    ("on-signal", "signal"), ("better", "better-soft"), ("worse", "worse-soft"),
]  # fmt: skip
GRAPHIC_PAIRS = [
    *[("line-strong", ground) for ground in ("paper", "surface")],
    *[("focus", ground) for ground in ("paper", "surface", "act-soft", "signal-soft", "sunken")],
    *[(f"series-{name}", "paper") for name in "acd"],
    ("signal", "deep"), ("better", "paper"), ("worse", "paper"),
]  # fmt: skip


def colours(scheme: str) -> dict[str, str]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", dark))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(scheme, ink, ground):
    tokens = colours(scheme)
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), GRAPHIC_PAIRS)
def test_marks_and_controls_stand_out_from_their_ground(scheme, mark, ground):
    tokens = colours(scheme)
    assert contrast(tokens[mark], tokens[ground]) >= 3


def declarations(path) -> list[str]:
    """The declarations of a file, without comments and without the conditions of media and containers."""
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    css = re.sub(r"@(media|container|supports)[^{]*\{", "", css)
    return re.findall(r"([a-z-]+:\s*[^;{}]+)(?=[;}])", css)


@pytest.mark.parametrize(
    "path", [STATIC / "base.css", STATIC / "layout.css", *COMPONENTS], ids=lambda p: p.name
)
def test_no_colour_or_size_outside_the_tokens(path):
    """Relative lengths (em, ch, %), stroke widths and text within a drawing's own grid are proportions, not sizes."""
    found = [
        declaration
        for declaration in declarations(path)
        if re.search(r"#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch|color-mix)\(", declaration)
        or re.search(r"(?<![\w-])\d*\.?\d+(px|rem|vw|vh|pt)\b", declaration)
        and not re.match(r"font-size:\s*1[234]px$", declaration)
    ]
    assert found == []


@pytest.mark.parametrize(
    "path", [STATIC / "base.css", STATIC / "layout.css", *COMPONENTS], ids=lambda p: p.name
)
def test_every_name_that_is_used_is_a_token(path):
    css = path.read_text()
    local = set(re.findall(r"(--[a-z0-9-]+):", css))
    known = set(re.findall(r"(--[a-z0-9-]+):", TOKENS)) | local
    assert set(re.findall(r"var\((--[a-z0-9-]+)", css)) - known == set()


def test_the_built_file_is_up_to_date():
    call_command("build_css", check=True)


def test_an_old_built_file_is_noticed(tmp_path, monkeypatch):
    old = tmp_path / "portal.css"
    old.write_text("body{}")
    monkeypatch.setattr("portal.design.management.commands.build_css.BUILT", old)
    with pytest.raises(CommandError, match="build_css"):
        call_command("build_css", check=True)


def test_weight_compressed():
    assert len(gzip.compress(BUILT.read_bytes())) <= 20_000


def test_minifying_keeps_meaning():
    css = """/* a */ .a > .b , .c { color : red;
      margin: 0 calc(1px + 2px); }
    @media (a: b) and (c) { .d:not(.e) { x: y } }"""
    assert (
        minified(css) == ".a>.b,.c{color :red;margin:0 calc(1px + 2px)}@media (a:b) and (c){.d:not(.e){x:y}}"
    )


def test_every_source_is_in_the_one_file():
    css = built_stylesheet()
    assert len(stylesheet.stylesheet_sources()) == len(COMPONENTS) + 4
    for path in COMPONENTS:
        assert f".{path.stem.replace('_', '-')}" in css


def test_reduced_motion_and_forced_colours_are_respected():
    css = built_stylesheet()
    assert "prefers-reduced-motion:reduce" in css
    assert "forced-colors:active" in css
    assert max(int(ms) for ms in re.findall(r"--quick:(\d+)ms", css)) <= 150
