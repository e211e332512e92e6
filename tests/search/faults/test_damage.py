"""A node that restarts, an index that is gone, an alias to nowhere, an older mapping: found, told and mended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from search import jobs
from search.engine import breaker_state, close_engine, engine
from search.engines.base import SearchUnavailable
from search.indexing import upkeep
from search.models import SearchEvent
from tests.factories.pages import Portal, make_knowledge
from tests.search.faults.conftest import EMPTY, remove_indices, use_elasticsearch
from tests.search.faults.stub import Stub
from tests.search.faults.truth import held, truth

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.elasticsearch]
NOTICE = "De zoekmachine is even niet bereikbaar."


@pytest.fixture
def filled(server: Stub, live_tree: Portal) -> Stub:
    """A server with a true index of three pages."""
    for number in range(3):
        make_knowledge(live_tree, f"Zonnebloempit {number}")
    jobs.relay()
    assert held() == truth() and len(truth()) == 3
    return server


@pytest.fixture
def ask(settings: Any) -> Callable[..., Any]:
    """Do something to the node behind our back, as an operator might; the answer as JSON."""

    def do(method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{os.environ['TEST_ELASTICSEARCH_URL']}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)

    return do


def indices(ask: Callable[..., Any], prefix: str) -> list[str]:
    return sorted(ask("GET", f"{prefix}-2*/_alias"))


def delete_index(ask: Callable[..., Any], prefix: str) -> None:
    for name in indices(ask, prefix):
        ask("DELETE", name)


def alias_to_nowhere(ask: Callable[..., Any], prefix: str) -> None:
    """The read alias is taken away, or stands on an index that isn't ours."""
    (live,) = indices(ask, prefix)
    ask("POST", "_aliases", {"actions": [{"remove": {"index": live, "alias": f"{prefix}-read"}}]})


def alias_to_another(ask: Callable[..., Any], prefix: str) -> None:
    alias_to_nowhere(ask, prefix)
    ask("PUT", f"{prefix}-20200101-vreemd", {"aliases": {f"{prefix}-read": {}}})


def older_mapping(ask: Callable[..., Any], prefix: str) -> None:
    (live,) = indices(ask, prefix)
    meta = ask("GET", f"{live}/_mapping")[live]["mappings"]["_meta"]
    ask("PUT", f"{live}/_mapping", {"_meta": {**meta, "schema": 0}})


def other_analyser(ask: Callable[..., Any], prefix: str) -> None:
    (live,) = indices(ask, prefix)
    meta = ask("GET", f"{live}/_mapping")[live]["mappings"]["_meta"]
    ask("PUT", f"{live}/_mapping", {"_meta": {**meta, "fingerprint": "ander"}})


every_damage = pytest.mark.parametrize(
    "damage", [delete_index, alias_to_nowhere, alias_to_another, older_mapping, other_analyser]
)


@every_damage
@pytest.mark.parametrize("mend", ["worker", "command"])
def test_damage_is_told_and_mended(
    filled: Stub,
    client: Client,
    settings: Any,
    ask: Callable[..., Any],
    damage: Callable[..., None],
    mend: str,
) -> None:
    damage(ask, settings.ELASTICSEARCH_INDEX)
    close_engine()  # as any other process sees it
    part = client.get("/readyz").json()["parts"]["search"]
    assert part["status"] == "degraded"
    assert part["detail"].partition(",")[0] in ("missing", "corrupt", "other-analyser")
    text = client.get("/zoeken/?q=zonnebloempit").content.decode()
    assert NOTICE in text and "Zonnebloempit 1" in text
    with pytest.raises(CommandError, match="search_rebuild"):
        call_command("search_reconcile", stdout=StringIO())
    if mend == "worker":
        jobs.rebuild_if_needed()
    else:
        call_command("search_rebuild", stdout=StringIO())
    assert engine().health().is_ok
    assert held() == truth()
    assert NOTICE not in client.get("/zoeken/?q=zonnebloempit").content.decode()
    assert len(indices(ask, settings.ELASTICSEARCH_INDEX)) == 1


def test_a_change_is_kept_while_there_is_no_index(
    filled: Stub, live_tree: Portal, settings: Any, ask: Callable[..., Any]
) -> None:
    delete_index(ask, settings.ELASTICSEARCH_INDEX)
    make_knowledge(live_tree, "Kwartelei")
    assert SearchEvent.objects.exists()
    assert indices(ask, settings.ELASTICSEARCH_INDEX) == []  # writing makes no index by accident
    jobs.rebuild_if_needed()
    jobs.relay()
    assert held() == truth() and len(truth()) == 4


def test_a_rebuild_that_mends_nothing_is_not_repeated_at_once(
    filled: Stub, settings: Any, ask: Callable[..., Any]
) -> None:
    """A server that reads well and takes no index: tried, and then left alone for a while."""
    delete_index(ask, settings.ELASTICSEARCH_INDEX)
    filled.only = lambda request: request.method == "PUT"
    filled.fault = "503"
    with pytest.raises(SearchUnavailable):
        jobs.rebuild_if_needed()
    asked = sum(request.method == "PUT" for request in filled.seen)
    for _ in range(5):
        jobs.rebuild_if_needed()
    assert sum(request.method == "PUT" for request in filled.seen) == asked


# --- a node of our own, to be killed


@pytest.fixture
def node(project_root: Path, tmp_path: Path, settings: Any, words: Path) -> Iterator[Node]:
    made = Node(project_root.parent / "shared" / "elasticsearch" / "start", tmp_path / "node")
    made.start()
    prefix = use_elasticsearch(settings, made.url)
    engine().rebuild(EMPTY, 0)
    yield made
    close_engine()
    remove_indices(made.url, prefix)
    made.kill()


class Node:
    """A real server with its data in a directory, which outlives it."""

    def __init__(self, start: Path, data: Path) -> None:
        if not start.is_file():
            pytest.skip(f"{start} ontbreekt: een eigen zoekserver om te laten omvallen")
        self.command = [sys.executable, str(start), "--data", str(data), "--heap", "256m", "--foreground"]
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [*self.command, "--port", str(self.port)], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        address = self.process.stdout.readline().strip()
        assert address, "the node did not start"
        self.port = int(address.rpartition(":")[2])

    def kill(self) -> None:
        """The server itself, without a chance to finish anything."""
        assert self.process is not None
        for pid in _children(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait(20)


def _children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in found.stdout.split()]


@pytest.mark.slow
def test_a_node_that_loses_power_comes_back_with_all_it_said_yes_to(
    node: Node, live_tree: Portal, client: Client
) -> None:
    make_knowledge(live_tree, "Zonnebloempit")
    jobs.relay()
    assert held() == truth() and not SearchEvent.objects.exists()
    node.kill()
    text = client.get("/zoeken/?q=zonnebloempit").content.decode()
    assert NOTICE in text and "Zonnebloempit" in text
    page = make_knowledge(live_tree, "Kwartelei")
    assert client.get(page.url).status_code == 200
    assert client.get("/readyz").json()["parts"]["search"]["status"] == "degraded"
    assert not upkeep.rebuild_if_needed()
    node.start()
    started = time.monotonic()
    while SearchEvent.objects.exists():
        assert time.monotonic() - started < 60
        jobs.rebuild_if_needed()
        jobs.relay()
        time.sleep(min(breaker_state().retry_in, 0.5))
    assert held() == truth() and len(truth()) == 2
    assert NOTICE not in client.get("/zoeken/?q=zonnebloempit").content.decode()
    assert client.get("/readyz").json()["parts"]["search"]["status"] == "ok"
