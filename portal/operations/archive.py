"""One file that holds database, media and search index together, with a list of checksums.

Layout of the archive (`.tar.gz`): `manifest.json`, `database.sqlite3` or `database.dump` (PostgreSQL, custom format),
and the folders of `TREES`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from portal.operations import postgres

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE_MEMBER = "database.sqlite3"
POSTGRES_MEMBER = "database.dump"
SQLITE_HEADER = b"SQLite format 3\x00"


# Folders with files: the setting that says where one lies, its name in the archive, and what it is called to operators.
TREES = (
    ("MEDIA_ROOT", "media", "media"),
    ("MEMBER_IMAGES_ROOT", "member-images", "beelden van leden"),
    ("MEMBER_FILES_ROOT", "member-files", "bestanden van leden"),
    ("PROOF_FILES_ROOT", "proof-files", "bewijsstukken van leden"),
    ("SEARCH_INDEX_DIR", "search", "de zoekindex"),
)


class ArchiveError(Exception):
    """A backup that can't be made or trusted; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds. `files`: SHA-256 by path within it. `migrations`: "app.name" of each applied one."""

    format: int
    made_at: str
    vendor: str
    files: dict[str, str]
    migrations: list[str]


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own online backup: whole, also while others write."""
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing)


def is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(SQLITE_HEADER)) == SQLITE_HEADER


def copy_tree(source: Path, target: Path) -> None:
    """All files below `source`; databases by SQLite's backup, and without the side files that only a live one needs."""
    for path in sorted(source.rglob("*")) if source.is_dir() else []:
        if not path.is_file() or path.name.endswith(("-wal", "-shm", "-journal", ".lock")):
            continue
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            copy_sqlite(path, copy) if is_sqlite(path) else shutil.copy2(path, copy)
        except FileNotFoundError:
            continue  # removed meanwhile, so it isn't part of the portal any more


def stage(place: Path) -> Manifest:
    """Copy everything into `place`. The database first: files that come later than it are harmless."""
    if connection.vendor == "sqlite":
        copy_sqlite(Path(str(connection.settings_dict["NAME"])), place / SQLITE_MEMBER)
    else:
        postgres.dump(connection.settings_dict, place / POSTGRES_MEMBER)
    for setting, name, _label in TREES:
        copy_tree(Path(getattr(settings, setting)), place / name)
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        format=FORMAT,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        vendor=connection.vendor,
        files={str(path.relative_to(place)): checksum(path) for path in files_below(place)},
        migrations=sorted(f"{app}.{name}" for app, name in applied),
    )


def files_below(place: Path) -> Iterator[Path]:
    return (path for path in sorted(place.rglob("*")) if path.is_file() and path.name != MANIFEST)


def pack(place: Path, manifest: Manifest, target: Path) -> None:
    """Write the archive beside `target` and then move it there, so that a half one never has its name."""
    (place / MANIFEST).write_text(
        json.dumps(asdict(manifest), indent=1, ensure_ascii=False), encoding="utf-8"
    )
    unfinished = target.with_name(target.name + ".part")
    try:
        with tarfile.open(unfinished, "w:gz", compresslevel=6) as archive:
            for path in (place / MANIFEST, *files_below(place)):
                archive.add(path, arcname=str(path.relative_to(place)))
        unfinished.chmod(0o600)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def unpack(source: Path, place: Path) -> Manifest:
    """Unpack into `place` and verify every file. Raises ArchiveError where anything lacks, is extra or differs."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            # "data" refuses links, devices and paths that lead outside.
            archive.extractall(place, filter="data")
        manifest = Manifest(**json.loads((place / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ArchiveError(f"{error.filename or source} ontbreekt.") from error
    except (tarfile.TarError, OSError, EOFError, ValueError, TypeError) as error:
        raise ArchiveError(f"{source} is geen back-up van dit portaal of is beschadigd ({error}).") from error
    if manifest.format != FORMAT:
        raise ArchiveError(f"Deze back-up heeft vorm {manifest.format}; dit portaal leest vorm {FORMAT}.")
    found = {str(path.relative_to(place)): checksum(path) for path in files_below(place)}
    if found != manifest.files:
        names = found.keys() | manifest.files.keys()
        wrong = sorted(name for name in names if found.get(name) != manifest.files.get(name))
        raise ArchiveError(f"De back-up is beschadigd; dit klopt niet: {', '.join(wrong[:5])}.")
    return manifest
