"""Keeping the schedule: rows for all jobs, waking one, claiming and finishing a run."""

from __future__ import annotations

import contextlib
import logging
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.background.models import Schedule
from portal.background.registry import Job, find, registered

logger = logging.getLogger("portal.background")

FIRST_RETRY = timedelta(minutes=1)
# A run holds its job for so long at a time, and says again and again that it lives: a killed worker's job is free soon,
# also where its term is hours.
LEASE = timedelta(minutes=1)
RENEW_SECONDS = 20.0
MAX_ERROR_LENGTH = 2000


def wake(name: str) -> None:
    """Make the job due at once, when the running transaction commits. Raises LookupError on an unknown name.

    A wake that is lost (the process is killed between commit and this) costs time only: the job comes round anyway.
    """
    find(name)
    transaction.on_commit(lambda: _make_due(name), robust=True)


def _make_due(name: str) -> None:
    now = timezone.now()
    rows = Schedule.objects.filter(name=name)
    # Mostly somebody else was first; then there is nothing to write.
    if rows.filter(next_run_at__gt=now).update(next_run_at=now) == 0 and not rows.exists():
        Schedule.objects.get_or_create(name=name, defaults={"next_run_at": now})


def sync_schedule(at: datetime) -> None:
    """A row for every registered job (a new one is due at once if it has a distance), none for those that are gone."""
    jobs = registered()
    known = set(Schedule.objects.values_list("name", flat=True))
    for name, job in jobs.items():
        if name not in known:
            first = at if job.every is not None else job.next_after(at)
            Schedule.objects.get_or_create(name=name, defaults={"next_run_at": first})
    if gone := known - set(jobs):
        Schedule.objects.filter(name__in=gone).delete()


@dataclass(frozen=True, slots=True)
class Claim:
    """One run of a job, held by one worker until `finish`, while it is renewed and at most until its term is over."""

    job: Job
    token: str
    started_at: datetime

    def held_until(self, at: datetime) -> datetime:
        return min(at + LEASE, self.started_at + self.job.term)


@dataclass(frozen=True, slots=True)
class Share:
    """Which jobs a worker takes, by the first part of their names: "search" stands for "search.relay" and its like.

    `only` empty: all there are, but for those of `without`.
    """

    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def __contains__(self, name: str) -> bool:
        room = name.partition(".")[0]
        return room not in self.without and (not self.only or room in self.only)

    @property
    def has_tasks(self) -> bool:
        """Whether it runs django-tasks too: those have no room, so they are for who does everything else."""
        return not self.only


EVERYTHING = Share()


def claim_due(at: datetime, *, lane: str | None = None, share: Share = EVERYTHING) -> Claim | None:
    """Take the job that has waited longest, or None. Two workers never get the same one: a single UPDATE decides."""
    jobs = registered()
    names = [name for name, job in jobs.items() if name in share and (lane is None or job.lane == lane)]
    waiting = Schedule.objects.due(at).filter(name__in=names).order_by("next_run_at")
    for name in waiting.values_list("name", flat=True)[:10]:
        job = jobs[name]
        claim = Claim(job=job, token=uuid.uuid4().hex, started_at=at)
        # The next time is set now, so that a wake during the run (which sets it back) is never lost.
        taken = (
            Schedule.objects.due(at)
            .filter(name=name)
            .update(
                locked_until=claim.held_until(at),
                locked_by=claim.token,
                last_run_at=at,
                next_run_at=job.next_after(at),
            )
        )
        if taken:
            return claim
    return None


def renew(claim: Claim, at: datetime) -> bool:
    """Hold the job a little longer. False where its term is over, or where somebody else has it now."""
    if at >= claim.started_at + claim.job.term:
        return False
    rows = Schedule.objects.filter(name=claim.job.name, locked_by=claim.token)
    return rows.update(locked_until=claim.held_until(at)) == 1


@contextlib.contextmanager
def _renewed(claim: Claim) -> Iterator[None]:
    """Renew the claim beside what runs within, from a thread that ends with it."""
    ended = threading.Event()

    def keep() -> None:
        while not ended.wait(RENEW_SECONDS):
            try:
                if not renew(claim, timezone.now()):
                    return
            except DatabaseError as error:  # the next time, perhaps; else somebody takes over
                logger.warning("a job's claim isn't renewed", extra={"data": {"error": str(error)}})
            finally:
                connection.close()

    thread = threading.Thread(target=keep, name=f"claim {claim.job.name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(1.0)  # one that waits for the database finds nothing to renew any more


def finish(claim: Claim, at: datetime, *, error: str = "") -> bool:
    """Write down how the run ended. False where somebody else had taken it over meanwhile; then nothing is written."""
    with transaction.atomic():
        rows = Schedule.objects.select_for_update().filter(name=claim.job.name, locked_by=claim.token)
        row = rows.first()
        if row is None:
            return False
        row.locked_until = None
        row.locked_by = ""
        if error:
            row.failures += 1
            row.last_error = error[:MAX_ERROR_LENGTH]
            retry_at = at + FIRST_RETRY * 2 ** min(row.failures - 1, 6)
            row.next_run_at = min(row.next_run_at, retry_at)
        else:
            row.failures = 0
            row.last_error = ""
            row.last_finished_at = at
        row.save()
    return True


def run_claim(claim: Claim) -> bool:
    """Run the job and write down how it ended; True where it went well. Never raises for what the job does."""
    error = ""
    try:
        with _renewed(claim):
            claim.job.run()
    except Exception as caught:
        logger.exception("job failed", extra={"data": {"job": claim.job.name}})
        error = f"{type(caught).__name__}: {caught}"
    finish(claim, timezone.now(), error=error)
    return not error
