"""The worker's own housekeeping."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.background.registry import job

TASK_TERM = timedelta(minutes=15)
MAX_TRIES = 3
KEEP_FINISHED = timedelta(days=14)


@job(name="background.take-over-tasks", every=timedelta(minutes=5))
def take_over_tasks() -> None:
    """A killed worker's task stays "running" for ever, since django-tasks repeats nothing. Ours may be repeated."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - TASK_TERM)
    for task in lost:
        again = len(task.worker_ids) < MAX_TRIES
        # Conditional, in case it ended just now.
        DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at).update(
            status="READY" if again else "FAILED",
            finished_at=None if again else timezone.now(),
        )


@job(name="background.forget-finished-tasks", at="03:40")
def forget_finished_tasks() -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_FINISHED).delete()


@job(name="background.forget-old-sessions", at="03:50")
def forget_old_sessions() -> None:
    SessionStore.clear_expired()
