"""When is looked again, and what counts as new: pure, so that every hour of the year can be tried."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

from portal.background.registry import AMSTERDAM
from search.results import Hit
from search.stages import NEWEST_BAND

MOST_SEARCHES = 25
#: Of each search so many of the newest documents are looked at: bounded work, however much there is.
MOST_LOOKED_AT = 200
#: And so many are remembered, so that what is hidden for a while and comes back isn't news.
MOST_KNOWN = 400
MOST_TOLD = 30
AT = time(5)  # before the mail of the morning
MONDAY = 0
# Until a document is in the index, its own time has passed already.
SLACK = timedelta(days=2)


def next_look(frequency: str, at: datetime) -> datetime | None:
    """The first look after `at` (aware), in UTC; None where nobody looks. By the clock of Amsterdam."""
    if frequency not in ("daily", "weekly"):
        return None
    day = at.astimezone(AMSTERDAM).date()
    for ahead in range(8):
        candidate = day + timedelta(days=ahead)
        moment = datetime.combine(candidate, AT, tzinfo=AMSTERDAM).astimezone(UTC)
        if moment > at and (frequency == "daily" or candidate.weekday() == MONDAY):
            return moment
    raise AssertionError("there is such a day in every eight")


def new_among(
    hits: Sequence[Hit], *, known: Collection[str], since: datetime, is_complete: bool
) -> list[Hit]:
    """What this person doesn't know of yet, newest first; at words only what fits about as well as the best.

    `is_complete`: all that was there at the last look is known, so what is not is new, also where it is old and this
    person may read it only since. Else just what was published since.
    """
    seen = set(known)
    best = max((hit.score for hit in hits), default=0.0)
    fresh = [
        hit
        for hit in hits
        if hit.id not in seen
        and hit.score >= NEWEST_BAND * best
        and (is_complete or (hit.published_at is not None and hit.published_at >= since - SLACK))
    ]
    return sorted(
        fresh, key=lambda hit: (hit.published_at is not None, hit.published_at or since), reverse=True
    )


def remembered(found: Iterable[str], before: Iterable[str]) -> list[str]:
    """What is known from now on: what stands there now, then what stood there before."""
    return list(dict.fromkeys([*found, *before]))[:MOST_KNOWN]
