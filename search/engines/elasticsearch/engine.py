"""The Elasticsearch engine behind the port."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import TypeVar

from search.allowance import seconds_for_call
from search.documents import SearchDocument
from search.dutch.analyser import Analyser, get_analyser
from search.engines.base import Health, Indexed, Removal, SearchUnavailable, VocabularyWord, Write
from search.engines.elasticsearch import lease, reading
from search.engines.elasticsearch.condition import examine
from search.engines.elasticsearch.connection import Address, Clock, Connection, Guard, Interrupted, Missing
from search.engines.elasticsearch.indices import Indices, Shape
from search.engines.elasticsearch.pages import material_of
from search.engines.elasticsearch.rebuilding import build, lift_block
from search.engines.elasticsearch.scanning import scan
from search.engines.elasticsearch.searching import search
from search.engines.elasticsearch.sources import prepare, tombstone
from search.engines.elasticsearch.statistics import Remembered, Statistics
from search.engines.elasticsearch.suggesting import suggest
from search.engines.elasticsearch.writing import Blocked, Line, Outcome, send
from search.explaining import explain, query_to_ask, searched
from search.results import Explanation, Hit, Query, Results, Suggestion

logger = logging.getLogger(__name__)
T = TypeVar("T")

DEADLINE = 1.5  # seconds for one search
WRITE_DEADLINE = 30.0  # seconds for one batch
SCAN_DEADLINE = 3_600.0
HEALTH_DEADLINE = 2.0
TIDYING_DEADLINE = 3_600.0
CHECKED_FOR = 5.0  # seconds that we trust the live index to be of our making
PAUSE = 0.1  # seconds before a change is tried on what became live
FORGOTTEN_BLOCK = 3  # tries after which we look whether anybody is still rebuilding


class ElasticsearchEngine:
    """An index on a server of its own. One object a process; safe between threads.

    `prefix`: of the names of all indices and aliases. `words`: a directory for the word list of the analyser. `guard`:
    asked before each request to the server and told how it went.
    """

    name = "elasticsearch"
    is_remote = True

    def __init__(
        self,
        address: Address,
        prefix: str,
        words: Path | None,
        *,
        shape: Shape | None = None,
        deadline: float = DEADLINE,
        guard: Guard | None = None,
    ) -> None:
        self._connection = Connection(address, guard)
        self._indices = Indices(self._connection, prefix, shape or Shape())
        self._words = words
        self._deadline = deadline
        self._remembered = Remembered()
        self._lock = Lock()
        self._checked_until = 0.0

    # --- reading

    def search(self, query: Query, *, timeout: float | None = None) -> Results:
        analyser = self._analyser  # loading its words doesn't count: it would never get done
        clock = Clock(seconds_for_call(self._deadline, timeout), is_patient=timeout is None)
        self._check(clock)
        statistics = Statistics(self._indices.live, clock, query.audience, analyser, self._remembered)
        return self._forgetting(lambda: search(statistics, query))

    def scan(self, query: Query) -> Iterator[Hit]:
        self._check(Clock(WRITE_DEADLINE))
        clock = Clock(SCAN_DEADLINE)
        statistics = Statistics(self._indices.live, clock, query.audience, self._analyser, self._remembered)
        return scan(statistics, query)

    def suggest(
        self, prefix: str, audience: frozenset[str], limit: int = 8, *, timeout: float | None = None
    ) -> tuple[Suggestion, ...]:
        clock = Clock(seconds_for_call(self._deadline, timeout), is_patient=timeout is None)
        self._check(clock)
        return self._forgetting(lambda: suggest(self._indices.live, clock, prefix, audience, limit))

    def explain(self, query: Query, identity: str, *, timeout: float | None = None) -> Explanation | None:
        results = self.search(query_to_ask(query), timeout=timeout)
        terms = searched(query, results, self._analyser).terms()
        clock = Clock(seconds_for_call(self._deadline, timeout), is_patient=timeout is None)
        statistics = Statistics(self._indices.live, clock, query.audience, self._analyser, self._remembered)
        material = self._forgetting(lambda: material_of(statistics, identity, terms))
        return explain(query, results, material, self._analyser) if material else None

    def vocabulary(self, audience: frozenset[str]) -> Iterable[VocabularyWord]:
        self._check(Clock(WRITE_DEADLINE))
        return list(reading.vocabulary(self._indices.live, audience))

    def contents(self) -> Iterable[Indexed]:
        self._check(Clock(WRITE_DEADLINE))
        return list(reading.contents(self._indices.live))

    # --- writing

    def write(self, batch: Iterable[Write], *, timeout: float | None = None) -> int:
        clock = Clock(min(WRITE_DEADLINE, timeout or WRITE_DEADLINE), is_patient=timeout is None)
        writes = list(batch)
        prepared = prepare([each.document for each in writes], self._analyser)
        return self._change(
            [
                Line(document.id, each.version, document.line(each.version))
                for document, each in zip(prepared, writes, strict=True)
            ],
            clock,
        )

    def delete(self, batch: Iterable[Removal], *, timeout: float | None = None) -> int:
        clock = Clock(min(WRITE_DEADLINE, timeout or WRITE_DEADLINE), is_patient=timeout is None)
        return self._change([Line(each.id, each.version, tombstone(each.version)) for each in batch], clock)

    def rebuild(self, stream: Iterable[SearchDocument], version: int | None = None) -> int:
        try:
            return build(self._indices, stream, version, self._analyser, self._words)
        finally:
            self._forget()

    def optimise(self) -> None:
        clock = Clock(TIDYING_DEADLINE)
        self._check(clock)
        name = self._indices.read_alias
        self._connection.ask(
            clock, lambda client: client.indices.forcemerge(index=name, only_expunge_deletes=True)
        )

    # --- how it is

    def health(self) -> Health:
        try:
            return examine(self._indices, Clock(HEALTH_DEADLINE))
        except Exception as error:  # the promise: never raises, whatever the server answers
            logger.exception("the search index can't be examined")
            return Health("unreachable", detail=str(error))

    def close(self) -> None:
        self._forget()
        self._remembered.features.clear()
        self._connection.close()

    def size_in_bytes(self) -> int:
        """What the live index takes on the server's disks."""
        name = self._indices.read_alias
        found = self._connection.ask(
            Clock(WRITE_DEADLINE), lambda client: client.indices.stats(index=name, metric="store")
        )
        return int(found["_all"]["total"]["store"]["size_in_bytes"])

    def remove(self) -> None:
        """Take away every index of this prefix: for indices that were made to be thrown away."""
        clock = Clock(WRITE_DEADLINE)
        for name in [*self._indices.all(clock), self._indices.control]:
            self._indices.remove(clock, name)
        self._forget()

    # ---

    @property
    def _analyser(self) -> Analyser:
        return get_analyser(self._words)

    def _check(self, clock: Clock) -> None:
        """Raises SearchUnavailable unless the live index was made by this analyser."""
        if time.monotonic() < self._checked_until:
            return
        meta = self._indices.meta(clock)
        if not meta.is_ours:
            raise SearchUnavailable("the index was made by another analyser: rebuild it")
        with self._lock:
            self._checked_until = time.monotonic() + CHECKED_FOR

    def _forget(self) -> None:
        self._remembered.forget()
        with self._lock:
            self._checked_until = 0.0

    def _forgetting(self, ask: Callable[[], T]) -> T:
        """Again on the next index when a rebuild swapped meanwhile; one that fails is looked at afresh by the next."""
        try:
            try:
                return ask()
            except (Interrupted, Missing):
                self._forget()
                return ask()
        except SearchUnavailable:
            self._forget()
            raise

    def _change(self, lines: list[Line], clock: Clock) -> int:
        """Write to the live index, and to one that is being built; again on the next one when a rebuild swapped."""
        self._check(clock)
        tries = 0
        while True:
            behind = self._indices.behind(clock)
            if not behind.live:
                raise Missing("there is no search index")
            try:
                outcome = send(self._connection, clock, behind.live, lines, refresh=True)
            except (Blocked, Missing):
                tries += 1
                if tries % FORGOTTEN_BLOCK == 0 and not lease.is_held(self._indices, clock):
                    lift_block(self._indices, clock, behind.live)
                time.sleep(min(PAUSE, clock.left()))
                continue
            finally:
                self._remembered.forget()
            for other in behind.written:
                if other != behind.live:
                    self._write_ahead(other, lines, clock)
            return outcome.check()

    def _write_ahead(self, index: str, lines: list[Line], clock: Clock) -> Outcome | None:
        """Into the index being built, which is not read yet; what fails here is carried over later."""
        try:
            return send(self._connection, clock, index, lines, refresh=False)
        except SearchUnavailable as error:
            logger.info("a change waits for the end of the rebuild", extra={"data": {"error": str(error)}})
            return None
