"""Index files, the pointer to the live one, and connections.

A directory holds `index-<generation>.sqlite3`, one of them named by the file `current`; a rebuild writes
`building.sqlite3` and then replaces `current`, which is atomic. Readers look at `current` before each search.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import tempfile
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

from search.engines.base import SearchUnavailable
from search.engines.embedded import schema

POINTER = "current"
BUILDING = "building.sqlite3"
BROKEN = "broken"  # names the generation in which a search found damage
WAIT_FOR_LOCK = 5.0  # seconds
CACHE_KIB = 16_000  # per connection
WAL_FRAME_HEADER = 24  # bytes before each page in the write-ahead log

Stamp = tuple[int, int, int]


class IndexDirectory:
    def __init__(self, path: Path) -> None:
        self.path = path

    def stamp(self) -> Stamp:
        """Changes when another generation becomes live. Raises SearchUnavailable without one."""
        try:
            facts = os.stat(self.path / POINTER)
        except OSError as error:
            raise SearchUnavailable("there is no search index") from error
        return facts.st_ino, facts.st_mtime_ns, facts.st_size

    def live(self) -> Path:
        """The live index file; raises SearchUnavailable when it isn't there."""
        try:
            name = (self.path / POINTER).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SearchUnavailable("there is no search index") from error
        path = self.path / Path(name).name
        if not name or not path.is_file():
            raise SearchUnavailable("the search index file is gone")
        return path

    @property
    def building(self) -> Path:
        return self.path / BUILDING

    def make_live(self, finished: Path) -> Path:
        """Give a finished, closed file a generation of its own and point to it. Atomic for readers."""
        live = self.path / f"index-{uuid.uuid4().hex[:12]}.sqlite3"
        os.replace(finished, live)
        self._write(POINTER, live.name)
        return live

    def forget_others(self, live: Path) -> None:
        """Remove all earlier generations. Readers that still have them open keep them until they let go."""
        for path in self.path.glob("index-*.sqlite3*"):
            if not path.name.startswith(live.name):
                path.unlink(missing_ok=True)
        (self.path / BROKEN).unlink(missing_ok=True)

    def forget_building(self) -> None:
        for path in self.path.glob(BUILDING + "*"):
            path.unlink(missing_ok=True)

    def mark_broken(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            self._write(BROKEN, path.name)

    def is_marked_broken(self, path: Path) -> bool:
        try:
            return (self.path / BROKEN).read_text(encoding="utf-8") == path.name
        except (OSError, UnicodeDecodeError):
            return False

    @contextlib.contextmanager
    def rebuild_lock(self) -> Iterator[None]:
        """One rebuild at a time; ends with the process. Raises SearchUnavailable when another is busy."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "rebuild.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise SearchUnavailable("another process is rebuilding the index") from error
            yield

    def is_rebuilding(self) -> bool:
        try:
            with (self.path / "rebuild.lock").open("r") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

    def _write(self, name: str, text: str) -> None:
        handle, temporary = tempfile.mkstemp(dir=self.path, prefix=".pointer-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self.path / name)


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """A connection in autocommit; transactions are begun by hand. Never makes a file by accident."""
    uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection = sqlite3.connect(
        uri,
        uri=True,
        timeout=WAIT_FOR_LOCK,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=64,
    )
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def what_is_cut_off(path: Path, connection: sqlite3.Connection) -> str:
    """What is wrong with a file that is shorter than it says of itself; empty when nothing is. A search might not notice
    for long: it reads a few pages only.

    Pages may stand in the write-ahead log alone. The file itself is never opened here: closing it again would drop the
    locks that SQLite holds on it in this process (SQLite, "How To Corrupt An SQLite Database File", 2.2).
    """
    pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
    page_size = int(connection.execute("PRAGMA page_size").fetchone()[0])
    try:
        logged = os.stat(f"{path}-wal").st_size // (page_size + WAL_FRAME_HEADER)
    except FileNotFoundError:
        logged = 0
    lacking = pages - os.stat(path).st_size // page_size
    return f"the index file lacks {lacking} of its {pages} pages" if lacking > logged else ""


class Generation:
    """One live index file as a process sees it: a connection for each thread, and what is shared between them."""

    def __init__(self, path: Path, stamp: Stamp, fingerprint: str) -> None:
        self.path = path
        self.stamp = stamp
        self._inode = path.stat().st_ino
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        meta = schema.read_meta(self.connection())
        if meta.get("schema") != schema.SCHEMA_VERSION or meta.get("fingerprint") != fingerprint:
            self.close()
            raise SearchUnavailable("the index was made by another analyser: rebuild it")
        if damage := what_is_cut_off(path, self.connection()):
            self.close()
            raise SearchUnavailable(damage)

    def connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = connect(self.path)
            with self._lock:
                self._connections.append(connection)
        return connection

    def is_there(self) -> bool:
        """Is the file still the one that was opened?"""
        try:
            return os.stat(self.path).st_ino == self._inode
        except OSError:
            return False

    def close(self) -> None:
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()
