"""A measured result says one thing, in a period that ends after it begins: the database itself holds that."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from cases.models import CaseMeasurement, CasePage
from portal.evidence.ladder import Establishment, Finding
from tests.factories.pages import add_measurement, make_case, make_portal
from tests.factories.taxonomy import SourceFactory, indicator

pytestmark = pytest.mark.django_db

NOTHING: dict[str, Any] = {"change": None, "before": None, "after": None, "level": None}


@pytest.fixture
def case() -> CasePage:
    return make_case(make_portal(), "Minder voorraad in de smederij")


@pytest.mark.parametrize(
    "values",
    [
        {"change": 0},
        {"change": -8},
        {"before": 40, "after": 10},
        {"before": 0, "after": 0},
        {"level": 5},
    ],
    ids=str,
)
def test_one_kind_of_value_is_kept(case: CasePage, values: dict[str, Any]) -> None:
    measurement = add_measurement(case, **{**NOTHING, **values})
    measurement.full_clean()
    kept = CaseMeasurement.objects.values("change", "before", "after", "level").get(pk=measurement.pk)
    assert kept == {**NOTHING, **values}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"change": -8, "level": 5},
        {"change": -8, "before": 40, "after": 10},
        {"before": 40, "after": 10, "level": 5},
        {"before": 40},
        {"after": 10},
        {"change": -8, "before": 40},
        {"change": 1, "before": 1, "after": 1, "level": 1},
    ],
    ids=str,
)
def test_anything_else_is_refused_by_form_and_database(case: CasePage, values: dict[str, Any]) -> None:
    given = {**NOTHING, **values}
    measurement = CaseMeasurement(
        page=case, indicator=indicator("stocks"), source=SourceFactory.create(), place="blz. 2", **given
    )
    with pytest.raises(ValidationError, match="één van drie"):
        measurement.full_clean()
    with pytest.raises(IntegrityError, match="one_kind_of_value"), transaction.atomic():
        measurement.save()
    assert not CaseMeasurement.objects.exists()


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [(2006, 2008, True), (2006, 2006, True), (2006, None, True), (None, 2008, True), (2008, 2006, False)],
)
def test_a_period_ends_after_it_begins(
    case: CasePage, start: int | None, end: int | None, right: bool
) -> None:
    measurement = CaseMeasurement(
        page=case,
        indicator=indicator("stocks"),
        source=SourceFactory.create(),
        place="blz. 2",
        change=-8,
        period_start=start,
        period_end=end,
    )
    if right:
        measurement.full_clean()
        measurement.save()
    else:
        with pytest.raises(ValidationError, match="eindigt voordat zij begint"):
            measurement.full_clean()
        with pytest.raises(IntegrityError, match="period_in_order"), transaction.atomic():
            measurement.save()
    assert CaseMeasurement.objects.count() == (1 if right else 0)


def test_the_period_of_a_case_ends_after_it_begins(case: CasePage) -> None:
    with pytest.raises(IntegrityError, match="cases_casepage_period_in_order"), transaction.atomic():
        CasePage.objects.filter(pk=case.pk).update(period_start=2010, period_end=2009)
    case.period_start, case.period_end = 2010, 2009
    with pytest.raises(ValidationError, match="eindigt voordat zij begint"):
        case.full_clean()


def test_a_source_that_is_cited_stays(case: CasePage) -> None:
    measurement = add_measurement(case)
    with pytest.raises(ProtectedError):
        measurement.source.delete()


@pytest.mark.parametrize(
    ("code", "values", "improvement"),
    [
        ("stocks", {"change": -8}, 8.0),
        ("stocks", {"before": 40, "after": 10}, 75.0),
        ("labour-productivity", {"change": Decimal("2.5")}, 2.5),
        ("labour-productivity", {"before": 0, "after": 10}, None),
        ("labour-productivity", {"level": 80}, None),
    ],
    ids=str,
)
def test_improvement_follows_the_indicators_direction(
    case: CasePage, code: str, values: dict[str, Any], improvement: float | None
) -> None:
    assert add_measurement(case, code, **values).improvement() == improvement


def test_a_change_in_pieces_is_no_percentage(case: CasePage) -> None:
    pieces = indicator("series-size", name="seriegrootte", unit="stuks", family="flexibility")
    measurement = add_measurement(case, pieces.code, change=-5)
    assert (measurement.relative_change(), measurement.improvement()) == (None, None)


@pytest.mark.parametrize(
    ("values", "period", "base", "compared"),
    [
        ({"change": -8}, False, False, False),
        ({"change": -8, "period_note": "sinds de lascel"}, True, False, False),
        ({"change": -8, "period_end": 2008, "base": "de stand in 2006"}, True, True, False),
        ({"before": 40, "after": 10}, False, True, False),
        ({"change": -8, "compared_with": "twaalf andere bedrijven"}, False, True, True),
    ],
    ids=str,
)
def test_what_the_ladder_gets_to_weigh(
    case: CasePage, values: dict[str, Any], period: bool, base: bool, compared: bool
) -> None:
    measurement = add_measurement(case, established="counted", **values)
    better = 75.0 if "before" in values else 8.0
    source = str(measurement.source_id)
    assert measurement.finding() == Finding(
        "stocks", better, Establishment.COUNTED, period=period, base=base, compared=compared, source=source
    )
