"""A new index built beside the live one, then swapped in one step."""

from __future__ import annotations

import contextlib
import itertools
import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from search import preparing
from search.documents import SearchDocument
from search.dutch.analyser import Analyser
from search.engines.base import SearchUnavailable
from search.engines.elasticsearch.asking import Json
from search.engines.elasticsearch.connection import Clock
from search.engines.elasticsearch.indices import Index, Indices
from search.engines.elasticsearch.lease import Lease
from search.engines.elasticsearch.mapping import SCHEMA_VERSION
from search.engines.elasticsearch.pages import document_of
from search.engines.elasticsearch.reading import contents, walk
from search.engines.elasticsearch.sources import prepare, tombstone
from search.engines.elasticsearch.writing import Line, Outcome, send
from search.preparing import prepared_chunks

logger = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds for one request
MERGE_PATIENCE = 3_600.0
CARRIED_AT_ONCE = 200
FAREWELL = 0.1  # seconds for who was just on his way to the old index
LONGEST_FAREWELL = 50  # times


def build(
    indices: Indices,
    stream: Iterable[SearchDocument],
    version: int | None,
    analyser: Analyser,
    lexicon: Path | None,
) -> int:
    """Fill a new index, carry over what was written meanwhile, make it live. Returns the number of documents."""
    lease = Lease(indices)
    with lease.hold():
        rebuild = _Rebuild.begin(indices, version, lease)
        rebuild.fill(stream, analyser, lexicon)
        return rebuild.swap(analyser)


@dataclass(slots=True)
class _Rebuild:
    indices: Indices
    lease: Lease
    live: str  # empty where nothing can be carried over from it
    replaced: str
    name: str
    base: int  # changes with a higher version are carried over
    version: int  # that documents of the stream get
    held: dict[str, str] = field(default_factory=dict)  # digests by id, of a rebuild that broke off

    @classmethod
    def begin(cls, indices: Indices, version: int | None, lease: Lease) -> _Rebuild:
        """Go on with an index that a broken rebuild left, or make one; the rest of what it left is removed."""
        clock = Clock(PATIENCE)
        live = indices.behind(clock).live
        metas = indices.all(clock)
        readable = live if live and metas[live].schema == SCHEMA_VERSION else ""
        if version is None:
            version = _highest_version(indices, metas[live].base_version) if readable else 0
        left = sorted(name for name in metas if name != live)
        continued = next((name for name in reversed(left) if readable and metas[name].is_ours), "")
        for name in left:
            if name != continued:
                indices.remove(clock, name)
        if not continued:
            name = indices.create(clock, version)
            return cls(indices, lease, readable, live, name, version, version)
        logger.info("going on with a rebuild that broke off", extra={"data": {"index": continued}})
        index = Index(indices.connection, continued)
        index.refresh(clock)
        held = {found.id: found.digest for found in contents(index)}
        base = min(metas[continued].base_version, version)
        return cls(indices, lease, readable, live, continued, base, version, held)

    @property
    def index(self) -> Index:
        return Index(self.indices.connection, self.name)

    def fill(self, stream: Iterable[SearchDocument], analyser: Analyser, lexicon: Path | None) -> None:
        """All documents of the stream, each id once: the first wins. What the index holds already is skipped."""
        left = dict(self.held)
        chunks = prepared_chunks(self._fresh_chunks(stream, left), prepare, analyser, lexicon)
        outcome = Outcome()
        for chunk in chunks:
            outcome.add(self._send(Line(each.id, self.version, each.line(self.version)) for each in chunk))
        # Written by the rebuild that broke off, and not among the documents any more.
        outcome.add(self._send(Line(each, self.version, tombstone(self.version)) for each in left))
        if outcome.refused:
            logger.error(
                "documents were left out of the search index",
                extra={"data": {"count": len(outcome.refused), "ids": sorted(outcome.refused)[:20]}},
            )

    def _fresh_chunks(
        self, stream: Iterable[SearchDocument], left: dict[str, str]
    ) -> Iterator[list[SearchDocument]]:
        seen: set[str] = set()
        documents = iter(stream)
        while chunk := list(itertools.islice(documents, preparing.CHUNK)):
            fresh = []
            for document in chunk:
                if document.id not in seen:
                    seen.add(document.id)
                    left.pop(document.id, None)
                    known = self.held.get(document.id)
                    if known is None or known != document.digest():
                        fresh.append(document)
            if fresh:
                yield fresh

    def _send(self, lines: Iterable[Line]) -> Outcome:
        return send(self.indices.connection, Clock(PATIENCE), self.name, lines, refresh=False)

    def swap(self, analyser: Analyser) -> int:
        """Stop changes to the live index, take over those made meanwhile, and let the new one take its place."""
        connection, clock = self.indices.connection, Clock(MERGE_PATIENCE)
        # While nobody asks it yet; small changes later make segments that the server puts together by itself.
        self.index.merge(clock)
        self.indices.change_settings(
            clock,
            self.name,
            refresh_interval=self.indices.shape.refresh,
            number_of_replicas=self.indices.shape.replicas,
        )
        with self._writes_blocked():
            if self.live:
                Index(connection, self.live).refresh(clock)
                self._carry_over(analyser)
            self.index.refresh(clock)
            self.lease.confirm()
            self.indices.swap(clock, self.replaced, self.name)
        self._remove_replaced(clock)
        (found,) = self.index.searches(
            clock, [{"size": 0, "track_total_hits": True, "query": {"term": {"gone": False}}}]
        )
        return int(found["hits"]["total"]["value"])

    def _remove_replaced(self, clock: Clock) -> None:
        """Once the searches that began on it have ended. Where that fails, the next rebuild removes it."""
        if not self.replaced:
            return
        with contextlib.suppress(SearchUnavailable):
            for _ in range(LONGEST_FAREWELL):
                time.sleep(FAREWELL)
                if not self.indices.is_searched(clock, self.replaced):
                    break
            self.indices.remove(clock, self.replaced)

    @contextlib.contextmanager
    def _writes_blocked(self) -> Iterator[None]:
        """Who writes meanwhile is refused, and tries again on what is live then."""
        if not self.replaced:
            yield
            return
        connection, live = self.indices.connection, self.replaced
        connection.ask(Clock(PATIENCE), lambda client: client.indices.add_block(index=live, block="write"))
        try:
            yield
        except BaseException:
            with contextlib.suppress(SearchUnavailable):
                lift_block(self.indices, Clock(PATIENCE), live)
            raise

    def _carry_over(self, analyser: Analyser) -> None:
        newer: Json = {
            "query": {"range": {"version": {"gt": self.base}}},
            "stored_fields": ["payload"],
            "docvalue_fields": ["id", "version", "gone"],
        }
        found = walk(self.indices.connection, self.live, newer, CARRIED_AT_ONCE)
        while portion := list(itertools.islice(found, CARRIED_AT_ONCE)):
            lines = []
            for hit in portion:
                version = int(hit["fields"]["version"][0])
                if hit["fields"]["gone"][0]:
                    lines.append(Line(hit["_id"], version, tombstone(version)))
                else:
                    (prepared,) = prepare([document_of(hit)], analyser)
                    lines.append(Line(prepared.id, version, prepared.line(version)))
            self._send(lines)


def _highest_version(indices: Indices, base: int) -> int:
    return highest_version(indices.live, Clock(PATIENCE), base)


def highest_version(index: Index, clock: Clock, base: int) -> int:
    """The highest outbox id that this index knows of."""
    (found,) = index.searches(clock, [{"size": 0, "aggs": {"version": {"max": {"field": "version"}}}}])
    return max(base, int(found["aggregations"]["version"]["value"] or 0))


def lift_block(indices: Indices, clock: Clock, index: str) -> None:
    indices.change_settings(clock, index, **{"index.blocks.write": None})
