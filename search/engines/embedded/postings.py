"""Which documents hold which term, and where in them: the inverted index.

Rows of documents are parted in spans of 16,384. A blob for each span and term holds a 16-bit number for each document:
its row within the span times four, plus where the term stands. All that a search needs of a term comes in a few blobs
that numpy reads as they are; FTS5 gives one row at a time, which takes ten times as long to read and to write.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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


class _Numbering(dict[str, int]):
    """Gives every new term the next number."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Postings:
    """The terms of some documents, and for each of them its numbers: a document's index times four plus the place."""

    terms: tuple[str, ...]
    sizes: npt.NDArray[np.int64]  # how many of the numbers are each term's
    numbers: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, documents: Iterable[Mapping[str, int]] = ()) -> Postings:
        """Of documents one after the other, from the places of their terms."""
        numbering = _Numbering()
        found, numbers = array("I"), array("I")
        for index, places in enumerate(documents):
            first = index << PLACE_BITS
            found.extend(map(numbering.__getitem__, places))
            numbers.extend([first + place for place in places.values()])
        terms = np.array(found, np.uint16 if len(numbering) < 1 << 16 else np.uint32)  # few are sorted fast
        order = np.argsort(terms, kind="stable")
        sizes = np.bincount(terms, minlength=len(numbering)).astype(np.int64)
        return cls(tuple(numbering), sizes, np.array(numbers, np.uint32)[order])


class Changes:
    """Terms of documents to add and to take out, gathered in memory until `store`."""

    def __init__(self) -> None:
        self._added: dict[int, dict[str, bytearray]] = {}  # span → term → numbers
        self._removed: dict[tuple[int, str], set[int]] = {}

    def add(self, first: int, postings: Postings) -> None:
        """Terms of documents in consecutive rows, from `first`."""
        span, start = first >> SPAN_BITS, (first & SPAN - 1) << PLACE_BITS
        numbers = postings.numbers.astype(np.int64) + start
        if not len(numbers) or numbers.max() < LIMIT:
            self._extend(span, postings.terms, postings.sizes, numbers)
            return
        terms = np.repeat(np.arange(len(postings.terms)), postings.sizes)
        for number in range(int(numbers.max()) // LIMIT + 1):
            here = numbers // LIMIT == number
            sizes = np.bincount(terms[here], minlength=len(postings.terms))
            self._extend(span + number, postings.terms, sizes, numbers[here] % LIMIT)

    def _extend(
        self, span: int, terms: Sequence[str], sizes: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64]
    ) -> None:
        held = self._added.setdefault(span, {})
        data = numbers.astype(np.uint16).tobytes()
        start = 0
        for term, end in zip(terms, (2 * np.cumsum(sizes)).tolist(), strict=True):
            if term in held:
                held[term] += data[start:end]
            elif start < end:
                held[term] = bytearray(data[start:end])
            start = end

    def remove(self, row: int, postings: Postings) -> None:
        """The terms of one document, which was stored earlier or added here."""
        span, start = row >> SPAN_BITS, (row & SPAN - 1) << PLACE_BITS
        held = self._added.get(span, {})
        for term, place in zip(postings.terms, postings.numbers.tolist(), strict=True):
            added = array("H", bytes(held.get(term, b"")))
            if start + place in added:
                added.remove(start + place)
                held[term] = bytearray(added.tobytes())
            else:
                self._removed.setdefault((span, term), set()).add(start + place)

    def counts(self) -> Counter[str]:
        """In how many documents more, or fewer, each term stands."""
        found: Counter[str] = Counter()
        for held in self._added.values():
            for term, numbers in held.items():
                found[term] += len(numbers) // 2
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
                [(span, term, bytes(held[term])) for term in sorted(held) if held[term]],
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
