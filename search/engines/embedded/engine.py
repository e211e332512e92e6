"""The embedded engine behind the port."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Lock

from search.allowance import seconds_for_call
from search.documents import SearchDocument
from search.dutch.analyser import Analyser, fingerprint, get_analyser
from search.engines.base import Health, Indexed, Removal, SearchUnavailable, VocabularyWord, Write
from search.engines.embedded import rebuilding, schema
from search.engines.embedded.columns import Columns
from search.engines.embedded.files import Generation, IndexDirectory, connect, what_is_cut_off
from search.engines.embedded.optimising import optimise
from search.engines.embedded.scanning import hits_of, list_all
from search.engines.embedded.searching import Moment, material_of, search
from search.engines.embedded.suggesting import suggest
from search.engines.embedded.vocabulary import Words
from search.engines.embedded.writing import IndexWriter
from search.explaining import explain, query_to_ask, searched
from search.results import Explanation, Hit, Query, Results, Suggestion

logger = logging.getLogger(__name__)

DEADLINE = 1.5  # seconds for one search
SCAN_DEADLINE = 60.0  # seconds for each part of one
_STEPS_BETWEEN_LOOKS = 20_000  # SQLite instructions, about a millisecond


class EmbeddedEngine:
    """SQLite FTS5 in a directory of its own. One object a process; safe between threads."""

    name = "embedded"
    is_remote = False

    def __init__(self, directory: Path | str, *, deadline: float = DEADLINE) -> None:
        self._directory = IndexDirectory(Path(directory))
        self._deadline = deadline
        self._lock = Lock()
        self._generation: Generation | None = None
        self._columns = Columns.empty()
        self._words: Words | None = None

    # --- reading

    def search(self, query: Query, *, timeout: float | None = None) -> Results:
        with self._moment(seconds_for_call(self._deadline, timeout)) as moment:
            return search(moment, query, self._analyser)

    def scan(self, query: Query) -> Iterator[Hit]:
        with self._moment(deadline=SCAN_DEADLINE) as moment:
            listed = list_all(moment, query, self._analyser)
        for portion in listed.portions():
            with self._moment(deadline=SCAN_DEADLINE) as moment:
                hits = hits_of(moment, query, listed, portion)
            yield from hits

    def suggest(
        self, prefix: str, audience: frozenset[str], limit: int = 8, *, timeout: float | None = None
    ) -> tuple[Suggestion, ...]:
        with self._moment(seconds_for_call(self._deadline, timeout)) as moment:
            return suggest(moment, prefix, audience, limit)

    def explain(self, query: Query, identity: str, *, timeout: float | None = None) -> Explanation | None:
        results = self.search(query_to_ask(query), timeout=timeout)
        terms = list(searched(query, results, self._analyser).terms())
        with self._moment(seconds_for_call(self._deadline, timeout)) as moment:
            material = material_of(moment, identity, terms)
        return explain(query, results, material, self._analyser) if material else None

    def vocabulary(self, audience: frozenset[str]) -> Iterable[VocabularyWord]:
        with self._moment(deadline=60.0) as moment:
            return list(moment.reader(audience).all())

    def contents(self) -> Iterable[Indexed]:
        with self._moment(deadline=60.0) as moment:
            found = moment.connection.execute("SELECT id, version, digest FROM document")
            return [Indexed(*row) for row in found]

    # --- writing

    def write(self, batch: Iterable[Write], *, timeout: float | None = None) -> int:
        writes = list(batch)
        return self._change(
            lambda writer: sum([writer.write(each.document, each.version) for each in writes]), timeout
        )

    def delete(self, batch: Iterable[Removal], *, timeout: float | None = None) -> int:
        removals = list(batch)
        return self._change(
            lambda writer: sum([writer.delete(each.id, each.version) for each in removals]), timeout
        )

    def rebuild(self, stream: Iterable[SearchDocument], version: int | None = None) -> int:
        with _as_unavailable():
            return rebuilding.build(self._directory, stream, version, self._analyser)

    def optimise(self) -> None:
        with _as_unavailable(self._damaged), contextlib.closing(connect(self._open().path)) as connection:
            optimise(connection)

    # --- how it is

    def health(self) -> Health:
        try:
            return self._health()
        except Exception as error:  # the promise: never raises, whatever lies on the disk
            logger.exception("the search index can't be examined")
            return Health("corrupt", detail=str(error))

    def close(self) -> None:
        with self._lock:
            generation = self._generation
            self._forget()
        if generation is not None:
            generation.close()

    def _health(self) -> Health:
        is_rebuilding = self._directory.is_rebuilding()
        try:
            path = self._directory.live()
        except SearchUnavailable as error:
            return Health("missing", is_rebuilding=is_rebuilding, detail=str(error))
        try:
            with contextlib.closing(connect(path)) as connection:
                meta = schema.read_meta(connection)
                made_by = str(meta.get("fingerprint", ""))
                if meta.get("schema") != schema.SCHEMA_VERSION or made_by != fingerprint():
                    return Health("other-analyser", fingerprint=made_by, is_rebuilding=is_rebuilding)
                damage = self._damage(path, connection)
        except (sqlite3.Error, SearchUnavailable) as error:
            damage = str(error)
        if damage:
            return Health("corrupt", is_rebuilding=is_rebuilding, detail=damage)
        return Health("ok", int(meta["documents"]), int(meta["version"]), made_by, is_rebuilding)

    def _damage(self, path: Path, connection: sqlite3.Connection) -> str:
        """What is wrong with an index whose first page reads well; empty when nothing is seen."""
        if self._directory.is_marked_broken(path):
            return "a search found damage in the index file"
        if damage := what_is_cut_off(path, connection):
            return damage
        for table in ("document", "attribute", "feature", "posting", "term", "vocabulary"):
            connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608
        return ""

    # --- the live generation

    @property
    def _analyser(self) -> Analyser:
        return get_analyser(self._directory.path)

    def _open(self) -> Generation:
        """The live generation; another than before after a rebuild."""
        stamp = self._directory.stamp()
        with self._lock:
            generation = self._generation
            if generation is not None and generation.stamp == stamp and generation.is_there():
                return generation
            self._forget()
            self._generation = Generation(self._directory.live(), stamp, fingerprint())
            return self._generation

    def _forget(self) -> None:
        """Start afresh at the next question. Searches still running keep their connection until they end."""
        self._generation = None
        self._columns = Columns.empty()
        self._words = None

    @contextlib.contextmanager
    def _moment(self, deadline: float | None = None) -> Iterator[Moment]:
        """A read transaction with the arrays that belong to it."""
        with _as_unavailable(self._damaged):
            generation = self._open()
            connection = generation.connection()
            connection.execute("BEGIN")
            try:
                # What is loaded once a process, or once a change, doesn't count: it would never get done.
                moment = self._read_moment(generation, connection)
                _set_deadline(connection, deadline or self._deadline)
                yield moment
            finally:
                connection.set_progress_handler(None, 0)
                connection.execute("ROLLBACK")

    def _read_moment(self, generation: Generation, connection: sqlite3.Connection) -> Moment:
        get_analyser(self._directory.path)
        meta = schema.read_meta(connection)
        with self._lock:
            columns = self._columns if self._generation is generation else Columns.empty()
            if columns.change < meta["change"]:
                columns = columns.refreshed(connection, meta["change"])
                if self._generation is generation:
                    self._columns = columns

        def load_words() -> Words:
            with self._lock:
                words = self._words if self._generation is generation else None
                if words is None or words.change < meta["change"]:
                    connection.set_progress_handler(None, 0)
                    words = Words.load(connection, meta["change"], words)
                    _set_deadline(connection, self._deadline)
                    if self._generation is generation:
                        self._words = words
                return words

        average = meta["length"] / max(meta["passages"], 1)
        return Moment(connection, columns, meta["documents"], average, load_words)

    def _change(self, apply: Callable[[IndexWriter], int], timeout: float | None) -> int:
        """Change the live index in one transaction; again on the next one when a rebuild swapped meanwhile.

        `timeout` bounds the waiting for others who write; the change itself takes what it takes.
        """
        with _as_unavailable(self._damaged):
            while True:
                generation = self._open()
                with contextlib.closing(connect(generation.path)) as connection:
                    if timeout is not None:
                        connection.execute(f"PRAGMA busy_timeout = {max(1, round(1000 * timeout))}")
                    connection.execute("BEGIN IMMEDIATE")
                    if schema.read_meta(connection)["superseded"]:
                        connection.execute("ROLLBACK")
                        continue
                    writer = IndexWriter(connection, self._analyser)
                    changed = apply(writer)
                    writer.finish()
                    connection.execute("COMMIT")
                    return changed

    def _damaged(self) -> None:
        """A search met a broken file: tell health, in this process and others."""
        generation = self._generation
        if generation is not None and generation.is_there():
            self._directory.mark_broken(generation.path)
        with self._lock:
            self._forget()


def _set_deadline(connection: sqlite3.Connection, seconds: float) -> None:
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)


@contextlib.contextmanager
def _as_unavailable(on_damage: Callable[[], None] | None = None) -> Iterator[None]:
    """The engine's own failures as the one exception that callers know."""
    try:
        yield
    except sqlite3.OperationalError as error:
        is_damage = "no such table" in str(error) or "disk I/O" in str(error)
        if is_damage and on_damage is not None:
            on_damage()
        raise SearchUnavailable(str(error)) from error
    except sqlite3.DatabaseError as error:
        if on_damage is not None:
            on_damage()
        raise SearchUnavailable(str(error)) from error
    except OSError as error:
        raise SearchUnavailable(str(error)) from error
