"""Numbers as a Dutch reader writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.design.numbers import format_change, format_number, format_signed, format_value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1234.5, "1.234,5"),
        (-8, "−8"),
        (Decimal("12500.00"), "12.500"),
        (Decimal("45.20"), "45,2"),
        (1000000, "1.000.000"),
        (0.1, "0,1"),
    ],
)
def test_number(value, written):
    assert format_number(value) == written


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [(0.1, 2, "0,10"), (2.5, 0, "3"), (-0.04, 1, "0,0"), (Decimal("0.145"), 2, "0,15")],
)
def test_fixed_decimals_round_half_up_and_know_no_minus_zero(value, decimals, written):
    assert format_number(value, decimals) == written


@pytest.mark.parametrize(("value", "written"), [(8, "+8"), (-8, "−8"), (0, "0")])
def test_sign(value, written):
    assert format_signed(value) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (-8, "%", "−8%"),
        (17, "%", "+17%"),
        (-1234, "euro", "−€\u00a01.234"),
        (12, "stuks", "+12\u00a0stuks"),
        (0.15, "coefficient", "+0,15"),
    ],
)
def test_change(value, unit, written):
    assert format_change(value, unit) == written


def test_level_has_no_plus():
    assert format_value(105, "bedrijven") == "105\u00a0bedrijven"
    assert format_value(90500, "euro") == "€\u00a090.500"


@pytest.mark.parametrize("value", ["8", None, True])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(TypeError):
        format_number(value)


def test_not_a_finite_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        format_number(float("nan"))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_written_number_reads_back_as_itself(value):
    read = format_number(value).replace(".", "").replace(",", ".").replace("−", "-")
    assert Decimal(read) == value
