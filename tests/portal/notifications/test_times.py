"""When a notification is mailed, by the clock in Amsterdam."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.notifications.kinds import Frequency
from portal.notifications.times import due_at

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-20 05:59:59", "2026-11-20 06:00"),  # a second before seven, in winter
        ("2026-11-20 06:00", "2026-11-21 06:00"),
        ("2026-07-01 05:00", "2026-07-02 05:00"),  # seven in summer
        ("2026-03-28 12:00", "2026-03-29 05:00"),  # the night of an hour less
        ("2026-03-29 00:30", "2026-03-29 05:00"),
        ("2026-10-24 12:00", "2026-10-25 06:00"),  # the night of an hour more
        ("2026-10-25 00:30", "2026-10-25 06:00"),  # half past two, for the first time
        ("2026-10-25 01:30", "2026-10-25 06:00"),  # and for the second
        ("2026-12-31 22:59:59", "2027-01-01 06:00"),
    ],
)
def test_daily_at_seven(at: str, due: str) -> None:
    assert due_at(Frequency.DAILY, utc(at)) == utc(due)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-20 08:00", "2026-11-23 06:00"),
        ("2026-11-23 05:59", "2026-11-23 06:00"),
        ("2026-11-23 06:00", "2026-11-30 06:00"),
        ("2026-03-23 06:00", "2026-03-30 05:00"),  # the Sunday between loses an hour
        ("2026-03-29 21:59", "2026-03-30 05:00"),
        ("2026-10-19 05:00", "2026-10-26 06:00"),  # and here it wins one
        ("2026-10-25 01:30", "2026-10-26 06:00"),
    ],
)
def test_weekly_on_monday_at_seven(at: str, due: str) -> None:
    assert due_at(Frequency.WEEKLY, utc(at)) == utc(due)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 3, 29, 1, 59, tzinfo=AMSTERDAM), "2026-03-29 01:01"),
        (datetime(2026, 10, 25, 2, 59, tzinfo=AMSTERDAM), "2026-10-25 01:01"),
        (datetime(2026, 10, 25, 2, 59, tzinfo=AMSTERDAM, fold=1), "2026-10-25 02:01"),
    ],
)
def test_direct_is_two_real_minutes_later(at: datetime, due: str) -> None:
    assert due_at(Frequency.DIRECT, at) == utc(due)


def test_off_is_never() -> None:
    assert due_at(Frequency.OFF, utc("2026-11-20 08:00")) is None
