"""A word looked for in everything that the portal keeps: every column of every table, every file, every cache."""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection


def in_database(word: str) -> list[str]:
    """Every column of every table that holds it, as text, whatever the capitals."""
    quote, found = connection.ops.quote_name, []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            for column in connection.introspection.get_table_description(cursor, table):
                name = quote(column.name)
                cursor.execute(
                    f"SELECT COUNT(*) FROM {quote(table)} WHERE LOWER(CAST({name} AS TEXT)) LIKE %s",
                    [f"%{word}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column.name}")
    return found


def in_files(word: str, *places: Path) -> list[str]:
    """Names and contents, also of what is packed; of SQLite's own files every column, since pages are emptied later."""
    found = []
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place] if place.exists() else []:
            if not path.is_file() or path.suffix == ".bin":
                continue
            if word in path.name.lower() or any(word.encode() in text.lower() for text in contents(path)):
                found.append(str(path.relative_to(place.parent)))
    return found


def contents(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    if data.startswith(b"SQLite format 3"):
        yield from rows_of(path)
        return
    yield data
    for unpack in (zlib.decompress, gzip.decompress):
        try:
            yield unpack(data)
        except (OSError, EOFError, zlib.error):
            # A file cache puts a moment before what it packed.
            start = data.find(b"x\x9c")
            if unpack is zlib.decompress and start > 0:
                try:
                    yield zlib.decompress(data[start:])
                except zlib.error:
                    continue


def rows_of(path: Path) -> Iterator[bytes]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as reading:
        names = [row[0] for row in reading.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            try:
                yield repr(reading.execute(f'SELECT * FROM "{name}"').fetchall()).encode()
            except sqlite3.DatabaseError:  # a virtual table of a module that isn't loaded here
                continue


def everywhere(word: str) -> list[str]:
    caches = [Path(str(settings.CACHES[name]["LOCATION"])) for name in settings.CACHES]
    places = [
        Path(settings.MEDIA_ROOT),
        Path(settings.MEMBER_IMAGES_ROOT),
        Path(settings.MEMBER_FILES_ROOT),
        Path(settings.SEARCH_INDEX_DIR),
        Path(settings.TAKEAWAYS_ROOT),
        Path(settings.ERASURES_FILE),
        *caches,
    ]
    return [*in_database(word), *in_files(word, *places)]
