"""Which documents hold which term, and where in them: the inverted index.

Rows of documents are parted in spans of 16,384. A blob for each span and term holds a 16-bit number for each document:
its row within the span times four, plus where the term stands. All that a search needs of a term comes in a few blobs
that numpy reads as they are; FTS5 gives one row at a time, which takes ten times as long to read and to write.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from search import stages

SPAN_BITS, PLACE_BITS = 14, 2
SPAN = 1 << SPAN_BITS
LIMIT = SPAN << PLACE_BITS  # of the numbers in a span
# By place: only as a part or keyword, in the body, in the title, in both.
SHARES = stages.ANYWHERE + np.array([0.0, stages.IN_BODY, stages.IN_TITLE, stages.IN_BODY + stages.IN_TITLE])

Floats = npt.NDArray[np.float64]


def weigh(connection: sqlite3.Connection, weights: Mapping[str, float], rows: int) -> Floats:
    """For each of so many rows the sum of the weights of these terms, by where they stand in it; 0 without any."""
    if not weights or not rows:
        return np.zeros(rows)
    spans = ",".join(map(str, range((rows - 1 >> SPAN_BITS) + 1)))
    marks = ",".join("?" * len(weights))
    found = connection.execute(
        f"SELECT span, term, places FROM posting WHERE span IN ({spans}) AND term IN ({marks})",  # noqa: S608
        tuple(weights),
    ).fetchall()
    places = np.frombuffer(b"".join([blob for _, _, blob in found]), np.uint16)
    sizes = [len(blob) // 2 for _, _, blob in found]
    firsts = np.repeat(np.array([span << SPAN_BITS for span, _, _ in found], np.int64), sizes)
    worth = np.repeat(np.array([weights[term] for _, term, _ in found], np.float64), sizes)
    worth *= SHARES.take(places & 3)
    return np.bincount(firsts + (places >> PLACE_BITS), worth, rows)[:rows].astype(np.float64, copy=False)


class Changes:
    """Terms of documents to add and to take out, gathered in memory until `store`."""

    def __init__(self) -> None:
        self._added: dict[int, dict[str, array[int]]] = {}  # span → term → numbers
        self._removed: dict[tuple[int, str], set[int]] = {}

    def add(self, first: int, postings: Mapping[str, Sequence[int]]) -> None:
        """Terms of consecutive rows, from `first`: for each the document's number times four plus the place."""
        span, start = first >> SPAN_BITS, (first & SPAN - 1) << PLACE_BITS
        last = max((numbers[-1] for numbers in postings.values()), default=0)
        if start + last >= LIMIT:
            beyond = {
                term: [number + start - LIMIT for number in numbers if number + start >= LIMIT]
                for term, numbers in postings.items()
            }
            self._extend(span + 1, 0, beyond)
            postings = {
                term: [number for number in numbers if number + start < LIMIT]
                for term, numbers in postings.items()
            }
        self._extend(span, start, postings)

    def _extend(self, span: int, start: int, postings: Mapping[str, Sequence[int]]) -> None:
        held = self._added.setdefault(span, {})
        for term, numbers in postings.items():
            if term in held:
                held[term].extend([start + number for number in numbers])
            elif numbers:
                held[term] = array("H", [start + number for number in numbers])

    def remove(self, row: int, postings: Mapping[str, Sequence[int]]) -> None:
        """The terms of one document, which was stored earlier or added here."""
        span, start = row >> SPAN_BITS, (row & SPAN - 1) << PLACE_BITS
        held = self._added.get(span, {})
        for term, (place,) in postings.items():
            if term in held and start + place in held[term]:
                held[term].remove(start + place)
            else:
                self._removed.setdefault((span, term), set()).add(start + place)

    def counts(self) -> Counter[str]:
        """In how many documents more, or fewer, each term stands."""
        found: Counter[str] = Counter()
        for held in self._added.values():
            for term, numbers in held.items():
                found[term] += len(numbers)
        for (_, term), gone in self._removed.items():
            found[term] -= len(gone)
        return found

    def store(self, connection: sqlite3.Connection) -> None:
        for (span, term), gone in self._removed.items():
            _take_out(connection, span, term, gone)
        for span, held in sorted(self._added.items()):
            connection.executemany(
                "INSERT INTO posting (span, term, places) VALUES (?, ?, ?) ON CONFLICT (span, term) DO UPDATE"
                " SET places = CAST(places || excluded.places AS BLOB)",
                [(span, term, held[term].tobytes()) for term in sorted(held) if held[term]],
            )
        self._added.clear()
        self._removed.clear()


def _take_out(connection: sqlite3.Connection, span: int, term: str, gone: set[int]) -> None:
    found = connection.execute(
        "SELECT places FROM posting WHERE (span, term) = (?, ?)", (span, term)
    ).fetchone()
    if found is None:
        return
    held = np.frombuffer(found[0], np.uint16)
    left = held[~np.isin(held, list(gone))]
    if len(left):
        connection.execute(
            "UPDATE posting SET places = ? WHERE (span, term) = (?, ?)", (left.tobytes(), span, term)
        )
    else:
        connection.execute("DELETE FROM posting WHERE (span, term) = (?, ?)", (span, term))
