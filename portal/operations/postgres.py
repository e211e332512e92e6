"""PostgreSQL's own tools for dumping and restoring, and what its planner must know after a bulk load."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


class PostgresToolError(Exception):
    """A tool that lacks or failed; the message is for the operator."""


def tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        # Debian keeps the tools of each version apart.
        versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
        path = str(versions[0]) if versions else None
    if path is None:
        raise PostgresToolError(
            f"{name} ontbreekt; installeer het (Debian: apt-get install postgresql-client)."
        )
    return path


def environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """The connection in variables, so that the password stands in no list of processes."""
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    given = {variable: str(settings.get(key) or "") for variable, key in names.items()}
    return {**os.environ, **{variable: value for variable, value in given.items() if value}}


def run(settings: Mapping[str, Any], name: str, *arguments: str) -> None:
    command = [tool(name), *arguments]
    result = subprocess.run(command, env=environment(settings), capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode != 0:
        raise PostgresToolError(f"{name} mislukte: {result.stderr.strip()[-500:]}")


def analyze(database: BaseDatabaseWrapper) -> None:
    """Count what the planner goes by, after many rows came at once; does nothing on another kind of database.

    Autovacuum would do so too, a minute later at the earliest. Until then a page of a long topic took ten seconds.
    """
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute("ANALYZE")


def dump(settings: Mapping[str, Any], target: Path) -> None:
    run(settings, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(target))


def load(settings: Mapping[str, Any], source: Path) -> None:
    """All or nothing; tables of the same names are replaced."""
    run(
        settings,
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        "--dbname",
        str(settings["NAME"]),
        str(source),
    )
