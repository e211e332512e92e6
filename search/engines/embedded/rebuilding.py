"""A new index built beside the live one, then swapped in one step."""

from __future__ import annotations

import contextlib
import itertools
import logging
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from search import preparing
from search.documents import SearchDocument
from search.dutch.analyser import Analyser, fingerprint
from search.engines.base import SearchUnavailable
from search.engines.embedded import schema
from search.engines.embedded.files import IndexDirectory, connect
from search.engines.embedded.writing import IndexWriter, prepare, stored_ids
from search.payload import from_payload
from search.preparing import prepared_chunks

logger = logging.getLogger(__name__)

COMMIT_EVERY = 16  # chunks
WRITE_BUFFER, DEFAULT_BUFFER = 8 << 20, 1 << 20  # bytes of titles FTS5 gathers before it writes a segment


def build(
    directory: IndexDirectory, stream: Iterable[SearchDocument], version: int | None, analyser: Analyser
) -> int:
    """Fill the building file, carry over what was written meanwhile, make it live. Returns the number of documents.

    A building file left by a rebuild that broke off is continued when the same analyser made it and the live index
    still holds all that changed since.
    """
    with directory.rebuild_lock():
        live = _usable_live(directory)
        if version is None:
            version = int(schema.read_meta(live)["version"]) if live is not None else 0
        try:
            connection, base = _open_building(directory, version, may_continue=live is not None)
            try:
                _fill(connection, stream, version, analyser, directory.path)
            except BaseException:
                connection.close()
                raise
            return _swap(directory, connection, live, base, analyser)
        finally:
            if live is not None:
                live.close()


def _usable_live(directory: IndexDirectory) -> sqlite3.Connection | None:
    """A connection to the live index when its changes can be carried over."""
    try:
        connection = connect(directory.live())
    except (SearchUnavailable, sqlite3.Error):
        return None
    try:
        if schema.read_meta(connection).get("schema") == schema.SCHEMA_VERSION:
            connection.execute("SELECT count(*) FROM document WHERE version > 0").fetchone()
            return connection
    except sqlite3.Error:
        logger.warning("the live index can't be read; rebuilding without it")
    connection.close()
    return None


def _open_building(
    directory: IndexDirectory, version: int, *, may_continue: bool
) -> tuple[sqlite3.Connection, int]:
    """The file to fill, and the version from which changes must be carried over."""
    if may_continue and directory.building.exists():
        with contextlib.suppress(sqlite3.Error):
            connection = connect(directory.building)
            meta = schema.read_meta(connection)
            if (meta.get("schema"), meta.get("fingerprint")) == (schema.SCHEMA_VERSION, fingerprint()):
                return connection, min(int(meta["base_version"]), version)
            connection.close()
    directory.forget_building()
    connection = connect(directory.building, create=True)
    schema.create(connection, fingerprint(), version)
    return connection, version


def _fill(
    connection: sqlite3.Connection,
    stream: Iterable[SearchDocument],
    version: int,
    analyser: Analyser,
    lexicon: Path,
) -> None:
    connection.execute("PRAGMA synchronous = OFF")  # a building file lost in a crash is built again
    connection.execute("PRAGMA cache_size = -128000")
    connection.execute("INSERT INTO heading (heading, rank) VALUES ('hashsize', ?)", (WRITE_BUFFER,))
    sent: deque[list[SearchDocument]] = deque()
    chunks = prepared_chunks(_remembered(_new_chunks(connection, stream), sent), prepare, analyser, lexicon)
    while batch := list(itertools.islice(chunks, 1)):
        connection.execute("BEGIN IMMEDIATE")
        writer = IndexWriter(connection, analyser)
        for chunk in itertools.chain(batch, itertools.islice(chunks, COMMIT_EVERY - 1)):
            writer.add(sent.popleft(), *chunk, version)
        writer.finish()
        connection.execute("COMMIT")
    connection.execute("INSERT INTO heading (heading) VALUES ('optimize')")
    connection.execute("INSERT INTO heading (heading, rank) VALUES ('hashsize', ?)", (DEFAULT_BUFFER,))
    connection.execute("PRAGMA optimize")


def _remembered(
    chunks: Iterator[list[SearchDocument]], sent: deque[list[SearchDocument]]
) -> Iterator[list[SearchDocument]]:
    """The same; what was sent out to be prepared need not be sent back."""
    for chunk in chunks:
        sent.append(chunk)
        yield chunk


def _new_chunks(
    connection: sqlite3.Connection, stream: Iterable[SearchDocument]
) -> Iterator[list[SearchDocument]]:
    """Chunks of documents that the building file lacks, each id once: the first wins."""
    seen: set[str] = set()
    documents = iter(stream)
    while chunk := list(itertools.islice(documents, preparing.CHUNK)):
        fresh = {document.id: document for document in reversed(chunk) if document.id not in seen}
        seen.update(fresh)
        held = stored_ids(connection, fresh)
        if new := [document for identity, document in reversed(fresh.items()) if identity not in held]:
            yield new


def _swap(
    directory: IndexDirectory,
    building: sqlite3.Connection,
    live: sqlite3.Connection | None,
    base: int,
    analyser: Analyser,
) -> int:
    """Under the live index's write lock: take over newer changes, then point to the new file."""
    if live is not None:
        live.execute("BEGIN IMMEDIATE")
    building.execute("BEGIN IMMEDIATE")
    if live is not None:
        _carry_over(live, building, base, analyser)
    documents = int(schema.read_meta(building)["documents"])
    building.execute("COMMIT")
    building.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    building.close()
    path = directory.make_live(directory.building)
    if live is not None:
        live.execute("UPDATE meta SET value = 1 WHERE key = 'superseded'")
        live.execute("COMMIT")
    directory.forget_others(path)
    return documents


def _carry_over(
    live: sqlite3.Connection, building: sqlite3.Connection, base: int, analyser: Analyser
) -> None:
    changed = "SELECT version, payload FROM document WHERE version > ?"
    removed = "SELECT id, version FROM tombstone WHERE version > ?"
    try:
        documents = live.execute(changed, (base,)).fetchall()
        tombstones = live.execute(removed, (base,)).fetchall()
    except sqlite3.DatabaseError:
        logger.exception("the live index is damaged; what was written to it since needs search_reconcile")
        return
    writer = IndexWriter(building, analyser)
    for version, payload in documents:
        writer.write(from_payload(payload), version)
    for identity, version in tombstones:
        writer.delete(identity, version)
    writer.finish()
