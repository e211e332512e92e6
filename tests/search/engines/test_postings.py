"""The inverted index by itself: rows across spans, and documents that come and go in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from search.engines.embedded.postings import SPAN, Changes, Postings, weigh


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:")
    opened.execute("CREATE TABLE posting (span, term, places BLOB, PRIMARY KEY (span, term)) WITHOUT ROWID")
    yield opened
    opened.close()


def rows_with(connection: sqlite3.Connection, term: str, rows: int) -> dict[int, float]:
    """The rows that hold the term, with their weights."""
    found = weigh(connection, {term: 1.0}, rows)
    return {int(row): float(found[row]) for row in found.nonzero()[0]}


def test_documents_on_both_sides_of_a_span(connection: sqlite3.Connection) -> None:
    changes = Changes()
    changes.add(SPAN - 2, Postings.of([{"a": 0}, {"a": 1, "b": 2}, {"a": 3}, {"b": 1}]))
    assert changes.counts() == {"a": 3, "b": 2}
    changes.store(connection)
    assert rows_with(connection, "a", 2 * SPAN) == {SPAN - 2: 1.0, SPAN - 1: 1.5, SPAN: 2.5}
    assert rows_with(connection, "b", 2 * SPAN) == {SPAN - 1: 2.0, SPAN + 1: 1.5}
    assert rows_with(connection, "c", 2 * SPAN) == {}


def test_weights_of_terms_add_up(connection: sqlite3.Connection) -> None:
    changes = Changes()
    changes.add(0, Postings.of([{"a": 1}, {"b": 2}, {"a": 0, "b": 0}]))
    changes.store(connection)
    assert weigh(connection, {"a": 2.0, "b": 10.0}, 4).tolist() == [3.0, 20.0, 12.0, 0.0]
    assert weigh(connection, {}, 3).tolist() == [0.0, 0.0, 0.0]
    assert weigh(connection, {"a": 1.0}, 0).tolist() == []


def test_taken_out_and_added_again_in_one_transaction_and_in_two(connection: sqlite3.Connection) -> None:
    old, new = Postings.of([{"a": 1, "b": 1}]), Postings.of([{"a": 2, "c": 0}])
    changes = Changes()
    changes.add(5, old)
    changes.remove(5, old)
    changes.add(5, new)
    assert +changes.counts() == {"a": 1, "c": 1}
    changes.store(connection)
    assert rows_with(connection, "a", 9) == {5: 2.0}
    changes.remove(5, new)
    changes.add(5, old)
    assert changes.counts() == {"a": 0, "b": 1, "c": -1}
    changes.store(connection)
    assert (rows_with(connection, "a", 9), rows_with(connection, "c", 9)) == ({5: 1.5}, {})
    changes.remove(5, old)
    changes.store(connection)
    assert connection.execute("SELECT count(*) FROM posting").fetchone() == (0,)
