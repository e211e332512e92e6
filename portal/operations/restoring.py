"""Putting an archive back, into an empty place or (with force) over what is there."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from portal.http.page_cache import forget_pages
from portal.operations import postgres
from portal.operations.archive import POSTGRES_MEMBER, SQLITE_MEMBER, TREES, ArchiveError, Manifest
from search.engine import close_engine


def what_is_there() -> list[str]:
    """What a restore would overwrite, in words; empty where the place is empty."""
    there: list[str] = []
    if connection.introspection.table_names():
        there.append("de database")
    for setting, _name, label in TREES:
        if any(path.is_file() for path in Path(getattr(settings, setting)).rglob("*")):
            there.append(label)
    connections.close_all()
    return there


def require_fitting(manifest: Manifest) -> None:
    """Raises ArchiveError where the archive is of another kind of database or of a newer portal."""
    if manifest.vendor != connection.vendor:
        raise ArchiveError(
            f"De back-up is van {manifest.vendor}, DATABASE_URL wijst naar {connection.vendor}. Zet hem terug op "
            f"{manifest.vendor} en verhuis daarna met move_to_postgres."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise ArchiveError(
            f"De back-up is van een nieuwere versie van het portaal (onbekend hier: {', '.join(unknown[:3])})."
        )


def put_back(place: Path, manifest: Manifest) -> None:
    """From unpacked and verified files. Files are moved into place at the end, when nothing can fail halfway any more."""
    connections.close_all()
    close_engine()
    if manifest.vendor == "sqlite":
        replace_sqlite(place / SQLITE_MEMBER, Path(str(connection.settings_dict["NAME"])))
    else:
        postgres.load(connection.settings_dict, place / POSTGRES_MEMBER)
        postgres.analyze(connection)
    for setting, name, _label in TREES:
        replace_tree(place / name, Path(getattr(settings, setting)))
    forget_pages()


def replace_sqlite(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".restored")
    shutil.copy2(source, fresh)
    # The journal belongs to the old file; left behind, it would be read into the new one.
    for ending in ("-wal", "-shm", "-journal"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    fresh.replace(target)


def replace_tree(source: Path, target: Path) -> None:
    """`target` becomes a copy of `source` (which may lack: then it becomes empty)."""
    fresh = target.with_name(target.name + ".restored")
    old = target.with_name(target.name + ".old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    if source.is_dir():
        shutil.copytree(source, fresh)
    else:
        fresh.mkdir(parents=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
