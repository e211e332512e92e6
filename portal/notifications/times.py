"""When a notification is mailed: clock times in Amsterdam, right across both changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from portal.background.registry import AMSTERDAM
from portal.notifications.kinds import Frequency

# So that what happens together becomes one mail.
PAUSE = timedelta(minutes=2)
AT = time(7)
MONDAY = 0


def due_at(frequency: str, at: datetime) -> datetime | None:
    """The first moment after `at` (aware) to mail at this frequency, in UTC; None for never."""
    if frequency == Frequency.DIRECT:
        return at.astimezone(UTC) + PAUSE
    if frequency == Frequency.DAILY:
        return _next_morning(at)
    if frequency == Frequency.WEEKLY:
        return _next_morning(at, weekday=MONDAY)
    return None


def _next_morning(at: datetime, weekday: int | None = None) -> datetime:
    day = at.astimezone(AMSTERDAM).date()
    for ahead in range(8):
        candidate = day + timedelta(days=ahead)
        moment = datetime.combine(candidate, AT, tzinfo=AMSTERDAM).astimezone(UTC)
        if moment > at and (weekday is None or candidate.weekday() == weekday):
            return moment
    raise AssertionError("there is such a day in every eight")
