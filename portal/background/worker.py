"""The worker: one process with a thread for each lane of jobs, and one for django-tasks.

It may be killed at any moment: schedule rows are taken over when nobody renews them any more, tasks by the job
`background.take-over-tasks`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from portal.background import services
from portal.background.registry import LANES
from portal.http.maintenance import Mode, current_mode

logger = logging.getLogger("portal.background")

POLL_SECONDS = 1.0
AFTER_ERROR_SECONDS = 5.0


class Loop(threading.Thread):
    """Calls `step` until stopped; waits where there was nothing to do, and outlives every database error."""

    def __init__(
        self, name: str, step: Callable[[], bool], stop: threading.Event, poll: float = POLL_SECONDS
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.step = step
        self.stop = stop
        self.poll = poll

    def run(self) -> None:
        while not self.stop.is_set():
            wait = self.once()
            if wait:
                self.stop.wait(wait)
        connections.close_all()

    def once(self) -> float:
        """One step; returns the seconds to wait before the next."""
        if current_mode() is not Mode.OPEN:
            return self.poll
        try:
            close_old_connections()
            return 0.0 if self.step() else self.poll
        except (DatabaseError, InterfaceError) as error:
            logger.warning("database not available", extra={"data": {"loop": self.name, "error": str(error)}})
            connections.close_all()
            return AFTER_ERROR_SECONDS
        except Exception:
            logger.exception("worker step failed", extra={"data": {"loop": self.name}})
            return AFTER_ERROR_SECONDS


def schedule_step(*, lane: str, share: services.Share = services.EVERYTHING) -> bool:
    claim = services.claim_due(timezone.now(), lane=lane, share=share)
    if claim is None:
        return False
    services.run_claim(claim)
    return True


class TaskLoop:
    """Runs waiting django-tasks. Looks before it locks: their worker takes the write lock on every poll."""

    def __init__(self) -> None:
        self.worker = TaskWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def step(self) -> bool:
        if not DBTaskResult.objects.ready().filter(backend_name="default").exists():
            return False
        self.worker.run()
        return False

    def stop(self) -> None:
        self.worker.running = False


class PortalWorker:
    """All loops together. `run` returns when `stop` is set and the running jobs ended, or `patience` seconds later.

    `share`: the jobs that are this worker's; another one takes the rest.
    """

    def __init__(self, share: services.Share = services.EVERYTHING) -> None:
        self.stop = threading.Event()
        self.share = share
        self.tasks = TaskLoop()
        self.loops = [Loop(lane, partial(schedule_step, lane=lane, share=share), self.stop) for lane in LANES]
        if share.has_tasks:
            self.loops.append(Loop("tasks", self.tasks.step, self.stop))

    def run(self, *, patience: float = 20.0) -> bool:
        """True where everything ended in time."""
        for loop in self.loops:
            loop.start()
        self.stop.wait()
        self.tasks.stop()
        for loop in self.loops:
            loop.join(timeout=patience)
        return not any(loop.is_alive() for loop in self.loops)

    def run_until_idle(self) -> None:
        """Everything that is due now, in this thread; for tests, and for setting up a new portal."""
        services.sync_schedule(timezone.now())
        while any(schedule_step(lane=lane, share=self.share) for lane in LANES):
            pass
        if self.share.has_tasks:
            self.tasks.step()
