"""Numbers as people type them here."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cases.submissions.numbers import NotANumber, read_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("-8", "-8"),
        ("\u22128", "-8"),
        ("+12,25", "12.25"),
        (" 1 234 ", "1234"),
        ("1.234.567", "1234567"),
        ("0,125", "0.125"),
        ("007", "7"),
    ],
)
def test_a_number_as_people_write_it(typed: str, number: str) -> None:
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12.5", "Schrijf een komma voor de decimalen: 12,5."),
        ("8%", "Schrijf alleen het getal"),
        ("\u20ac 20", "Schrijf alleen het getal"),
        ("ongeveer tien", "Schrijf alleen het getal"),
        ("1e9", "Schrijf alleen het getal"),
        ("NaN", "Schrijf alleen het getal"),
        ("1.23,4", "Dit is geen getal"),
        ("1,234.5", "Dit is geen getal"),
        ("--3", "Dit is geen getal"),
        (",", "Dit is geen getal"),
        ("\u0661\u0662", "Dit is geen getal"),
        ("12345678901", "Dit getal is te groot"),
        ("1,23456", "hoogstens 3 cijfers achter de komma"),
    ],
)
def test_what_is_strange_is_refused_with_how_to_write_it(typed: str, sentence: str) -> None:
    with pytest.raises(NotANumber, match=sentence.replace("(", r"\(")):
        read_number(typed)
