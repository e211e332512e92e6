from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.background import jobs, services
from portal.background.models import Schedule
from portal.background.worker import Loop, PortalWorker
from portal.http import maintenance
from tests.portal.background import sample_tasks

pytestmark = pytest.mark.django_db(transaction=True)


def wait_for(condition, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_the_worker_does_what_is_due_and_what_was_enqueued(only_jobs):
    ran = []
    only_jobs(name="quick", every=timedelta(hours=1))(lambda: ran.append("quick"))
    only_jobs(name="slow", every=timedelta(hours=1), lane="slow")(lambda: ran.append("slow"))
    sample_tasks.ran.clear()
    sample_tasks.note.enqueue("taak")
    PortalWorker().run_until_idle()
    assert ran == ["quick", "slow"]
    assert sample_tasks.ran == ["taak"]
    assert Schedule.objects.filter(last_finished_at=None).count() == 0


def test_a_slow_job_does_not_hold_up_a_quick_one(only_jobs):
    release = threading.Event()
    quick_ran = threading.Event()
    only_jobs(name="slow", every=timedelta(hours=1), lane="slow")(lambda: release.wait(10))
    only_jobs(name="quick", every=timedelta(hours=1))(quick_ran.set)
    services.sync_schedule(timezone.now())
    worker = PortalWorker()
    runner = threading.Thread(target=worker.run)
    runner.start()
    try:
        assert quick_ran.wait(5)
        assert not release.is_set()
    finally:
        release.set()
        worker.stop.set()
        runner.join(10)
    assert not runner.is_alive()


def test_two_workers_share_the_work_by_part(only_jobs):
    ran = []
    for name in ("search.relay", "search.rebuild", "searching.other", "mail.send"):
        only_jobs(name=name, every=timedelta(hours=1), lane="slow" if name.endswith("rebuild") else "quick")(
            lambda name=name: ran.append(name)
        )
    sample_tasks.ran.clear()
    sample_tasks.note.enqueue("taak")
    PortalWorker(services.Share(only=frozenset({"search"}))).run_until_idle()
    assert sorted(ran) == ["search.rebuild", "search.relay"]
    assert sample_tasks.ran == []
    PortalWorker(services.Share(without=frozenset({"search"}))).run_until_idle()
    assert sorted(ran[2:]) == ["mail.send", "searching.other"]
    assert sample_tasks.ran == ["taak"]


@pytest.mark.parametrize("option", ["--only", "--without"])
def test_a_part_that_does_not_exist_is_refused(only_jobs, minute, option):
    only_jobs(name="search.relay", every=minute)(lambda: None)
    with pytest.raises(CommandError, match=r"hoort bij serach. Kies uit: search."):
        call_command("worker", option, "serach", "--once")
    call_command("worker", option, "search", "--once")
    assert Schedule.objects.get().last_finished_at is None or option == "--only"


def test_a_loop_outlives_a_failing_step_and_a_database_error(only_jobs):
    from django.db import OperationalError

    def locked() -> bool:
        raise OperationalError("database is locked")

    def broken() -> bool:
        raise KeyError("x")

    stop = threading.Event()
    assert Loop("locked", locked, stop).once() == 5.0
    assert Loop("broken", broken, stop).once() == 5.0
    assert Loop("idle", lambda: False, stop).once() == 1.0
    assert Loop("busy", lambda: True, stop).once() == 0.0


def test_nothing_runs_during_maintenance(only_jobs, settings, tmp_path):
    settings.MAINTENANCE_FLAG = tmp_path / "maintenance"
    maintenance.set_mode(maintenance.Mode.READ_ONLY)
    ran = []
    loop = Loop("quick", lambda: bool(ran.append(1)), threading.Event())
    assert loop.once() == 1.0
    assert ran == []
    maintenance.set_mode(maintenance.Mode.OPEN)
    loop.once()
    assert ran == [1]


def test_a_task_of_a_killed_worker_is_done_again_but_not_for_ever():
    sample_tasks.ran.clear()
    long_ago = timezone.now() - timedelta(hours=1)
    for word, tries in (("weer", 1), ("te vaak", 3)):
        sample_tasks.note.enqueue(word)
        DBTaskResult.objects.filter(args_kwargs__args__0=word).update(
            status="RUNNING", started_at=long_ago, worker_ids=["w"] * tries
        )
    sample_tasks.note.enqueue("bezig")
    DBTaskResult.objects.filter(args_kwargs__args__0="bezig").update(
        status="RUNNING", started_at=timezone.now()
    )
    jobs.take_over_tasks()
    assert dict(DBTaskResult.objects.values_list("args_kwargs__args__0", "status")) == {
        "weer": "READY",
        "te vaak": "FAILED",
        "bezig": "RUNNING",
    }
    PortalWorker().tasks.step()
    assert sample_tasks.ran == ["weer"]


def address_of_test_database() -> str:
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def hold_write_lock() -> sqlite3.Connection | None:
    """As a long write of somebody else; PostgreSQL has no such lock."""
    if connection.vendor != "sqlite":
        return None
    holder = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    return holder


@pytest.fixture
def worker_process():
    """The real command in a process of its own, on this test's database."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "DATABASE_URL": address_of_test_database(),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    started: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker"], env=environment, cwd=settings.BASE_DIR
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_the_command_works_survives_a_lock_and_stops_on_sigterm(worker_process):
    process = worker_process()
    name = "background.take-over-tasks"
    assert wait_for(lambda: Schedule.objects.filter(name=name).exclude(last_finished_at=None).exists())

    # Somebody holds the write lock; the worker waits and then goes on.
    holder = hold_write_lock()
    before = Schedule.objects.get(name=name).last_finished_at
    time.sleep(1.5)
    assert process.poll() is None
    if holder is not None:
        holder.execute("ROLLBACK")
        holder.close()
    services.wake(name)
    assert wait_for(lambda: Schedule.objects.get(name=name).last_finished_at > before)

    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


@pytest.mark.slow
def test_a_kill_leaves_nothing_that_a_new_worker_cannot_take_up(worker_process):
    process = worker_process()
    name = "background.take-over-tasks"
    assert wait_for(lambda: Schedule.objects.filter(name=name).exclude(last_finished_at=None).exists())
    process.kill()
    process.wait()
    # As a kill in the middle of a run leaves it: locked, and the next time far away.
    now = timezone.now()
    Schedule.objects.filter(name=name).update(
        locked_until=now, locked_by="dead", last_finished_at=None, next_run_at=now + timedelta(days=1)
    )
    again = worker_process()
    assert wait_for(lambda: Schedule.objects.get(name=name).last_finished_at is not None)
    assert Schedule.objects.get(name=name).locked_until is None
    again.send_signal(signal.SIGINT)
    assert again.wait(10) == 0
