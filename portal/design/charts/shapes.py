"""What a chart takes, and the scale it is drawn on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.design.numbers import as_decimal, format_value
from portal.design.shapes import DIRECTIONS, Link, SourceView, require

CHART_KINDS = ("bar", "grouped-bar", "line", "slope", "dots", "strip", "box")
Value = Decimal | int | float | None


@dataclass(frozen=True, kw_only=True)
class ChartRow:
    """A row with a value for each series; None is 'not said'. For 'box': low, quarter, median, three quarters, high."""

    label: str
    values: Sequence[Value]
    significance: Sequence[str] = ()
    place: str = ""  # where in the source, when it differs from the chart's


@dataclass(frozen=True, kw_only=True)
class ChartView:
    """A chart. Raises ValueError on an unknown kind, no rows, or rows that don't fit the series.

    bar, grouped-bar, dots: a row is a category, one value a series. line: a row is a moment, a series is a line.
    slope: two series (before, after), a row is a line. strip: one series, a row is a point, `own` is your value.
    box: a row is a group with five values, `own` is drawn over it.
    """

    kind: str
    title: str
    rows: Sequence[ChartRow]
    series: Sequence[str] = ("",)
    unit: str = ""
    signed: bool = False
    direction: str = "none"
    description: str = ""
    significance_note: str = ""
    own: Value = None
    own_label: str = ""
    source: SourceView | None = None
    downloads: Sequence[Link] = field(default=())
    row_heading: str = ""

    def __post_init__(self) -> None:
        require(self.kind, CHART_KINDS, "chart kind")
        require(self.direction, DIRECTIONS, "direction")
        if not self.rows:
            raise ValueError(f"chart {self.title!r} has no rows")
        width = 5 if self.kind == "box" else 2 if self.kind == "slope" else len(self.series)
        for row in self.rows:
            if len(row.values) != width:
                raise ValueError(
                    f"chart {self.title!r}, row {row.label!r}: {len(row.values)} values for {width} series"
                )

    def text(self, value: Value) -> str:
        """A value as text, with unit; words for what the source doesn't say."""
        if value is None:
            return str(_("niet vermeld"))
        return format_value(value, self.unit, signed=self.signed, decimals=self.decimals)

    @property
    def decimals(self) -> int:
        """The most digits behind the comma of any value, so that figures in one chart line up."""
        known = [value for row in self.rows for value in row.values if value is not None]
        digits = [-int(as_decimal(value).normalize().as_tuple().exponent) for value in known]
        return max(0, *digits) if digits else 0


@dataclass(frozen=True)
class Scale:
    """Places values between `start` and `stop` per cent of the width."""

    low: float
    high: float
    start: float
    stop: float

    def at(self, value: Decimal | int | float) -> float:
        share = (float(value) - self.low) / ((self.high - self.low) or 1.0)
        return round(self.start + share * (self.stop - self.start), 2)

    @property
    def zero(self) -> float:
        return self.at(0)


def numbers_of(view: ChartView) -> list[float]:
    """All known values, the visitor's own among them."""
    found = [float(value) for row in view.rows for value in row.values if value is not None]
    if view.own is not None:
        found.append(float(view.own))
    return found or [0.0]


def bar_scale(view: ChartView) -> Scale:
    """From zero (or the lowest negative value), with room for the longest figure at 280 pixels wide."""
    values = numbers_of(view)
    low, high = min(0.0, *values), max(0.0, *values)
    longest = max(
        (len(view.text(value)) for row in view.rows for value in row.values if value is not None), default=1
    )
    marks = max((len(mark) for row in view.rows for mark in row.significance), default=0)
    room = min(40.0, 4 + 3.1 * (longest + marks))
    if low == high:
        high = 1.0
    return Scale(low, high, room if low < 0 else 0.0, 100.0 - room if high > 0 else 100.0)


def wrap_label(label: str, width: int = 38) -> list[str]:
    """A label in lines of at most `width` letters where its words allow; a longer word is broken with a hyphen."""
    lines: list[str] = []
    for word in label.split():
        while len(word) > width:
            head, word = word[: width - 1] + "-", word[width - 1 :]
            lines.append(head)
        if lines and not lines[-1].endswith("-") and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
