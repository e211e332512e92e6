"""Figures from files: every mistake is told with its line, and nothing is lost silently."""

from __future__ import annotations

import pytest

from portal.figures.models import FigurePage
from portal.pages.importing.problems import ImportFailed
from portal.pages.importing.services import import_files
from tests.factories.taxonomy import SourceFactory

pytestmark = pytest.mark.django_db

HEAD = """---
type: figure
slug: proef
title: Een proef
summary: Wat je ziet.
measure: aandeel
unit: "%"
established: counted
caveat: Klein.
source: ip
place: hoofdstuk 1
reviewed: 2026-11-22
series: [klein, groot]
rows:
"""
ROWS = """  - label: Tweede in het alfabet
    values: [1, null]
    quotes: ["een", ""]
  - label: Eerste in het alfabet
    values: [3.5, 4]
    quotes: ["drie", "vier"]
"""


@pytest.fixture(autouse=True)
def _source(portal):
    SourceFactory.create()


def load(rows: str = ROWS, body: str = "Uitleg.\n") -> None:
    import_files([("proef.md", f"{HEAD}{rows}---\n{body}")])


def problems(rows: str = ROWS, body: str = "Uitleg.\n") -> list[str]:
    with pytest.raises(ImportFailed) as failed:
        load(rows, body)
    assert not FigurePage.objects.exists()
    return [str(problem) for problem in failed.value.problems]


def test_values_come_in_the_order_of_the_file():
    load()
    page = FigurePage.objects.get()
    found = [
        (value.row_label, value.series_label, value.value) for value in page.values.order_by("sort_order")
    ]
    assert found == [
        ("Tweede in het alfabet", "klein", 1), ("Tweede in het alfabet", "groot", None),
        ("Eerste in het alfabet", "klein", 3.5), ("Eerste in het alfabet", "groot", 4),
    ]  # fmt: skip
    assert page.values.filter(sort_order=None).count() == 0


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{{ figuur: ander }}", "een verwijzing als {{ … }}"),
        ("## Kop", "een kop"),
        ("| a | b |\n| - | - |\n| 1 | 2 |", "een tabel"),
    ],
)
def test_what_the_text_cannot_hold_is_a_problem(line, what):
    assert problems(body=f"Uitleg.\n\n{line}\n") == [
        f"proef.md, regel 24, tekst: {what} kan niet in de uitleg van een cijfer."
    ]


def test_a_row_that_stands_there_twice_is_a_problem():
    rows = ROWS + ROWS[: ROWS.index("  - label: Eerste")]
    assert problems(rows) == [
        "proef.md, regel 15, rows: 'Tweede in het alfabet / groot' staat er twee keer.",
        "proef.md, regel 15, rows: 'Tweede in het alfabet / klein' staat er twee keer.",
    ]


@pytest.mark.parametrize("number", ["nan", "inf", "1e30", "0.00001"])
def test_an_impossible_number_is_a_problem(number):
    found = problems(f'  - label: Rij\n    values: [{number}, 1]\n    quotes: ["a", "b"]\n')
    assert len(found) == 1
    assert "is geen mogelijk getal" in found[0]


def test_a_number_without_its_words_is_a_problem():
    assert problems('  - label: Rij\n    values: [1, 2]\n    quotes: ["een", ""]\n') == [
        "proef.md, regel 17, rows[1].quotes: elk cijfer heeft zijn letterlijke citaat."
    ]
