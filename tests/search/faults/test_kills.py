"""The worker killed at random moments, as a machine that loses power: nothing is lost and nothing is there twice."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from portal.background.models import Schedule
from portal.background.services import Share, sync_schedule
from portal.background.worker import PortalWorker
from search.documents import sources
from search.engine import close_engine, engine
from search.engines.base import Engine
from search.indexing import relay
from search.indexing.outbox import record_documents
from search.models import SearchEvent
from tests.factories.pages import Portal
from tests.search.faults.truth import Editors, held, truth

KILLS = 30
LONGEST_LIFE = 0.6  # seconds
NOBODY = "http://127.0.0.1:1"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class Elsewhere:
    """The index out of this process' reach, so that everything is left to the worker; `there` brings it back."""

    def __init__(self, settings: Any, tmp_path: Path) -> None:
        self.settings = settings
        self.there = (settings.SEARCH_INDEX_DIR, getattr(settings, "ELASTICSEARCH_URL", []))
        self.nowhere = (tmp_path / "nowhere", [NOBODY])

    def go(self, where: tuple[Any, Any]) -> None:
        close_engine()
        self.settings.SEARCH_INDEX_DIR, self.settings.ELASTICSEARCH_URL = where


@pytest.fixture
def elsewhere(either: Engine, live_tree: Portal, settings: Any, tmp_path: Path) -> Elsewhere:
    return Elsewhere(settings, tmp_path)


def start_worker(elsewhere: Elsewhere, spoil: Callable[[], None]) -> int:
    """A process of its own, with the index within reach; its number. It runs until it is killed."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            elsewhere.go(elsewhere.there)
            spoil()
            PortalWorker(Share(only=frozenset({"search"}))).run()
        finally:
            os._exit(0)
    return pid


def as_if_time_passed() -> None:
    """A killed worker's jobs are taken over when their term is over; here at once."""
    sync_schedule(timezone.now())
    Schedule.objects.update(locked_until=None, locked_by="", next_run_at=timezone.now())
    SearchEvent.objects.update(next_attempt_at=timezone.now())


def change_much(editors: Editors) -> None:
    """A few things that people do, and one that touches every page."""
    for _ in range(3):
        editors.event()
    for code, source in sources().items():
        record_documents(code, source.model._default_manager.values_list("pk", flat=True))


def kill_workers(
    elsewhere: Elsewhere, editors: Editors, chance: random.Random, spoil: Callable[[], None]
) -> int:
    """Thirty lives of a worker; returns how many of them ended while it worked."""
    interrupted = 0
    for _ in range(KILLS):
        change_much(editors)
        as_if_time_passed()
        pid = start_worker(elsewhere, spoil)
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        interrupted += Schedule.objects.filter(name="search.relay").exclude(locked_by="").exists()
    return interrupted


def work_to_the_end(elsewhere: Elsewhere, seconds: float = 60.0) -> None:
    as_if_time_passed()
    pid = start_worker(elsewhere, lambda: None)
    end = time.monotonic() + seconds
    while SearchEvent.objects.exists() and time.monotonic() < end:
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    elsewhere.go(elsewhere.there)


def test_killed_at_thirty_moments_nothing_is_lost_and_nothing_double(
    elsewhere: Elsewhere, live_tree: Portal
) -> None:
    elsewhere.go(elsewhere.nowhere)
    editors = Editors(live_tree, seed=21, pages=60)
    interrupted = kill_workers(elsewhere, editors, random.Random(5), lambda: None)
    assert interrupted >= KILLS // 5
    work_to_the_end(elsewhere)
    assert not SearchEvent.objects.exists()
    assert held() == truth()
    assert set(Counter(found.id for found in engine().contents()).values()) == {1}
    assert engine().health().documents == len(truth())


def test_a_relay_that_forgets_too_early_would_be_noticed(
    elsewhere: Elsewhere, live_tree: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same lives, with a worker that takes rows away before the index has them: this loses changes."""
    carefully = relay._relay

    def forget_first(rows: Any, patience: Any) -> Any:
        events = list(rows)
        SearchEvent.objects.filter(pk__in=[event.pk for event in events]).delete()
        return carefully(events, patience)  # type: ignore[arg-type]

    def spoil() -> None:
        monkeypatch.setattr(relay, "_relay", forget_first)

    elsewhere.go(elsewhere.nowhere)
    editors = Editors(live_tree, seed=22, pages=60)
    chance = random.Random(6)
    for _ in range(KILLS):
        page = editors.create()
        as_if_time_passed()
        pid = start_worker(elsewhere, spoil)
        while SearchEvent.objects.filter(object_id=page.pk).exists():
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.02))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    work_to_the_end(elsewhere)
    assert held() != truth()
