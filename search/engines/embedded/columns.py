"""What filters and facets need of every document, as arrays in memory.

A snapshot never changes; `refreshed` makes the next one from the rows changed since. Rows are document rows of the
index file; removed documents leave a hole.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from search.engines.embedded.schema import ESTABLISHED, GONE, INDICATOR
from search.results import Measured

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)

PORTION = 20_000  # rows read at once
MEASUREMENT = np.dtype([("indicator", np.uint32), ("established", np.uint32), ("value", np.float32)])


@dataclass(frozen=True, slots=True)
class Pool:
    """Any number of values for each row: row → values[start : start + size]."""

    starts: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]
    values: npt.NDArray[Any]

    def gather(self, rows: Rows) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Places of all values of these rows, and for each place the index in `rows` it belongs to."""
        sizes = self.sizes[rows]
        owners = np.repeat(np.arange(len(rows)), sizes)
        return self.places(rows), owners

    def places(self, rows: Rows) -> npt.NDArray[np.int64]:
        """Places of all values of these rows."""
        sizes = self.sizes[rows]
        before = np.cumsum(sizes) - sizes
        places = np.repeat(self.starts[rows] - before, sizes)
        places += np.arange(len(places))
        return places

    def with_rows(self, rows: Rows, lengths: Rows, data: bytes, size: int) -> Pool:
        """The same with these rows replaced by data, so many bytes for each. What they held stays, unreachable."""
        sizes = lengths // self.values.dtype.itemsize
        starts = _resized(self.starts, size, 0)
        all_sizes = _resized(self.sizes, size, 0)
        starts[rows] = len(self.values) + np.cumsum(sizes) - sizes
        all_sizes[rows] = sizes
        return Pool(starts, all_sizes, np.concatenate([self.values, np.frombuffer(data, self.values.dtype)]))


def _resized(values: npt.NDArray[Scalar], size: int, fill: float) -> npt.NDArray[Scalar]:
    """A copy, longer where needed."""
    copy = np.full(max(size, len(values)), fill, values.dtype)
    copy[: len(values)] = values
    return copy


def _empty_pool(dtype: npt.DTypeLike) -> Pool:
    return Pool(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, dtype))


@dataclass(frozen=True, slots=True)
class Labels:
    """Facet values by number. Number 0 is never given out, so arrays by number begin with an unused place."""

    by_number: tuple[tuple[str, str], ...]
    numbers: Mapping[tuple[str, str], int]
    by_facet: Mapping[str, npt.NDArray[np.int64]]

    @classmethod
    def load(cls, connection: sqlite3.Connection) -> Labels:
        found = connection.execute("SELECT id, facet, value FROM label ORDER BY id").fetchall()
        by_number = [("", "")] * (found[-1][0] + 1 if found else 1)
        by_facet: dict[str, list[int]] = {}
        for number, facet, value in found:
            by_number[number] = (facet, value)
            by_facet.setdefault(facet, []).append(number)
        return cls(
            tuple(by_number),
            {label: number for number, label in enumerate(by_number) if number},
            {facet: np.array(numbers) for facet, numbers in by_facet.items() if not facet.startswith(":")},
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """All documents' attributes at one moment, named by the index's change counter."""

    change: int
    audience: npt.NDArray[np.int64]  # number of the audience; GONE for a hole
    published: npt.NDArray[np.int64]  # seconds
    boost: npt.NDArray[np.float32]
    facets: Pool
    measurements: Pool
    labels: Labels
    audiences: tuple[frozenset[str], ...]
    browsed: dict[bytes, npt.NDArray[np.int64]]  # counts of all that one kind of reader may find, once asked

    @classmethod
    def empty(cls) -> Columns:
        return cls(
            change=-1,
            audience=np.zeros(0, np.int64),
            published=np.zeros(0, np.int64),
            boost=np.zeros(0, np.float32),
            facets=_empty_pool(np.uint32),
            measurements=_empty_pool(MEASUREMENT),
            labels=Labels((), {}, {}),
            audiences=(),
            browsed={},
        )

    def refreshed(self, connection: sqlite3.Connection, change: int) -> Columns:
        """The snapshot at `change`, read in the transaction that this connection is in."""
        if change == self.change:
            return self
        read = _read_changes(connection, self.change)
        rows = read.rows
        size = max(len(self.audience), int(rows.max()) + 1 if len(rows) else 0)
        audience = _resized(self.audience, size, GONE)
        published = _resized(self.published, size, 0)
        boost = _resized(self.boost, size, 1.0)
        audience[rows], published[rows], boost[rows] = read.audience, read.published, read.boost
        return Columns(
            change=change,
            audience=audience,
            published=published,
            boost=boost,
            facets=self.facets.with_rows(rows, read.facet_bytes, read.facets, size),
            measurements=self.measurements.with_rows(rows, read.measurement_bytes, read.measurements, size),
            labels=Labels.load(connection),
            audiences=_load_audiences(connection),
            browsed={},
        )

    def readable(self, terms: frozenset[str]) -> Mask:
        """By audience number: may a reader with these terms find it? The last place stands for holes."""
        return np.fromiter(
            (*(not terms.isdisjoint(audience) for audience in self.audiences), False),
            np.bool_,
            len(self.audiences) + 1,
        )

    def visible(self, rows: Rows, terms: frozenset[str]) -> Rows:
        """Those of these rows that the reader may find. Rows newer than the snapshot are left out."""
        rows = rows[rows < len(self.audience)]
        return rows[self.readable(terms)[self.audience[rows]]]

    def all_visible(self, terms: frozenset[str]) -> Rows:
        return np.flatnonzero(self.readable(terms)[self.audience])

    def measured(self, rows: Rows, wanted: Iterable[Measured]) -> Mask:
        """Which of these rows improved every wanted indicator by at least so much."""
        mask = np.ones(len(rows), np.bool_)
        for each in wanted:
            # float32 rounding must not lose a document that has exactly what is asked
            mask &= self.best_measured(rows, each) >= np.float32(each.at_least)
        return mask

    def best_measured(self, rows: Rows, wanted: Measured) -> npt.NDArray[np.float32]:
        """For each row the best improvement that is asked for, however small; minus infinity where there is none."""
        places, owners = self.measurements.gather(rows)
        held = self.measurements.values[places]
        asked = held["indicator"] == self.labels.numbers.get((INDICATOR, wanted.indicator), 0)
        if wanted.established:
            ways = [self.labels.numbers.get((ESTABLISHED, way), 0) for way in wanted.established]
            asked &= np.isin(held["established"], ways)
        best = np.full(len(rows), -np.inf, np.float32)
        np.maximum.at(best, owners[asked], held["value"][asked])
        return best


@dataclass(frozen=True, slots=True)
class _Changes:
    """Rows of the attribute table, each column laid end to end."""

    rows: Rows
    audience: Rows
    published: Rows
    boost: npt.NDArray[np.float64]
    facet_bytes: Rows  # of each row
    facets: bytes
    measurement_bytes: Rows
    measurements: bytes


def _read_changes(connection: sqlite3.Connection, since: int) -> _Changes:
    """In portions: a million rows at once would be half a gigabyte of Python objects."""
    cursor = connection.execute(
        "SELECT row, audience, published, length(facets), length(measurements), boost, facets, measurements"
        " FROM attribute WHERE changed > ?",
        (since,),
    )
    numbers = [np.zeros((0, 5), np.int64)]
    boosts = [np.zeros(0)]
    facets, measurements = bytearray(), bytearray()
    while portion := cursor.fetchmany(PORTION):
        numbers.append(np.array([row[:5] for row in portion], np.int64))
        boosts.append(np.array([row[5] for row in portion]))
        facets += b"".join([row[6] for row in portion])
        measurements += b"".join([row[7] for row in portion])
    rows, audience, published, facet_bytes, measurement_bytes = np.concatenate(numbers).T
    return _Changes(
        rows,
        audience,
        published,
        np.concatenate(boosts),
        facet_bytes,
        bytes(facets),
        measurement_bytes,
        bytes(measurements),
    )


def _load_audiences(connection: sqlite3.Connection) -> tuple[frozenset[str], ...]:
    found = connection.execute("SELECT id, terms FROM audience ORDER BY id").fetchall()
    audiences: list[frozenset[str]] = [frozenset()] * (found[-1][0] + 1 if found else 0)
    for number, terms in found:
        audiences[number] = frozenset(json.loads(terms))
    return tuple(audiences)
