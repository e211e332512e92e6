"""Filters and facet counts over the rows that match a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.engines.embedded.columns import Columns, Rows
from search.results import FacetCount, Query

MAX_KINDS_OF_READERS = 64  # whose counts are kept
MAX_VALUES = 500  # of one facet that are shown at all


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The rows left after all filters, and the counts."""

    rows: Rows
    facets: Mapping[str, tuple[FacetCount, ...]]


def browse(columns: Columns, query: Query) -> Narrowed:
    """All that the reader may find, with its counts; these are kept for the next reader of the same kind."""
    rows = columns.all_visible(query.audience)
    kind = columns.readable(query.audience).tobytes()
    counts = columns.browsed.get(kind)
    if counts is None:
        places = columns.facets.places(rows)
        counts = np.bincount(columns.facets.values[places], minlength=len(columns.labels.by_number))
        if len(columns.browsed) < MAX_KINDS_OF_READERS:
            columns.browsed[kind] = counts
    wanted = tuple(columns.labels.by_facet) if query.facets is None else query.facets
    facets = {facet: _facet(columns, facet, counts, ()) for facet in wanted}
    return Narrowed(rows, facets)


def narrow(columns: Columns, rows: Rows, query: Query) -> Narrowed:
    """Apply the filters: OR inside a facet, AND between. A facet's counts leave out its own filter."""
    if not query.measured and not any(query.filters.values()):
        return _unfiltered(columns, rows, query)
    places, owners = columns.facets.gather(rows)
    numbers = columns.facets.values[places]
    basis = np.ones(len(rows), np.bool_)
    if query.measured:
        basis = columns.measured(rows, query.measured)
    filters = {
        facet: _holding(columns, numbers, owners, len(rows), facet, values)
        for facet, values in query.filters.items()
        if values
    }
    everything = basis.copy()
    for mask in filters.values():
        everything &= mask
    counts: dict[str, tuple[FacetCount, ...]] = {}
    wanted = tuple(columns.labels.by_facet) if query.facets is None else query.facets
    if wanted:
        complete = _count(columns, numbers, owners, everything)
        for facet in wanted:
            found = complete
            if facet in filters:
                others = basis.copy()
                for name, mask in filters.items():
                    if name != facet:
                        others &= mask
                found = _count(columns, numbers, owners, others)
            counts[facet] = _facet(columns, facet, found, query.filters.get(facet, ()))
    return Narrowed(rows[everything], counts)


def _unfiltered(columns: Columns, rows: Rows, query: Query) -> Narrowed:
    wanted = tuple(columns.labels.by_facet) if query.facets is None else query.facets
    facets: dict[str, tuple[FacetCount, ...]] = {}
    if wanted:
        numbers = columns.facets.values[columns.facets.places(rows)]
        counts = np.bincount(numbers, minlength=len(columns.labels.by_number))
        facets = {facet: _facet(columns, facet, counts, ()) for facet in wanted}
    return Narrowed(rows, facets)


def preference(
    columns: Columns, rows: Rows, preferred: Mapping[str, tuple[str, ...]]
) -> npt.NDArray[np.float64]:
    """For each row the share of the preferred facets of which it has a value, 0 to 1."""
    share = np.zeros(len(rows))
    wanted = {facet: values for facet, values in preferred.items() if values}
    if wanted:
        places, owners = columns.facets.gather(rows)
        numbers = columns.facets.values[places]
        for facet, values in wanted.items():
            share += _holding(columns, numbers, owners, len(rows), facet, values)
        share /= len(wanted)
    return share


def _holding(
    columns: Columns,
    numbers: npt.NDArray[np.uint32],
    owners: npt.NDArray[np.int64],
    size: int,
    facet: str,
    values: Iterable[str],
) -> npt.NDArray[np.bool_]:
    """Which rows have one of these values. An unknown value is had by none."""
    wanted = np.zeros(max(len(columns.labels.by_number), 1), np.bool_)
    for value in values:
        number = columns.labels.numbers.get((facet, value))
        if number is not None:
            wanted[number] = True
    mask = np.zeros(size, np.bool_)
    mask[owners[wanted[numbers]]] = True
    return mask


def _count(
    columns: Columns,
    numbers: npt.NDArray[np.uint32],
    owners: npt.NDArray[np.int64],
    mask: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """Rows by value number. A row has each value once."""
    counted = numbers if mask.all() else numbers[mask[owners]]
    return np.bincount(counted, minlength=len(columns.labels.by_number))


def _facet(
    columns: Columns, facet: str, found: npt.NDArray[np.int64], selected: Iterable[str]
) -> tuple[FacetCount, ...]:
    chosen = frozenset(selected)
    numbers = columns.labels.by_facet.get(facet)
    if numbers is None:
        return ()
    counts = found[numbers]
    order = np.argsort(-counts, kind="stable")
    values = [
        FacetCount(value := columns.labels.by_number[numbers[place]][1], int(counts[place]), value in chosen)
        for place in order.tolist()
        if counts[place] > 0
    ]
    values.sort(key=lambda count: (-count.count, count.value))
    return tuple(values[:MAX_VALUES])
