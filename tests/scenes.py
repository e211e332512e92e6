"""What hundreds of tests begin with: made once by the portal's own services, then put back as the rows that it left.

A portal's pages or an ecosystem with its people take tens of milliseconds to make and three to put back.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import connection, models
from time_machine import escape_hatch
from wagtail.models import Site

from portal.http.page_cache import bump_generation

T = TypeVar("T")
Rows = dict[str, list[tuple[Any, ...]]]


def scene(*alone: type[models.Model]) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Keep what a function without arguments makes, for the tests that begin as the first one did.

    It is made anew where that would not be the same: while the clock stands elsewhere, outside a transaction that is
    rolled back, or where one of the models `alone` has rows.
    """

    def keep(make: Callable[[], T]) -> Callable[[], T]:
        kept: dict[object, _Scene] = {}

        @functools.wraps(make)
        def put_back_or_make() -> T:
            if escape_hatch.is_travelling() or not will_be_rolled_back():
                return make()
            if any(model._default_manager.exists() for model in alone):
                return make()
            begin = numbers_given()
            if begin in kept:
                return kept[begin].put_back()
            before = all_rows()
            made = make()
            kept[begin] = _Scene(before, all_rows(), made)
            return made

        return put_back_or_make

    return keep


class _Scene:
    """The rows that came, changed and went, by table, and the objects."""

    def __init__(self, before: Rows, after: Rows, made: object) -> None:
        self.objects = pickle.dumps(made)
        self.added: Rows = {}
        self.changed: Rows = {}
        self.gone: Rows = {}
        for table in before | after:
            rows, old = after.get(table, []), before.get(table, [])
            key = key_of(table)
            known = {row[key]: row for row in old}
            still = {row[key] for row in rows}
            self.gone[table] = [row for row in old if row[key] not in still]
            self.added[table] = [row for row in rows if row[key] not in known]
            self.changed[table] = [row for row in rows if row[key] in known and known[row[key]] != row]

    def put_back(self) -> Any:
        with connection.cursor() as cursor:
            for table, rows in self.gone.items():
                for row in rows:
                    delete(cursor, table, row)
            for table, rows in self.added.items():
                for number in range(0, len(rows), 50):
                    insert(cursor, table, rows[number : number + 50])
            for table, rows in self.changed.items():
                for row in rows:
                    update(cursor, table, row)
        # What signals of the models would have said.
        bump_generation()
        Site.clear_site_root_paths_cache()
        return pickle.loads(self.objects)


def will_be_rolled_back() -> bool:
    """Whether all that this test writes goes at its end; what is committed could be put back twice."""
    return any(block._from_testcase for block in connection.atomic_blocks)


def numbers_given() -> object:
    """What tells one beginning from another: SQLite gives numbers again after a rollback, so rows could collide."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        return tuple(cursor.fetchall())


@functools.cache
def columns() -> dict[str, tuple[str, ...]]:
    """Of every table the names of its columns, in their order."""
    with connection.cursor() as cursor:
        return {
            name: tuple(
                column.name for column in connection.introspection.get_table_description(cursor, name)
            )
            for name in connection.introspection.table_names(cursor)
        }


@functools.cache
def key_of(table: str) -> int:
    """Which of `columns` is the primary key."""
    with connection.cursor() as cursor:
        (name,) = connection.introspection.get_primary_key_columns(cursor, table) or ("id",)
    return columns()[table].index(name)


def all_rows() -> Rows:
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table, names in columns().items():
            cursor.execute(f"SELECT {listed(names)} FROM {quoted(table)}")
            if found := cursor.fetchall():
                rows[table] = list(found)
    return rows


def insert(cursor: Any, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        names = columns()[table]
        places = f"({', '.join(['%s'] * len(names))})"
        cursor.execute(
            f"INSERT INTO {quoted(table)} ({listed(names)}) VALUES {', '.join([places] * len(rows))}",
            [value for row in rows for value in row],
        )


def update(cursor: Any, table: str, row: tuple[Any, ...]) -> None:
    names = columns()[table]
    values = ", ".join(f"{quoted(name)} = %s" for name in names)
    key = key_of(table)
    cursor.execute(f"UPDATE {quoted(table)} SET {values} WHERE {quoted(names[key])} = %s", [*row, row[key]])


def delete(cursor: Any, table: str, row: tuple[Any, ...]) -> None:
    key = key_of(table)
    cursor.execute(f"DELETE FROM {quoted(table)} WHERE {quoted(columns()[table][key])} = %s", [row[key]])


def listed(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names))


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
