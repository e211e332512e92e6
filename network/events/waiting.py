"""How long somebody from the waiting list has to accept a place. No database here."""

from __future__ import annotations

import datetime

LEAST = datetime.timedelta(minutes=30)
# Nearer to the beginning nobody is asked any more: they couldn't be there.
TOO_LATE = datetime.timedelta(hours=1)
PART = 4


def offer_until(at: datetime.datetime, starts_at: datetime.datetime, hours: int) -> datetime.datetime | None:
    """Until when a place that is offered now can be accepted; None where it is too late to offer one.

    So many hours as the organiser chose; near the beginning at most a quarter of the time that is left, so that others
    get their turn too.
    """
    left = starts_at - at
    if left < TOO_LATE:
        return None
    term = min(datetime.timedelta(hours=hours), left / PART)
    return at + max(term, LEAST)
