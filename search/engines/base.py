"""The port that every search engine answers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from search.documents import SearchDocument
from search.results import Explanation, Hit, Query, Results, Suggestion

# "unreachable": the engine itself doesn't answer, so nothing is known of its index and nothing can be mended now.
HealthStatus = Literal["ok", "missing", "corrupt", "other-analyser", "unreachable"]


class SearchUnavailable(Exception):
    """The engine can't answer: no index, a broken one, one of another analyser, or too slow.

    The only exception that leaves an engine on purpose; callers fall back on it.
    """


class Refused(Exception):
    """Some documents of a batch were not taken, for a reason of their own; the others were.

    `reasons`: what was wrong, by document id. `applied`: how many of the others were newer than what the index held.
    """

    def __init__(self, reasons: Mapping[str, str], applied: int = 0) -> None:
        super().__init__("; ".join(f"{identity}: {reason}" for identity, reason in reasons.items())[:1_000])
        self.reasons = dict(reasons)
        self.applied = applied


@dataclass(frozen=True, slots=True)
class Write:
    """A document as it stood when outbox row `version` was written."""

    document: SearchDocument
    version: int


@dataclass(frozen=True, slots=True)
class Removal:
    """A document that was gone when outbox row `version` was written. Its version stays behind as a tombstone."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Health:
    """How the index is. `version` is the highest outbox id applied; `detail` is for logs."""

    status: HealthStatus
    documents: int = 0
    version: int = 0
    fingerprint: str = ""
    is_rebuilding: bool = False
    detail: str = ""

    @property
    def is_ok(self) -> bool:
        return self.status == "ok"


@dataclass(frozen=True, slots=True)
class VocabularyWord:
    """A word as it stands in documents, folded, and in how many of those the reader may find."""

    word: str
    documents: int


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document in the index; `digest` is `SearchDocument.digest()` of what was written."""

    id: str
    version: int
    digest: str


class Engine(Protocol):
    """Any engine. Every method but `health` raises SearchUnavailable when the index can't be used.

    `timeout`: how many seconds the caller can wait for the engine, where that is less than the engine's own deadline.
    """

    name: str
    is_remote: bool  # whether it answers over a network; else its work is done in this process

    def write(self, batch: Iterable[Write], *, timeout: float | None = None) -> int:
        """Add or replace documents; return how many were newer than what the index held. They are found at once.

        Raises Refused where single documents can't be taken, after all others were.
        """

    def delete(self, batch: Iterable[Removal], *, timeout: float | None = None) -> int:
        """Remove documents; return how many removals were newer than what the index held. They are gone at once."""

    def search(self, query: Query, *, timeout: float | None = None) -> Results:
        """One page of results. Never raises on what a person typed."""

    def scan(self, query: Query) -> Iterator[Hit]:
        """Every hit of a query, each once, in the order of its pages as far as these reach; for exports.

        `page`, `page_size` and `facets` don't matter. Takes as long as it takes. What changes meanwhile may or may not
        be among them; a hit that the reader may no longer find is left out.
        """

    def suggest(
        self, prefix: str, audience: frozenset[str], limit: int = 8, *, timeout: float | None = None
    ) -> tuple[Suggestion, ...]:
        """Titles and words that continue what was typed, from documents that this audience may find."""

    def explain(self, query: Query, identity: str, *, timeout: float | None = None) -> Explanation | None:
        """Why this document has its place for this query; None where the query's audience may not find it.

        For who runs the search: `search.explaining` does the work, an engine hands over what it alone knows.
        """

    def rebuild(self, stream: Iterable[SearchDocument], version: int | None = None) -> int:
        """Build a new index beside the live one and swap; return the number of documents.

        `version` is the highest outbox id at the moment the stream was opened: anything written to the live index
        with a higher version is carried over. Without it, the live index's own version at the start is taken.
        """

    def vocabulary(self, audience: frozenset[str]) -> Iterable[VocabularyWord]:
        """All words in documents that this audience may find."""

    def contents(self) -> Iterable[Indexed]:
        """What the index holds, for reconciling with the database."""

    def optimise(self) -> None:
        """Tidy the live index for faster searches, at a quiet time; changes no answer and takes up to minutes.

        Searches and writes go on meanwhile. A rebuild leaves an index tidy; changes scatter it. Raises
        SearchUnavailable.
        """

    def health(self) -> Health:
        """Never raises."""

    def close(self) -> None:
        """Let go of files and connections; the engine may be used again afterwards."""
