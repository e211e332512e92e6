from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from portal.background import services
from portal.background.models import Schedule
from tests.at_once import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def row(name: str) -> Schedule:
    return Schedule.objects.get(name=name)


def test_the_schedule_follows_the_registered_jobs(only_jobs, minute):
    Schedule.objects.create(name="gone", next_run_at=NOW)
    only_jobs(name="often", every=minute)(lambda: None)
    only_jobs(name="nightly", at="03:00")(lambda: None)
    services.sync_schedule(NOW)
    services.sync_schedule(NOW + minute)
    assert dict(Schedule.objects.values_list("name", "next_run_at")) == {
        "often": NOW,
        "nightly": datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    }


def test_a_run_is_written_down_and_the_next_one_planned(only_jobs, minute):
    ran = []
    only_jobs(name="often", every=minute)(lambda: ran.append(1))
    services.sync_schedule(NOW)
    claim = services.claim_due(NOW)
    assert services.claim_due(NOW) is None
    assert services.run_claim(claim) is True
    assert ran == [1]
    done = row("often")
    assert (done.last_run_at, done.next_run_at, done.locked_until, done.failures) == (
        NOW,
        NOW + minute,
        None,
        0,
    )
    assert done.last_finished_at is not None
    assert services.claim_due(NOW + minute - timedelta(seconds=1)) is None
    assert services.claim_due(NOW + minute) is not None


def test_the_one_that_waited_longest_comes_first(only_jobs, minute):
    for name, late in (("b", 3), ("a", 5), ("c", 1)):
        only_jobs(name=name, every=minute)(lambda: None)
        Schedule.objects.create(name=name, next_run_at=NOW - late * minute)
    assert [services.claim_due(NOW).job.name for _ in range(3)] == ["a", "b", "c"]


@time_machine.travel(NOW)
def test_a_failure_is_kept_and_tried_again_sooner_than_tomorrow(only_jobs, minute):
    def fail() -> None:
        raise RuntimeError("schijf vol")

    only_jobs(name="nightly", at="03:00")(fail)
    Schedule.objects.create(name="nightly", next_run_at=timezone.now())
    waits = []
    for _ in range(3):
        at = row("nightly").next_run_at
        assert services.run_claim(services.claim_due(at)) is False
        failed = row("nightly")
        waits.append(round((failed.next_run_at - timezone.now()).total_seconds() / 60))
    assert waits == [1, 2, 4]
    assert (failed.last_error, failed.failures, failed.last_finished_at) == (
        "RuntimeError: schijf vol",
        3,
        None,
    )


def test_a_lost_run_is_taken_over_soon_even_when_its_term_is_long_and_the_next_far_away(only_jobs):
    only_jobs(name="nightly", at="03:00", term=timedelta(hours=2))(lambda: None)
    Schedule.objects.create(name="nightly", next_run_at=NOW)
    lost = services.claim_due(NOW)
    assert services.claim_due(NOW + services.LEASE - timedelta(seconds=1)) is None
    second = services.claim_due(NOW + services.LEASE)
    assert second.job.name == "nightly"
    # The first comes back from the dead: it neither holds nor frees nor overwrites what is another's now.
    assert services.renew(lost, NOW + services.LEASE) is False
    assert services.finish(lost, NOW + services.LEASE, error="te laat") is False
    assert row("nightly").locked_by == second.token
    assert services.finish(second, NOW + services.LEASE) is True
    assert row("nightly").last_error == ""


def test_a_run_that_says_it_lives_keeps_its_job_until_its_term_is_over(only_jobs, minute):
    term = 5 * minute
    only_jobs(name="nightly", at="03:00", term=term)(lambda: None)
    Schedule.objects.create(name="nightly", next_run_at=NOW)
    claim = services.claim_due(NOW)
    for minutes in (0.5, 1, 1.5, 2.4, 3.3, 4.2):
        assert services.claim_due(NOW + minutes * minute) is None
        assert services.renew(claim, NOW + minutes * minute) is True
    assert row("nightly").locked_until == NOW + term
    assert services.renew(claim, NOW + term) is False
    assert services.claim_due(NOW + term) is not None


def test_a_short_term_is_never_lengthened(only_jobs):
    only_jobs(name="nightly", at="03:00", term=timedelta(seconds=30))(lambda: None)
    Schedule.objects.create(name="nightly", next_run_at=NOW)
    services.claim_due(NOW)
    assert services.claim_due(NOW + timedelta(seconds=29)) is None
    assert services.claim_due(NOW + timedelta(seconds=30)) is not None


def test_a_long_run_is_renewed_beside_it(only_jobs, monkeypatch):
    monkeypatch.setattr(services, "RENEW_SECONDS", 0.05)
    seen = []

    def long() -> None:
        first = row("nightly").locked_until
        for _ in range(100):
            time.sleep(0.05)
            if row("nightly").locked_until > first:
                seen.append("renewed")
                return

    only_jobs(name="nightly", at="03:00", term=timedelta(hours=2))(long)
    Schedule.objects.create(name="nightly", next_run_at=timezone.now())
    assert services.run_claim(services.claim_due(timezone.now())) is True
    assert seen == ["renewed"]
    assert row("nightly").locked_until is None


def test_wake_makes_due_at_commit_and_not_after_a_rollback(only_jobs):
    only_jobs(name="hourly", every=timedelta(hours=1))(lambda: None)
    later = timezone.now() + timedelta(minutes=50)
    Schedule.objects.create(name="hourly", next_run_at=later)
    with pytest.raises(ValueError, match="undo"), transaction.atomic():
        services.wake("hourly")
        raise ValueError("undo")
    assert row("hourly").next_run_at == later
    with transaction.atomic():
        services.wake("hourly")
        assert row("hourly").next_run_at == later
    assert row("hourly").next_run_at <= timezone.now()


def test_a_wake_during_the_run_is_not_lost(only_jobs):
    only_jobs(name="hourly", every=timedelta(hours=1))(lambda: services.wake("hourly"))
    services.sync_schedule(timezone.now())
    services.run_claim(services.claim_due(timezone.now()))
    assert services.claim_due(timezone.now()) is not None


def test_wake_of_an_unknown_job_is_loud(only_jobs):
    with pytest.raises(LookupError):
        services.wake("onbekend")


def test_overdue_shows_what_nobody_ran(only_jobs, minute):
    Schedule.objects.create(name="fresh", next_run_at=NOW - minute)
    Schedule.objects.create(name="old", next_run_at=NOW - 10 * minute)
    Schedule.objects.create(name="busy", next_run_at=NOW - 10 * minute, locked_until=NOW + minute)
    Schedule.objects.create(name="hangs", next_run_at=NOW + 60 * minute, locked_until=NOW - 10 * minute)
    overdue = Schedule.objects.overdue(NOW, grace=5 * minute)
    assert list(overdue.values_list("name", flat=True)) == ["hangs", "old"]


def test_of_many_workers_one_gets_the_run(only_jobs, minute):
    only_jobs(name="often", every=minute)(lambda: None)
    services.sync_schedule(NOW)
    claims = all_at_once([lambda: services.claim_due(NOW)] * 8)
    assert len(claims) == 8
    assert len([claim for claim in claims if claim is not None]) == 1
