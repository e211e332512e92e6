"""What can be scheduled: each job declared once, by its decorator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DEFAULT_TERM = timedelta(minutes=5)
# Each has a thread of its own, so that one never waits for another: what takes seconds, what may take hours, and what
# waits for a mail server.
LANES = ("quick", "slow", "mail")


@dataclass(frozen=True, slots=True)
class Job:
    """One scheduled function. Exactly one of `every` and `at` is set.

    `term` is how long a run may take before another worker takes it over (a killed worker's is taken over sooner);
    jobs of another `lane` run beside it.
    """

    name: str
    run: Callable[[], object]
    every: timedelta | None
    at: time | None
    term: timedelta
    lane: str

    def next_after(self, moment: datetime) -> datetime:
        """The next time after `moment` (aware); `at` is a clock time in Amsterdam, also on days of 23 or 25 hours."""
        if self.every is not None:
            return moment + self.every
        assert self.at is not None  # noqa: S101 - register() refuses a job without both
        day = moment.astimezone(AMSTERDAM).date()
        candidate = datetime.combine(day, self.at, tzinfo=AMSTERDAM)
        if candidate.timestamp() <= moment.timestamp():
            candidate = datetime.combine(day + timedelta(days=1), self.at, tzinfo=AMSTERDAM)
        # In UTC, since times in a doubled or missing hour don't compare with others.
        return candidate.astimezone(UTC)


_jobs: dict[str, Job] = {}


def registered() -> dict[str, Job]:
    """All jobs by name."""
    return dict(_jobs)


def find(name: str) -> Job:
    """The job called `name`. Raises LookupError, naming the known ones, where there is none."""
    try:
        return _jobs[name]
    except KeyError:
        raise LookupError(f"no job is called {name!r}; known: {', '.join(sorted(_jobs)) or 'none'}") from None


def job(
    *,
    name: str,
    every: timedelta | None = None,
    at: str | None = None,
    term: timedelta = DEFAULT_TERM,
    lane: str = "quick",
) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a function without arguments; it must bear being run again after it was killed halfway.

    `every` is a distance, `at` a time of day in Amsterdam as "03:00". Raises ValueError on a name that is taken by
    another function, on both or neither of `every` and `at`, on a term that isn't positive, and on an unknown lane.
    """
    if lane not in LANES:
        raise ValueError(f"job {name!r}: there is no lane {lane!r}")
    if (every is None) == (at is None):
        raise ValueError(f"job {name!r} needs either every= or at=")
    if term <= timedelta(0) or (every is not None and every <= timedelta(0)):
        raise ValueError(f"job {name!r} has a time that isn't positive")
    clock = time.fromisoformat(at) if at is not None else None

    def register(function: Callable[[], object]) -> Callable[[], object]:
        known = _jobs.get(name)
        if known is not None and known.run is not function:
            raise ValueError(f"two jobs are called {name!r}")
        _jobs[name] = Job(name=name, run=function, every=every, at=clock, term=term, lane=lane)
        return function

    return register
