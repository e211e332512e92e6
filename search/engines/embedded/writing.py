"""Changes to one index file. All of it runs inside a transaction that the caller holds."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from search.analysis import AnalysedDocument, analyse_document
from search.documents import SearchDocument
from search.dutch.analyser import Analyser
from search.dutch.fold import words_of
from search.engines.embedded import schema
from search.engines.embedded.columns import MEASUREMENT
from search.engines.embedded.postings import Changes, Postings
from search.engines.embedded.schema import ESTABLISHED, GONE, INDICATOR
from search.payload import from_payload, published_seconds, to_payload


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is costly to compute of one document, so that other processes can do it."""

    payload: str
    digest: str
    heading: str
    features: bytes


@dataclass(slots=True)
class Counts:
    """What consecutive documents add to the index's terms, words and counters, or take from them."""

    documents: int = 0
    passages: int = 0
    length: float = 0.0
    postings: Postings = field(default_factory=Postings.of)
    words: dict[frozenset[str], Counter[str]] = field(default_factory=dict)  # by the audience that reads them

    def add(self, document: SearchDocument, analysed: AnalysedDocument) -> None:
        self.documents += 1
        self.passages += analysed.passages
        self.length += analysed.length
        self.words.setdefault(document.audience, Counter()).update(analysed.words)


def prepare(documents: Iterable[SearchDocument], analyser: Analyser) -> tuple[list[Prepared], Counts]:
    """The costly part of indexing; touches no index."""
    counts = Counts()
    prepared = []
    places = []
    for document in documents:
        analysed = analyse_document(document, analyser)
        counts.add(document, analysed)
        places.append(analysed.places())
        prepared.append(
            Prepared(
                to_payload(document),
                document.digest(),
                " ".join(words_of(f"{document.title} {document.organisation}")),
                analysed.features,
            )
        )
    counts.postings = Postings.of(places)
    return prepared, counts


class IndexWriter:
    """Writes to one connection within one transaction; `finish` stores the terms and counts of all that changed."""

    def __init__(self, connection: sqlite3.Connection, analyser: Analyser) -> None:
        self._connection = connection
        self._analyser = analyser
        meta = schema.read_meta(connection)
        self._counters = {key: meta[key] for key in schema.COUNTERS}
        self._counters["change"] += 1
        self._next_row = connection.execute("SELECT coalesce(max(row), 0) + 1 FROM attribute").fetchone()[0]
        self._labels: dict[tuple[str, str], int] = {}
        self._audiences: dict[frozenset[str], int] = {}
        self._postings = Changes()
        self._words: Counter[tuple[str, int]] = Counter()

    def write(self, document: SearchDocument, version: int) -> bool:
        """Add or replace; False when the index holds something newer. Unchanged content only gets the version."""
        stored = self._stored(document.id)
        if stored is not None and stored[1] > version or self._tombstone(document.id) > version:
            return False
        self._seen(version)
        if stored is not None and stored[2] == document.digest():
            self._connection.execute("UPDATE document SET version = ? WHERE row = ?", (version, stored[0]))
            return True
        row = self._next_row
        if stored is not None:
            row = stored[0]
            self._remove(row, stored[3])
        else:
            self._next_row += 1
        self._connection.execute("DELETE FROM tombstone WHERE id = ?", (document.id,))
        prepared, counts = prepare([document], self._analyser)
        self._insert(row, [document], prepared, version)
        self._count(counts, 1)
        self._postings.add(row, counts.postings)
        return True

    def delete(self, identity: str, version: int) -> bool:
        """Remove and leave a tombstone; False when the index holds something newer."""
        stored = self._stored(identity)
        if stored is not None and stored[1] > version or self._tombstone(identity) > version:
            return False
        self._seen(version)
        self._connection.execute(
            "INSERT OR REPLACE INTO tombstone (id, version) VALUES (?, ?)", (identity, version)
        )
        if stored is not None:
            self._remove(stored[0], stored[3])
            self._connection.execute(
                "INSERT OR REPLACE INTO attribute VALUES (?, ?, ?, 0, 1.0, x'', x'')",
                (stored[0], self._counters["change"], GONE),
            )
        return True

    def add(
        self, documents: Sequence[SearchDocument], prepared: Sequence[Prepared], counts: Counts, version: int
    ) -> None:
        """Insert documents that the index does not hold."""
        first = self._next_row
        self._next_row += len(documents)
        self._insert(first, documents, prepared, version)
        self._count(counts, 1)
        self._postings.add(first, counts.postings)

    def _insert(
        self, first: int, documents: Sequence[SearchDocument], prepared: Sequence[Prepared], version: int
    ) -> None:
        """Into consecutive rows. What is counted, and the terms, are the caller's."""
        rows = list(enumerate(zip(documents, prepared, strict=True), first))
        insert = self._connection.executemany
        insert(
            "INSERT INTO document (row, id, version, digest, title, url, payload) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(row, each.id, version, made.digest, each.title, each.url, made.payload)
             for row, (each, made) in rows],
        )  # fmt: skip
        insert(
            "INSERT INTO feature (row, data) VALUES (?, ?)", [(row, made.features) for row, (_, made) in rows]
        )
        insert(
            "INSERT INTO heading (rowid, words) VALUES (?, ?)",
            [(row, made.heading) for row, (_, made) in rows],
        )
        change = self._counters["change"]
        insert(
            "INSERT OR REPLACE INTO attribute VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(row, change, self._audience(each.audience), published_seconds(each), each.boost,
              self._facets(each), self._measurements(each)) for row, (each, _) in rows],
        )  # fmt: skip

    def finish(self) -> None:
        """Store the counters: of terms, of words by audience, of the whole."""
        terms = self._postings.counts()
        self._postings.store(self._connection)
        execute_many = self._connection.executemany
        execute_many(
            "INSERT INTO term VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET documents = documents + excluded.documents",
            sorted(terms.items()),
        )
        change = self._counters["change"]
        execute_many(
            "INSERT INTO vocabulary VALUES (?, ?, ?, ?) ON CONFLICT (word, audience) DO UPDATE"
            " SET documents = documents + excluded.documents",
            [(*key, count, change) for key, count in sorted(self._words.items()) if count],
        )
        gone = [(term,) for term, count in terms.items() if count < 0]
        execute_many("DELETE FROM term WHERE term = ? AND documents <= 0", gone)
        gone = [(word,) for (word, _), count in self._words.items() if count < 0]
        execute_many("DELETE FROM vocabulary WHERE word = ? AND documents <= 0", gone)
        schema.write_meta(self._connection, self._counters)
        self._words.clear()

    def _stored(self, identity: str) -> tuple[int, int, str, str] | None:
        found: tuple[int, int, str, str] | None = self._connection.execute(
            "SELECT row, version, digest, payload FROM document WHERE id = ?", (identity,)
        ).fetchone()
        return found

    def _tombstone(self, identity: str) -> int:
        found = self._connection.execute("SELECT version FROM tombstone WHERE id = ?", (identity,)).fetchone()
        return int(found[0]) if found else -1

    def _seen(self, version: int) -> None:
        self._counters["version"] = max(self._counters["version"], version)

    def _remove(self, row: int, payload: str) -> None:
        """Take a document out. Its terms are what the same analyser makes of it again."""
        (prepared,), counts = prepare([from_payload(payload)], self._analyser)
        execute = self._connection.execute
        execute(
            "INSERT INTO heading (heading, rowid, words) VALUES ('delete', ?, ?)", (row, prepared.heading)
        )
        execute("DELETE FROM document WHERE row = ?", (row,))
        execute("DELETE FROM feature WHERE row = ?", (row,))
        self._count(counts, -1)
        self._postings.remove(row, counts.postings)

    def _count(self, counts: Counts, sign: int) -> None:
        self._counters["documents"] += sign * counts.documents
        self._counters["passages"] += sign * counts.passages
        self._counters["length"] += sign * counts.length
        words = self._words
        for audience, found in counts.words.items():
            reader = self._audience(audience)
            for word, count in found.items():
                words[word, reader] += sign * count

    def _facets(self, document: SearchDocument) -> bytes:
        chosen = [("type", document.type)]
        chosen += [
            (facet, value) for facet, values in document.facets.items() if facet != "type" for value in values
        ]
        numbers = [self._label(facet, value) for facet, value in dict.fromkeys(chosen)]
        return array("I", numbers).tobytes()

    def _measurements(self, document: SearchDocument) -> bytes:
        rows = [
            (
                self._label(INDICATOR, each.indicator),
                self._label(ESTABLISHED, each.established),
                each.improvement,
            )
            for each in document.measurements
        ]
        return np.array(rows, MEASUREMENT).tobytes()

    def _label(self, facet: str, value: str) -> int:
        number = self._labels.get((facet, value))
        if number is None:
            number = self._number("label", "facet, value", (facet, value))
            self._labels[facet, value] = number
        return number

    def _audience(self, terms: frozenset[str]) -> int:
        number = self._audiences.get(terms)
        if number is None:
            number = self._number("audience", "terms", (json.dumps(sorted(terms)),))
            self._audiences[terms] = number
        return number

    def _number(self, table: str, columns: str, values: Sequence[str]) -> int:
        """The number of this name, given out when it is new."""
        marks = ", ".join("?" * len(values))
        insert = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
        select = f"SELECT id FROM {table} WHERE ({columns}) = ({marks})"  # noqa: S608
        self._connection.execute(insert, values)
        found = self._connection.execute(select, values).fetchone()
        return int(found[0])


def stored_ids(connection: sqlite3.Connection, identities: Iterable[str]) -> set[str]:
    """Which of these ids the index holds."""
    wanted = list(identities)
    marks = ",".join("?" * len(wanted))
    return {row[0] for row in connection.execute(f"SELECT id FROM document WHERE id IN ({marks})", wanted)}  # noqa: S608
