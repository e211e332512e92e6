"""The databases of tests: migrated once, copied for every worker, and kept until a migration changes."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.presence import missing

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("portal", "cases", "network", "search")


@contextmanager
def postgres_database(template: str = "template1") -> Iterator[str]:
    """The address of a new PostgreSQL database, a copy of the one at the address `template`; dropped afterwards."""
    server = os.environ.get("TEST_POSTGRES_URL")
    if not server:
        missing("PostgreSQL", "zet TEST_POSTGRES_URL", "REQUIRE_POSTGRES")
    assert server is not None
    import psycopg

    name, source = f"portal_{uuid.uuid4().hex[:12]}", template.rsplit("/", 1)[-1]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield server.rsplit("/", 1)[0] + "/" + name
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The address of an empty PostgreSQL database, dropped afterwards. With `@pytest.mark.postgres`."""
    with postgres_database() as url:
        yield url


@contextmanager
def made_once(name: str) -> Iterator[tuple[Path, bool]]:
    """A directory shared by all workers of this run, and whether it has to be filled: true for who comes first.

    The others wait until it is full. Where filling fails the next one tries again.
    """
    place = Path(os.environ["PORTAL_TEST_DIR"]) / "shared" / name
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield place, not (place / "ready").exists()
        (place / "ready").touch()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Hundreds of migrations cost a quarter of a minute: the first worker does them, the others begin with a copy.

    On SQLite that copy is kept for the next run, until a migration changes.
    """
    from django.db import connection
    from django.test import TransactionTestCase
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        with made_once("database") as (place, is_first):
            copy = kept_database() if connection.vendor == "sqlite" else None
            must_migrate = not copy.exists() if copy else is_first
            if must_migrate:
                made = setup_databases(0, interactive=False, serialized_aliases=set())
                keep_database(copy or place)
        if not must_migrate:
            copy_database(copy or place)
            made = setup_databases(0, interactive=False, serialized_aliases=set(), keepdb=True)
        put_back = PutBackPostgres() if connection.vendor == "postgresql" else PutBackSqlite()
    with pytest.MonkeyPatch.context() as patch:
        # Django empties every table after a test with real transactions and plants content types and permissions
        # anew, at a third of a second each time; and what migrations planted would be gone for all that follow.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: put_back())
        yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


class PutBackSqlite:
    """The database as it was after migrating, from a copy in memory."""

    def __init__(self) -> None:
        from django.db import connection

        connection.ensure_connection()
        self.copy = sqlite3.connect(":memory:")
        connection.connection.backup(self.copy)

    def __call__(self) -> None:
        from django.db import connection

        connection.ensure_connection()
        self.copy.backup(connection.connection)


class PutBackPostgres:
    """The rows as they were after migrating, kept in a schema beside them; without triggers, since some forbid it."""

    KEEP = """
        CREATE SCHEMA IF NOT EXISTS kept;
        DO $$ DECLARE name text; has_rows boolean; BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO has_rows;
                IF has_rows THEN
                    EXECUTE format('CREATE TABLE IF NOT EXISTS kept.%I AS TABLE public.%I', name, name);
                END IF;
            END LOOP;
        END $$"""
    PUT_BACK = """
        DO $$ DECLARE name text; BEGIN
            SET LOCAL session_replication_role = replica;
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('DELETE FROM public.%I', name);
            END LOOP;
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
                EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', name, name);
            END LOOP;
        END $$"""

    def __init__(self) -> None:
        self._run(self.KEEP)

    def __call__(self) -> None:
        self._run(self.PUT_BACK)

    @staticmethod
    def _run(statements: str) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(statements)


def kept_database() -> Path:
    """Where the migrated SQLite database of these very migrations is kept between runs."""
    migrations = (path for room in ROOMS for path in (ROOT / room).glob("**/migrations/*.py"))
    return kept_until_changed("migrated", migrations) / "database.sqlite3"


def kept_until_changed(name: str, sources: Iterable[Path]) -> Path:
    """A directory that outlives this run, another for each state of `sources` and of the packages that are installed.

    Of earlier states only the last few stay.
    """
    state = hashlib.sha256((ROOT / "requirements" / "development.txt").read_bytes())
    for path in sorted(sources):
        state.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    place = ROOT / ".pytest_cache" / name / state.hexdigest()[:16]
    place.mkdir(parents=True, exist_ok=True)
    by_age = sorted(place.parent.iterdir(), key=lambda path: path.stat().st_mtime)
    for old in by_age[:-3]:
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
    return place


def keep_database(place: Path) -> None:
    """A copy of this worker's migrated database that nobody is connected to: a file, or another on the same server."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        half = place.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(half)) as copy:
            source.backup(copy)
        half.replace(place)
    elif os.environ.get("PYTEST_XDIST_WORKER"):
        connection.close()
        (place / "name").write_text(f"{name}_copy")
        copy_on_server(name, f"{name}_copy")


def copy_database(place: Path) -> None:
    from django.db import connection

    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(place, name)
    else:
        copy_on_server((place / "name").read_text(), name)


def copy_on_server(source: str, name: str) -> None:
    from django.db import connection

    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
