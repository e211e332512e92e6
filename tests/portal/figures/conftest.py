from __future__ import annotations

from collections.abc import Iterable

import pytest

from portal.figures.models import FigurePage, FigureValue
from tests.factories.pages import Portal, make_figure, make_portal

Cell = tuple[str, str, str | None, str]


@pytest.fixture
def portal(db) -> Portal:
    return make_portal()


def make_table(portal: Portal, title: str, cells: Iterable[Cell], **fields) -> FigurePage:
    """A figure with cells of (row, series, value, mark)."""
    page = make_figure(portal, title, rows=(), **fields)
    for number, (row, series, value, mark) in enumerate(cells):
        FigureValue.objects.create(
            page=page, row_label=row, series_label=series, value=value, significance=mark, sort_order=number,
            quote=f"{row} {series}"[:60],
        )  # fmt: skip
    return page


COEFFICIENTS: list[Cell] = [
    ("Digitalisering", "kleine metaal", "0.15", "**"),
    ("Digitalisering", "grote metaal", "0.1", ""),
    ("Robots", "kleine metaal", "-0.19", "**"),
    ("Robots", "grote metaal", None, ""),
]
