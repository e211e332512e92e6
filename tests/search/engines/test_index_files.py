"""The embedded engine's files: lost, cut off, foreign, of another analyser; several processes; a broken rebuild."""

from __future__ import annotations

import contextlib
import multiprocessing
import sqlite3
import threading
from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search import preparing
from search.documents import SearchDocument
from search.engines.base import Removal, SearchUnavailable, Write
from search.engines.embedded import EmbeddedEngine, rebuilding
from search.results import Query
from tests.search.engines.conftest import put


def documents(count: int) -> Iterator[SearchDocument]:
    for number in range(count):
        yield SearchDocument(
            f"case:{number}",
            "case",
            f"Voorraad nummer{number}",
            body=" ".join(f"woord{(number * step) % 997}" for step in range(60)),
            facets={"theme": (f"thema-{number % 3}",)},
        )


def index_file(directory: Path) -> Path:
    return directory / (directory / "current").read_text()


@pytest.fixture
def filled(embedded: EmbeddedEngine) -> EmbeddedEngine:
    embedded.rebuild(documents(500), version=7)
    assert embedded.search(Query("voorraad")).total == 500
    return embedded


def lose(path: Path) -> None:
    path.unlink()


def cut_off(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 3])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def replace_by_text(path: Path) -> None:
    path.write_text("this is no database\n" * 1_000)


def replace_by_other_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    connection.close()


def scribble(path: Path) -> None:
    """All pages but the first are noise."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xde\xad\xbe\xef" * ((size - 8192) // 4))


DAMAGE = {
    lose: "missing",
    cut_off: "corrupt",
    empty: "other-analyser",
    replace_by_text: "corrupt",
    replace_by_other_database: "other-analyser",
    scribble: "corrupt",
}


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("is_open", [True, False], ids=["while open", "before the start"])
def test_a_damaged_index_is_told_and_mended_by_a_rebuild(
    filled: EmbeddedEngine, index_directory: Path, damage: Callable[[Path], None], is_open: bool
) -> None:
    if not is_open:
        filled.close()
    damage(index_file(index_directory))
    engine = filled if is_open else EmbeddedEngine(index_directory)
    for _ in range(2):
        with pytest.raises(SearchUnavailable):
            engine.search(Query("woord5 woord8", page_size=50))
        with pytest.raises(SearchUnavailable):
            engine.write([Write(next(documents(1)), 9)])
    health = engine.health()
    assert health.status in {DAMAGE[damage], "corrupt"}
    assert not health.is_ok
    assert engine.rebuild(documents(20), version=8) == 20
    assert engine.health().is_ok
    assert engine.search(Query("voorraad")).total == 20
    engine.close()


def test_a_directory_that_never_was_is_missing(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "nowhere" / "deep")
    assert engine.health().status == "missing"
    with pytest.raises(SearchUnavailable):
        engine.search(Query("voorraad"))
    assert not (tmp_path / "nowhere").exists()


def test_an_index_of_another_analyser_is_told(filled: EmbeddedEngine, index_directory: Path) -> None:
    filled.close()
    with sqlite3.connect(index_file(index_directory)) as connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'fingerprint'")
    connection.close()
    engine = EmbeddedEngine(index_directory)
    assert (engine.health().status, engine.health().fingerprint) == ("other-analyser", "another")
    with pytest.raises(SearchUnavailable, match="analyser"):
        engine.search(Query("voorraad"))
    assert engine.rebuild(documents(3)) == 3
    assert engine.health().status == "ok"


def test_a_swap_removes_the_old_files(filled: EmbeddedEngine, index_directory: Path) -> None:
    filled.rebuild(documents(10))
    filled.search(Query("voorraad"))
    filled.close()
    names = {path.name.split(".")[0] for path in index_directory.iterdir() if "sqlite3" in path.name}
    assert names == {index_file(index_directory).stem}


def test_a_rebuild_that_broke_off_is_continued(
    filled: EmbeddedEngine, index_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "CHUNK", 10)
    monkeypatch.setattr(rebuilding, "COMMIT_EVERY", 2)

    def breaking() -> Iterator[SearchDocument]:
        yield from list(documents(300))[:265]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.rebuild(breaking(), version=10)
    filled.write([Write(SearchDocument("case:1", "case", "Intussen gewijzigd"), 12)])
    filled.delete([Removal("case:2", 13)])
    again = [replace(document, title=f"Opnieuw {document.title}") for document in documents(300)]
    assert filled.rebuild(again, version=11) == 299
    assert 0 < filled.search(Query("opnieuw")).total < 200  # the others were there already
    assert filled.search(Query("voorraad")).total == 298
    assert filled.search(Query("intussen")).total == 1


def test_many_documents_are_analysed_by_other_processes_with_the_same_result(
    embedded: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for parallel_from in (1_000, 2):
        monkeypatch.setattr(preparing, "CHUNK", 50)
        monkeypatch.setattr(preparing, "PARALLEL_FROM", parallel_from)
        assert embedded.rebuild(documents(400)) == 400
        results = [embedded.search(Query(text)) for text in ("voorraad", "woord5 woord7", "")]
        words = sorted((each.word, each.documents) for each in embedded.vocabulary(frozenset({"public"})))
        found.append(
            [[(hit.id, round(hit.score, 6)) for hit in result.hits] for result in results]
            + [[result.facets["theme"] for result in results], words]
        )
    assert found[0] == found[1]


def test_one_rebuild_at_a_time(filled: EmbeddedEngine, index_directory: Path) -> None:
    def stream() -> Iterator[SearchDocument]:
        other = EmbeddedEngine(index_directory)
        assert other.health().is_rebuilding
        with pytest.raises(SearchUnavailable, match="another"):
            other.rebuild(documents(1))
        yield from documents(2)

    assert filled.rebuild(stream()) == 2
    assert not filled.health().is_rebuilding


def test_a_search_that_takes_too_long_is_given_up(filled: EmbeddedEngine, index_directory: Path) -> None:
    hurried = EmbeddedEngine(index_directory, deadline=-1.0)
    with pytest.raises(SearchUnavailable):
        for _ in range(20):
            hurried.search(Query("voorraad woord5 woord6 woord7 woord8", page_size=100))
    assert filled.search(Query("voorraad")).total == 500
    assert filled.health().is_ok


def test_threads_read_while_one_writes(filled: EmbeddedEngine) -> None:
    problems: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                results = filled.search(Query("voorraad"))
                assert len(results.hits) == 10
                filled.suggest("voorr", frozenset({"public"}))
        except BaseException as error:
            problems.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for version in range(10, 40):
        filled.write([Write(SearchDocument(f"case:{version}", "case", f"Voorraad {version}"), version)])
    filled.rebuild(documents(300), version=50)
    stop.set()
    for reader in readers:
        reader.join()
    assert problems == []
    assert filled.search(Query("voorraad")).total == 300


def _write_some(directory: str, first: int) -> None:
    engine = EmbeddedEngine(directory)
    for number in range(first, first + 25):
        engine.write([Write(SearchDocument(f"case:{number}", "case", "Voorraad"), number)])


def test_several_processes_write_without_losing_anything(
    embedded: EmbeddedEngine, index_directory: Path
) -> None:
    embedded.rebuild([])
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=_write_some, args=(str(index_directory), first)) for first in (100, 200, 300)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert embedded.search(Query("voorraad")).total == 75


def test_the_full_text_stays_whole_through_changes(filled: EmbeddedEngine, index_directory: Path) -> None:
    for version in range(10, 14):
        put(
            filled,
            *(SearchDocument(f"case:{n}", "case", f"Ronde {version} {n}") for n in range(40)),
            version=version,
        )
        filled.delete([Removal(f"case:{n}", version) for n in range(40, 60)])
    with sqlite3.connect(index_file(index_directory)) as connection:
        connection.execute("INSERT INTO heading (heading) VALUES ('integrity-check')")
        terms = dict(connection.execute("SELECT term, documents FROM term"))
        rows = {row for (row,) in connection.execute("SELECT row FROM document")}
        for term, documents in terms.items():
            (places,) = connection.execute("SELECT places FROM posting WHERE term = ?", (term,)).fetchone()
            held = [number >> 2 for number in array("H", places)]
            assert (len(held), len(set(held)), rows.issuperset(held)) == (documents, documents, True)
        assert {term for (term,) in connection.execute("SELECT term FROM posting")} == terms.keys()
    connection.close()


def test_tidying_merges_what_many_changes_scattered(filled: EmbeddedEngine, index_directory: Path) -> None:
    for version in range(10, 13):
        put(
            filled,
            *(SearchDocument(f"case:{n}", "case", f"Ronde {version} {n}") for n in range(40)),
            version=version,
        )
    path = index_file(index_directory)
    assert segments(path) > 1
    filled.optimise()
    assert segments(path) == 1
    assert path.with_name(path.name + "-wal").stat().st_size == 0
    assert filled.search(Query("ronde")).total == 40


def segments(path: Path) -> int:
    """In how many pieces the table of titles lies."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        found: tuple[int] = connection.execute("SELECT count(DISTINCT segid) FROM heading_idx").fetchone()
        return found[0]
