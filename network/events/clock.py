"""Local time and back: what somebody types is Amsterdam's clock, what is kept is UTC.

Once a year an hour doesn't exist, and once a year an hour comes twice. Nothing is guessed then.
"""

from __future__ import annotations

import datetime
from datetime import UTC
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class MissingHour(Exception):
    """The clock goes forward over this time."""


class DoubleHour(Exception):
    """The clock goes back, and shows this time twice."""


def comes_twice(day: datetime.date, time: datetime.time) -> bool:
    first, second = _both(day, time)
    return first > second


def moment_of(day: datetime.date, time: datetime.time, *, second: bool | None = None) -> datetime.datetime:
    """The moment in UTC. `second`: of an hour that comes twice the second one. Raises MissingHour, DoubleHour."""
    first_offset, second_offset = _both(day, time)
    if first_offset < second_offset:
        raise MissingHour
    if first_offset > second_offset and second is None:
        raise DoubleHour
    local = datetime.datetime.combine(day, time, tzinfo=AMSTERDAM).replace(fold=1 if second else 0)
    return local.astimezone(UTC)


def end_of_day(day: datetime.date) -> datetime.datetime:
    """When the day is over; the clock never changes at midnight."""
    return moment_of(day + datetime.timedelta(days=1), datetime.time(0))


def local(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(AMSTERDAM)


def _both(day: datetime.date, time: datetime.time) -> tuple[datetime.timedelta, datetime.timedelta]:
    """How far Amsterdam is ahead of UTC at this clock time, the first time and the second."""
    at = datetime.datetime.combine(day, time.replace(tzinfo=None, fold=0), tzinfo=AMSTERDAM)
    first, second = at.utcoffset(), at.replace(fold=1).utcoffset()
    assert first is not None and second is not None  # noqa: S101 - a zone has them
    return first, second
