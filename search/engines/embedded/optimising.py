"""Tidying the live index by night: one segment of the full-text table, fresh statistics, an empty write-ahead log."""

from __future__ import annotations

import sqlite3

PAGES_AT_A_TIME = 500  # a tenth of a second of work or so; between two portions writers get their turn
ROWS_LOOKED_AT = 1_000  # of each index, for the statistics


def optimise(connection: sqlite3.Connection) -> None:
    """What 'optimize' does at once, in portions. Readers are never kept waiting: they read beside the log."""
    _merge(connection, "heading")
    connection.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
    connection.execute("PRAGMA optimize")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _merge(connection: sqlite3.Connection, table: str) -> None:
    """Merge all segments into one. A negative number begins it, and less than two changes say that it is done
    (SQLite's documentation of FTS5, "the merge command")."""
    statement = f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)"  # noqa: S608
    pages = -PAGES_AT_A_TIME
    while True:
        before = connection.total_changes
        connection.execute(statement, (pages,))
        if connection.total_changes - before < 2:
            return
        pages = PAGES_AT_A_TIME
