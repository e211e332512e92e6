"""Copying all tables of a portal from SQLite to an empty PostgreSQL database, and proving that they are the same.

Copied by the models' own columns, so that each value passes through Django's reading of SQLite and writing of
PostgreSQL. Tables that are made from others (Wagtail's own search index) are made anew instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.operations.postgres import analyze

SOURCE = "default"
TARGET = "move_target"
BATCH = 500
# Derived from other tables, and of another shape in each kind of database.
DERIVED_APPS = frozenset({"modelsearch", "wagtailsearch"})
# Filled by `migrate` itself.
BOOKKEEPING_TABLES = frozenset({"django_migrations", "sqlite_sequence"})


class MoveError(Exception):
    """A move that can't begin or went wrong; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class TableState:
    """How many rows a table has, and a sum over their contents that doesn't depend on their order."""

    rows: int
    checksum: str


def connect_target(config: dict[str, Any]) -> BaseDatabaseWrapper:
    """Open the target beside the portal's own database. Raises MoveError where it isn't an empty PostgreSQL database."""
    complete = connections.configure_settings({"default": dict(config)})["default"]
    complete["CONN_MAX_AGE"] = None
    connections.settings[TARGET] = complete
    target = connections[TARGET]
    if connections[SOURCE].vendor != "sqlite" or target.vendor != "postgresql":
        raise MoveError("Verhuizen gaat van SQLite (DATABASE_URL van nu) naar PostgreSQL (--to).")
    try:
        tables = target.introspection.table_names()
    except DatabaseError as error:
        raise MoveError(f"De nieuwe database is niet te bereiken: {error}") from error
    if tables:
        raise MoveError(
            f"De nieuwe database is niet leeg: er staan {len(tables)} tabellen in. Er is niets veranderd."
        )
    return target


def moved_models() -> list[type[models.Model]]:
    """Every model with a table of its own, and the tables behind many-to-many fields."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and not model._meta.swapped
        and model._meta.app_label not in DERIVED_APPS
    ]


def forgotten_tables() -> list[str]:
    """Tables of the source that no model stands for; a move would lose them without a word."""
    known = {model._meta.db_table for model in moved_models()}
    for app_label in DERIVED_APPS & set(apps.app_configs):
        known |= {model._meta.db_table for model in apps.get_app_config(app_label).get_models()}
    return [
        name
        for name in connections[SOURCE].introspection.table_names()
        if name not in known | BOOKKEEPING_TABLES and not is_full_text_part(name, known)
    ]


def is_full_text_part(name: str, known: set[str]) -> bool:
    """SQLite keeps a full-text table in several others, such as …_fts_data."""
    return any(name.startswith(f"{table}_") for table in known if table.endswith("_fts"))


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return list(model._meta.local_concrete_fields)


def rows_of(model: type[models.Model], alias: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in columns(model)]
    queryset = model._base_manager.using(alias).order_by("pk")
    return queryset.values_list(*names).iterator(chunk_size=BATCH)


def state_of(model: type[models.Model], alias: str) -> TableState:
    rows = total = 0
    for row in rows_of(model, alias):
        rows += 1
        digest = hashlib.sha256(json.dumps(row, default=plainly, sort_keys=True).encode()).digest()
        total = (total + int.from_bytes(digest, "big")) % 2**256
    return TableState(rows, f"{total:064x}")


def plainly(value: Any) -> str:
    """A value that JSON doesn't know, written the same way whichever database it came from."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    if hasattr(value, "normalize"):
        return str(value.normalize())
    return str(value)


def copy_table(model: type[models.Model], target: BaseDatabaseWrapper) -> None:
    fields = columns(model)
    quote = target.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - names of our own
    rows = rows_of(model, SOURCE)
    with target.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(statement, [prepared(fields, row, target) for row in batch])


def prepared(
    fields: list[models.Field[Any, Any]], row: tuple[Any, ...], target: BaseDatabaseWrapper
) -> list[Any]:
    return [
        field.get_db_prep_save(value, connection=target) for field, value in zip(fields, row, strict=True)
    ]


def move(target: BaseDatabaseWrapper, url: str, say: Callable[[str], None]) -> dict[str, TableState]:
    """Make tables, copy all rows in one transaction, set the counters, compare; after an error the target is empty."""
    if forgotten := forgotten_tables():
        raise MoveError(
            f"Deze tabellen hoort niemand toe; verhuizen zou ze verliezen: {', '.join(forgotten)}."
        )
    moved = moved_models()
    try:
        say("Tabellen maken.")
        make_tables(url)
        # With SQLite's immediate transactions this holds the write lock: whoever still writes waits or fails, so that
        # what is compared is what was copied.
        with transaction.atomic(using=SOURCE):
            with transaction.atomic(using=TARGET):
                empty(target, moved)
                for model in moved:
                    copy_one(model, target)
                reset_counters(target, moved)
            say(f"{len(moved)} tabellen gekopieerd; nu vergelijken.")
            analyze(target)
            return compare(moved)
    except BaseException:
        drop_everything(target)
        raise


def make_tables(url: str) -> None:
    """In a process of its own whose database is the target: Wagtail's migrations write to the default database only."""
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    result = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, manage, "migrate", "--no-input", "--verbosity", "0"],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise MoveError(f"De tabellen zijn niet te maken: {result.stderr.strip()[-500:]}")


def copy_one(model: type[models.Model], target: BaseDatabaseWrapper) -> None:
    try:
        copy_table(model, target)
    except (DatabaseError, ValueError) as error:
        raise MoveError(f"De tabel {model._meta.db_table} is niet over te nemen: {error}") from error


def empty(target: BaseDatabaseWrapper, moved: list[type[models.Model]]) -> None:
    """Forget what migrations wrote (content types, permissions, a first page): the source has its own."""
    names = ", ".join(target.ops.quote_name(model._meta.db_table) for model in moved)
    with target.cursor() as cursor:
        # Foreign keys are looked at when everything is there.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {names} CASCADE")


def reset_counters(target: BaseDatabaseWrapper, moved: list[type[models.Model]]) -> None:
    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), moved):
            cursor.execute(statement)


def compare(moved: list[type[models.Model]]) -> dict[str, TableState]:
    states: dict[str, TableState] = {}
    for model in moved:
        table = model._meta.db_table
        before, after = state_of(model, SOURCE), state_of(model, TARGET)
        if before != after:
            raise MoveError(
                f"De tabel {table} is niet gelijk: {before.rows} rijen in SQLite, {after.rows} in PostgreSQL. "
                "De nieuwe database is weer leeggemaakt."
            )
        states[table] = after
    return states


def drop_everything(target: BaseDatabaseWrapper) -> None:
    """The target was empty when we began, so all that is in it is ours."""
    target.close()
    with target.cursor() as cursor:
        for name in target.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {target.ops.quote_name(name)} CASCADE")
