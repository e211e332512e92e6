"""Amsterdam's clock on both days that it changes, and how long a place is kept for somebody."""

from __future__ import annotations

import datetime
from datetime import UTC

import pytest

from network.events.clock import DoubleHour, MissingHour, comes_twice, end_of_day, local, moment_of
from network.events.waiting import offer_until

SPRING, AUTUMN = datetime.date(2026, 3, 29), datetime.date(2026, 10, 25)
HALF_PAST_TWO = datetime.time(2, 30)
HOUR = datetime.timedelta(hours=1)


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=UTC)  # type: ignore[misc] # year, month, day and so on


def test_the_hour_that_is_skipped_is_no_time() -> None:
    with pytest.raises(MissingHour):
        moment_of(SPRING, HALF_PAST_TWO)
    with pytest.raises(MissingHour):
        moment_of(SPRING, HALF_PAST_TWO, second=True)
    assert moment_of(SPRING, datetime.time(1, 59)) == utc(2026, 3, 29, 0, 59)
    assert moment_of(SPRING, datetime.time(3, 0)) == utc(2026, 3, 29, 1, 0)


def test_the_hour_that_comes_twice_has_to_be_chosen() -> None:
    assert comes_twice(AUTUMN, HALF_PAST_TWO)
    with pytest.raises(DoubleHour):
        moment_of(AUTUMN, HALF_PAST_TWO)
    first, second = (moment_of(AUTUMN, HALF_PAST_TWO, second=each) for each in (False, True))
    assert (first, second) == (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30))
    assert [local(each).time() for each in (first, second)] == [HALF_PAST_TWO] * 2
    assert moment_of(AUTUMN, datetime.time(3, 0)) == utc(2026, 10, 25, 2, 0)
    assert not comes_twice(SPRING, HALF_PAST_TWO)


def test_ordinary_times_and_odd_days() -> None:
    assert moment_of(datetime.date(2026, 7, 1), datetime.time(9)) == utc(2026, 7, 1, 7)
    assert moment_of(datetime.date(2026, 12, 31), datetime.time(23, 59, 59)) == utc(2026, 12, 31, 22, 59, 59)
    assert moment_of(datetime.date(2028, 2, 29), datetime.time(9), second=True) == utc(2028, 2, 29, 8)
    assert end_of_day(AUTUMN) - moment_of(AUTUMN, datetime.time(0)) == 25 * HOUR
    assert end_of_day(SPRING) - moment_of(SPRING, datetime.time(0)) == 23 * HOUR


@pytest.mark.parametrize(
    ("left", "hours", "term"),
    [
        (10 * 24 * HOUR, 24, 24 * HOUR),
        (24 * HOUR, 24, 6 * HOUR),
        (24 * HOUR, 2, 2 * HOUR),
        (HOUR, 24, HOUR / 2),
        (HOUR - datetime.timedelta(seconds=1), 24, None),
        (-HOUR, 24, None),
    ],
)
def test_a_place_is_kept_shorter_near_the_beginning(
    left: datetime.timedelta, hours: int, term: datetime.timedelta | None
) -> None:
    now = utc(2026, 5, 1, 12)
    assert offer_until(now, now + left, hours) == (now + term if term is not None else None)
