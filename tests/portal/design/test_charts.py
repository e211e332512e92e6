"""Charts: readable without seeing, true to scale, calm with odd data."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template

from portal.design.chart_specimens import CHARTS, SOURCE
from portal.design.charts.shapes import ChartRow, ChartView, wrap_label


def draw(view: ChartView) -> BeautifulSoup:
    html = Template("{% load design %}{% chart view %}").render(Context({"view": view}))
    return BeautifulSoup(html, "html.parser")


def chart(kind: str, rows: list[tuple], **extra) -> ChartView:
    made = [ChartRow(label=label, values=values) for label, *values in rows]
    series = ("a", "b")[: len(made[0].values)] if kind != "box" else ("",)
    return ChartView(kind=kind, title="Titel", rows=made, **{"series": series, **extra})


@pytest.mark.parametrize("view", CHARTS, ids=lambda view: f"{view.kind}-{len(view.rows)}")
def test_has_name_description_and_table(view):
    drawn = draw(view)
    svg = drawn.select_one("svg.chart__drawing")
    assert svg["role"] == "img"
    named = [drawn.find(id=name) for name in svg["aria-labelledby"].split()]
    assert [node.name for node in named] == ["title", "desc"]
    assert named[0].get_text() == view.title
    assert named[1].get_text().count(";") >= min(len(view.rows), 12) - 1
    table = drawn.select_one("details table")
    assert len(table.select("tbody tr")) == len(view.rows) + (view.own is not None)


@pytest.mark.parametrize("view", CHARTS, ids=lambda view: f"{view.kind}-{len(view.rows)}")
def test_every_place_lies_within_the_drawing(view):
    svg = draw(view).select_one("svg.chart__drawing")
    places = [float(p) for p in re.findall(r'(?:x|x1|x2|cx)="(-?[\d.]+)%"', str(svg))]
    heights = [float(p) for p in re.findall(r' (?:y|y1|y2|cy)="(-?[\d.]+)em"', str(svg))]
    assert min(places) >= 0
    assert max(places) <= 100
    assert max(heights) <= float(svg["height"].removesuffix("em"))


def test_bars_are_as_long_as_their_values():
    drawn = draw(chart("grouped-bar", [("een", 20, 5), ("twee", 10, 15)]))
    widths = [float(bar["width"].rstrip("%")) for bar in drawn.select("rect")]
    assert [round(width / widths[0], 2) for width in widths] == [1.0, 0.25, 0.5, 0.75]


def test_negative_bars_lie_left_of_the_zero_line():
    drawn = draw(chart("bar", [("min", -10), ("plus", 10)]))
    zero = float(drawn.select_one(".chart__line--axis")["x1"].rstrip("%"))
    left, right = [
        (float(bar["x"].rstrip("%")), float(bar["width"].rstrip("%"))) for bar in drawn.select("rect")
    ]
    assert sum(left) == pytest.approx(zero, abs=0.02)
    assert right[0] == zero


def test_what_is_not_said_is_words_and_never_a_bar_of_nothing():
    drawn = draw(chart("bar", [("onbekend", None), ("nul", 0)], unit="%"))
    assert [text.get_text() for text in drawn.select("svg text")] == ["onbekend", "niet vermeld", "nul", "0%"]
    assert len(drawn.select("rect")) == 1
    assert [cell.get_text() for cell in drawn.select("tbody td")] == ["niet vermeld", "0%"]


def test_figures_of_one_chart_have_the_same_decimals():
    drawn = draw(chart("dots", [("een", 0.15), ("twee", -0.1)]))
    assert [cell.get_text() for cell in drawn.select("tbody td")] == ["0,15", "−0,10"]


def test_not_significant_is_a_hollow_dot():
    rows = [
        ChartRow(label="zeker", values=(0.2,), significance=("**",)),
        ChartRow(label="toeval", values=(0.1,), significance=("",)),
    ]
    drawn = draw(ChartView(kind="dots", title="x", rows=rows))
    assert [len(drawn.select(name)) for name in (".chart__dot", ".chart__dot--hollow")] == [2, 1]
    assert "kan toeval zijn" in drawn.get_text()


def test_a_line_keeps_its_gap():
    drawn = draw(chart("line", [("2019", 1), ("2020", None), ("2021", 3), ("2022", 4)]))
    assert [len(drawn.select(name)) for name in (".chart__line--a", ".chart__dot")] == [1, 3]


def test_figures_at_the_end_of_lines_do_not_cover_each_other():
    drawn = draw(chart("line", [("2019", 1, 9), ("2020", 5.0, 5.1)]))
    last = [float(text["y"].removesuffix("em")) for text in drawn.select("svg text.chart__text--figure")]
    assert abs(last[0] - last[1]) >= 1.19


def test_own_value_is_named():
    drawn = draw(chart("strip", [("a", 1), ("b", 9)], own=4, unit="%", series=("x",)))
    assert "Jouw bedrijf: 4%" in drawn.select_one("svg").get_text()


def test_source_and_downloads_stand_beside():
    view = chart("bar", [("een", 1)], source=SOURCE)
    drawn = draw(view)
    assert [link["href"] for link in drawn.select(".source-line a")] == ["#csv", "#xlsx"]


def test_long_words_are_broken_for_a_phone():
    lines = wrap_label("Arbeidsproductiviteitsverbeteringsprogrammadeelnemers in de metaal")
    assert max(len(line) for line in lines) <= 38
    assert "".join(lines).replace("-", "").replace(" ", "") == (
        "Arbeidsproductiviteitsverbeteringsprogrammadeelnemersindemetaal"
    )


def test_titles_and_labels_are_escaped():
    view = ChartView(kind="bar", title="<script>", rows=[ChartRow(label="<b>x</b>", values=(1,))])
    drawn = draw(view)
    assert drawn.find("script") is None
    assert drawn.find("b") is None


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "pie", "rows": [ChartRow(label="x", values=(1,))]},
        {"kind": "bar", "rows": []},
        {"kind": "bar", "rows": [ChartRow(label="x", values=(1, 2))]},
        {"kind": "box", "rows": [ChartRow(label="x", values=(1, 2))]},
    ],
)
def test_rows_that_do_not_fit_are_refused(given):
    with pytest.raises(ValueError):
        ChartView(title="x", **given)
