"""Tables of one index file."""

from __future__ import annotations

import sqlite3
from typing import Any

SCHEMA_VERSION = 4

# Terms stand in `posting` (see postings.py), for finding; words of titles in `heading`, for suggestions. That one is
# contentless, so removing takes the old tokens again (SQLite 3.40 knows no contentless_delete). Its tokens come folded
# and parted by spaces: "ascii" keeps all letters beyond ASCII together.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE document (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
    digest TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL, payload TEXT NOT NULL);
CREATE INDEX document_version ON document (version);
CREATE TABLE tombstone (id TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE attribute (row INTEGER PRIMARY KEY, changed INTEGER NOT NULL, audience INTEGER NOT NULL,
    published INTEGER NOT NULL, boost REAL NOT NULL, facets BLOB NOT NULL, measurements BLOB NOT NULL);
CREATE INDEX attribute_changed ON attribute (changed);
CREATE TABLE feature (row INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE label (id INTEGER PRIMARY KEY, facet TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (facet, value));
CREATE TABLE audience (id INTEGER PRIMARY KEY, terms TEXT NOT NULL UNIQUE);
CREATE TABLE term (term TEXT PRIMARY KEY, documents INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE vocabulary (word TEXT NOT NULL, audience INTEGER NOT NULL, documents INTEGER NOT NULL,
    changed INTEGER NOT NULL, PRIMARY KEY (word, audience)) WITHOUT ROWID;
CREATE INDEX vocabulary_changed ON vocabulary (changed);
CREATE TABLE posting (span INTEGER NOT NULL, term TEXT NOT NULL, places BLOB NOT NULL,
    PRIMARY KEY (span, term)) WITHOUT ROWID;
CREATE VIRTUAL TABLE heading USING fts5(words, content='', tokenize='ascii', prefix='2 3', detail='none');
"""

GONE = -1  # the audience of a row whose document was removed
# "Facets" under which indicators and ways of establishing have their labels; no real one begins with a colon.
INDICATOR, ESTABLISHED = ":measured", ":established"

# Numbers kept in meta; all others there are text.
COUNTERS = ("change", "documents", "passages", "length", "version")


def create(connection: sqlite3.Connection, fingerprint: str, base_version: int) -> None:
    """Tables and first facts of an empty index."""
    connection.executescript("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;" + TABLES)
    facts: dict[str, Any] = dict.fromkeys(COUNTERS, 0)
    facts |= {
        "schema": SCHEMA_VERSION,
        "fingerprint": fingerprint,
        "base_version": base_version,
        "superseded": 0,
    }
    facts["version"] = base_version
    connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", facts.items())


def read_meta(connection: sqlite3.Connection) -> dict[str, Any]:
    return dict(connection.execute("SELECT key, value FROM meta"))


def write_meta(connection: sqlite3.Connection, facts: dict[str, Any]) -> None:
    connection.executemany(
        "UPDATE meta SET value = ? WHERE key = ?", [(value, key) for key, value in facts.items()]
    )
