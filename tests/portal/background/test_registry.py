from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.background import registry


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "after", "expected"),
    [
        # winter: Amsterdam is one hour ahead of UTC
        ("03:00", "2026-01-10 01:59", "2026-01-10 02:00"),
        ("03:00", "2026-01-10 02:00", "2026-01-11 02:00"),
        ("23:59", "2026-12-31 22:58", "2026-12-31 22:59"),
        # summer: two hours
        ("03:00", "2026-07-10 00:00", "2026-07-10 01:00"),
        # the night of 23 hours: 02:30 doesn't exist and becomes 03:30 summer time
        ("02:30", "2026-03-29 00:00", "2026-03-29 01:30"),
        ("02:30", "2026-03-29 01:30", "2026-03-30 00:30"),
        # the night of 25 hours: 02:30 comes twice and the first counts
        ("02:30", "2026-10-25 00:00", "2026-10-25 00:30"),
        ("02:30", "2026-10-25 00:30", "2026-10-26 01:30"),
        # a leap day
        ("03:00", "2028-02-28 02:00", "2028-02-29 02:00"),
    ],
)
def test_a_time_of_day_is_amsterdams_and_comes_once_a_day(only_jobs, clock, after, expected):
    only_jobs(name="nightly", at=clock)(lambda: None)
    assert registry.find("nightly").next_after(moment(after)) == moment(expected)


def test_a_distance_is_counted_from_the_start(only_jobs):
    only_jobs(name="often", every=timedelta(seconds=5))(lambda: None)
    assert registry.find("often").next_after(moment("2026-01-01 10:00")) == moment("2026-01-01 10:00:05")


def test_a_strange_declaration_is_refused(only_jobs, minute):
    with pytest.raises(ValueError, match="either every= or at="):
        only_jobs(name="none")
    with pytest.raises(ValueError, match="either every= or at="):
        only_jobs(name="both", every=minute, at="03:00")
    with pytest.raises(ValueError, match="positive"):
        only_jobs(name="never", every=timedelta(0))
    with pytest.raises(ValueError, match="positive"):
        only_jobs(name="no-term", every=minute, term=timedelta(0))
    only_jobs(name="once", every=minute)(lambda: None)
    with pytest.raises(ValueError, match="two jobs are called 'once'"):
        only_jobs(name="once", every=minute)(lambda: None)
    with pytest.raises(LookupError, match="no job is called 'onbekend'; known: once"):
        registry.find("onbekend")


def test_a_lane_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="lane 'fast'"):
        registry.job(name="test.lane", every=timedelta(hours=1), lane="fast")
