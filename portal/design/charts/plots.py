"""One function a kind of chart: from a `ChartView` to its height in em and the parts of its SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.design.charts.drawing import bar, dot, line, text
from portal.design.charts.shapes import ChartRow, ChartView, Scale, Value, bar_scale, numbers_of, wrap_label
from portal.design.numbers import Number

Plot = tuple[float, list[SafeString]]
TONES = ("a", "b", "c", "d")
LABEL_LINE = 1.3


def row_label(row: ChartRow, y: float) -> tuple[float, list[SafeString]]:
    """A row's label in as many lines as it needs; returns the next free height."""
    parts = []
    for words in wrap_label(row.label):
        parts.append(text(0, y + 0.65, words, kind="label"))
        y += LABEL_LINE
    return y, parts


def figure_at(
    view: ChartView, scale: Scale, value: Value, y: float, kind: str, mark: str, gap: float = 0.4
) -> SafeString:
    """The figure beside a bar's or line's end, on the outer side."""
    written = view.text(value) + mark
    if value is None:
        return text(scale.zero, y, written, kind="soft", dx=0.4)
    if float(value) < 0:
        return text(scale.at(value), y, written, kind=kind, anchor="end", dx=-gap)
    return text(scale.at(value), y, written, kind=kind, dx=gap)


def mark_of(row: ChartRow, number: int) -> str:
    return row.significance[number] if number < len(row.significance) else ""


def plot_bars(view: ChartView) -> Plot:
    """Bars under their label, one a series, from a shared zero line."""
    scale, y, parts = bar_scale(view), 0.0, []
    axis: list[tuple[float, float]] = []
    for row in view.rows:
        y, labels = row_label(row, y)
        parts += labels
        top = y + 0.15
        for number, value in enumerate(row.values):
            height = 1.25 if number == 0 else 0.95
            if value is not None:
                left, right = sorted((scale.zero, scale.at(value)))
                parts.append(bar(left, right - left, y + 0.2, height, TONES[number % 4]))
            kind = "figure" if number == 0 else "soft"
            parts.append(figure_at(view, scale, value, y + 0.2 + height / 2, kind, mark_of(row, number)))
            y += height + 0.25
        axis.append((top, y + 0.1))
        y += 0.75
    parts += [line(scale.zero, top, scale.zero, bottom, "axis") for top, bottom in axis]
    return y - 0.4, parts


def plot_dots(view: ChartView) -> Plot:
    """Dots on a stalk from zero; hollow where the source says that it may be chance."""
    scale, y, parts = bar_scale(view), 0.0, []
    for row in view.rows:
        y, labels = row_label(row, y)
        parts += labels
        top = y
        for number, value in enumerate(row.values):
            middle, tone = y + 0.75, TONES[number % 4]
            if value is not None:
                hollow = bool(row.significance) and not mark_of(row, number)
                parts.append(line(scale.zero, middle, scale.at(value), middle, tone))
                parts.append(
                    dot(scale.at(value), middle, 0.38, f"{tone} chart__dot--hollow" if hollow else tone)
                )
            kind = "figure" if number == 0 else "soft"
            parts.append(figure_at(view, scale, value, middle, kind, mark_of(row, number), gap=0.75))
            y += 1.4
        parts.append(line(scale.zero, top, scale.zero, y, "axis"))
        y += 0.7
    return y - 0.4, parts


def level_scale(view: ChartView) -> tuple[float, float]:
    """Lowest and highest value; from zero when the values are not far from it."""
    values = numbers_of(view)
    low, high = min(values), max(values)
    if 0 < low < 0.6 * high or low == high:
        low = min(0.0, low)
    return low, high if high != low else low + 1


def plot_line(view: ChartView) -> Plot:
    """A line a series over the rows as moments; gaps stay gaps."""
    low, high = level_scale(view)
    top, bottom = 0.8, 11.0
    room = min(30.0, 3 + 2.9 * max(len(view.text(value)) for value in numbers_of(view)))
    count = len(view.rows)
    xs = [room + (100 - 2 * room) * (n / (count - 1) if count > 1 else 0.5) for n in range(count)]
    parts = [line(0, bottom + 0.6, 100, bottom + 0.6, "axis")]

    def height(value: Number) -> float:
        return bottom - (float(value) - low) / (high - low) * (bottom - top)

    if low < 0 < high:
        parts.append(line(0, height(0), 100, height(0), "grid"))
    firsts, lasts = [], []
    for number in range(len(view.series)):
        values = [row.values[number] for row in view.rows]
        points = [(x, value) for x, value in zip(xs, values, strict=True) if value is not None]
        parts += line_of(xs, values, height, TONES[number % 4])
        if points:
            firsts.append((height(points[0][1]), points[0]))
            lasts.append((height(points[-1][1]), points[-1]))
    if count > 1:
        parts += end_figures(view, firsts, "end", -0.6)
    parts += end_figures(view, lasts, "start", 0.6)
    every = max(1, -(-count // 4))
    for n, row in enumerate(view.rows):
        if n == count - 1 or (n % every == 0 and count - 1 - n >= 0.75 * every):
            parts.append(text(xs[n], bottom + 1.6, row.label, kind="soft", anchor="middle"))
    return bottom + 2.4, parts


def line_of(
    xs: list[float], values: Sequence[Value], height: Callable[[Number], float], tone: str
) -> list[SafeString]:
    """The segments and dots of one series."""
    known = [(x, None if value is None else height(value)) for x, value in zip(xs, values, strict=True)]
    parts: list[SafeString] = []
    for (x1, y1), (x2, y2) in zip(known, known[1:], strict=False):
        if y1 is not None and y2 is not None:
            parts.append(line(x1, y1, x2, y2, tone))
    return parts + [dot(x, y, 0.28, tone) for x, y in known if y is not None]


def end_figures(
    view: ChartView, ends: list[tuple[float, tuple[float, Number]]], anchor: str, dx: float
) -> list[SafeString]:
    """Figures beside the ends of the lines, moved apart where they would cover each other."""
    parts, lowest = [], -10.0
    for y, (x, value) in sorted(ends, key=lambda end: end[0]):
        lowest = max(y, lowest + 1.2)
        parts.append(
            text(
                x,
                lowest,
                view.text(value),
                kind="figure" if anchor == "start" else "soft",
                anchor=anchor,
                dx=dx,
            )
        )
    return parts


def plot_slope(view: ChartView) -> Plot:
    """Before and after, a line a row."""
    low, high = level_scale(view)
    top, bottom, left, right = 2.4, 10.4, 24.0, 76.0
    parts = [
        line(left, 1.6, left, bottom + 0.5, "grid"), line(right, 1.6, right, bottom + 0.5, "grid"),
        text(left, 0.7, view.series[0], kind="soft", anchor="middle"),
        text(right, 0.7, view.series[-1], kind="soft", anchor="middle"),
    ]  # fmt: skip
    y = bottom + 1.4
    for number, row in enumerate(view.rows):
        first, second = row.values
        tone = TONES[number % 4]
        heights = [
            None if v is None else bottom - (float(v) - low) / (high - low) * (bottom - top)
            for v in (first, second)
        ]
        if heights[0] is not None and heights[1] is not None:
            parts.append(line(left, heights[0], right, heights[1], tone))
        for x, h, value, anchor, dx in (
            (left, heights[0], first, "end", -0.7),
            (right, heights[1], second, "start", 0.7),
        ):
            if h is not None:
                parts += [
                    dot(x, h, 0.34, tone),
                    text(x, h, view.text(value), kind="figure", anchor=anchor, dx=dx),
                ]
        if len(view.rows) > 1:
            parts += [dot(1.5, y + 0.3, 0.3, tone)]
            for words in wrap_label(row.label, 36):
                parts.append(text(4, y + 0.3, words, kind="label"))
                y += LABEL_LINE
    return (y if len(view.rows) > 1 else bottom + 1), parts


def spread_scale(view: ChartView) -> Scale:
    values = numbers_of(view)
    return Scale(min(values), max(values) if max(values) > min(values) else min(values) + 1, 4.0, 96.0)


def own_mark(view: ChartView, scale: Scale, y: float) -> list[SafeString]:
    """The visitor's own value: a larger dot with its figure above it."""
    if view.own is None:
        return []
    x = scale.at(view.own)
    anchor = "start" if x < 25 else "end" if x > 75 else "middle"
    words = f"{view.own_label or _('Jouw bedrijf')}: {view.text(view.own)}"
    at = max(0.0, x - 2) if anchor == "start" else min(100.0, x + 2) if anchor == "end" else x
    return [
        line(x, y - 1.5, x, y, "own"),
        dot(x, y, 0.55, "own"),
        text(at, y - 2.1, words, kind="figure", anchor=anchor),
    ]


def plot_strip(view: ChartView) -> Plot:
    """Every point on one line, your own value larger."""
    scale, y = spread_scale(view), 3.4
    parts = [line(0, y, 100, y, "axis")]
    values = [row.values[0] for row in view.rows if row.values[0] is not None]
    parts += [dot(scale.at(value), y, 0.42, "veil") for value in values]
    parts += own_mark(view, scale, y)
    parts.append(text(0, y + 1.5, view.text(min(values, default=0)), kind="soft"))
    parts.append(text(100, y + 1.5, view.text(max(values, default=0)), kind="soft", anchor="end"))
    return y + 2.4, parts


def plot_box(view: ChartView) -> Plot:
    """Low, the middle half, the middle value and high of each group."""
    scale, y, parts = spread_scale(view), 0.0, []
    for row in view.rows:
        y, labels = row_label(row, y)
        parts += labels
        y += 2.6 if view.own is not None else 0.2
        middle = y + 0.8
        known = [value for value in row.values if value is not None]
        if len(known) == len(row.values):
            low, first, median, third, high = (scale.at(value) for value in known)
            parts += [line(low, middle, high, middle, "axis"), bar(first, third - first, y, 1.6, "b")]
            parts += [line(low, y + 0.4, low, y + 1.2, "axis"), line(high, y + 0.4, high, y + 1.2, "axis")]
            parts.append(line(median, y - 0.1, median, y + 1.7, "own"))
            parts.append(text(median, y + 2.4, view.text(row.values[2]), kind="figure", anchor="middle"))
            parts.append(text(low, y + 2.4, view.text(row.values[0]), kind="soft"))
            parts.append(text(high, y + 2.4, view.text(row.values[4]), kind="soft", anchor="end"))
            parts += own_mark(view, scale, middle)
        else:
            parts.append(text(0, middle, view.text(None), kind="soft"))
        y += 4.2
    return y - 0.8, parts


PLOTS: dict[str, Callable[[ChartView], Plot]] = {
    "bar": plot_bars, "grouped-bar": plot_bars, "dots": plot_dots, "line": plot_line, "slope": plot_slope,
    "strip": plot_strip, "box": plot_box,
}  # fmt: skip
