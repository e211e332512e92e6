"""What only a server of its own has: aliases, leases, shards, requests that fail by halves."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search import preparing, stages
from search.documents import MeasuredResult, SearchDocument
from search.engines.base import Refused, Removal, SearchUnavailable, Write
from search.engines.elasticsearch import Address, ElasticsearchEngine, Shape
from search.engines.elasticsearch import lease as leases
from search.engines.elasticsearch.mapping import SCHEMA_VERSION
from search.results import Measured, Query
from tests.search.engines.conftest import elasticsearch_url, make_elasticsearch, put

pytestmark = pytest.mark.elasticsearch
PUBLIC = frozenset({"public"})


def documents(count: int, word: str = "voorraad") -> Iterator[SearchDocument]:
    for number in range(count):
        yield SearchDocument(
            f"case:{number}",
            "case",
            f"{word.capitalize()} nummer{number}",
            body=" ".join(f"woord{(number * step) % 97}" for step in range(20)),
            facets={"theme": (f"thema-{number % 3}",)},
            measurements=(MeasuredResult("stocks", number),),
        )


@pytest.fixture
def engine(prefix: str, index_directory: Path) -> Iterator[ElasticsearchEngine]:
    made = make_elasticsearch(prefix, index_directory)
    yield made
    made.close()


@pytest.fixture
def filled(engine: ElasticsearchEngine) -> ElasticsearchEngine:
    assert engine.rebuild(documents(50), version=7) == 50
    return engine


@pytest.fixture
def server() -> Iterator[Elasticsearch]:
    client = Elasticsearch(elasticsearch_url())
    yield client
    client.close()


def indices(server: Elasticsearch, prefix: str) -> list[str]:
    return sorted(server.indices.get_mapping(index=f"{prefix}-2*"))


def live(server: Elasticsearch, prefix: str) -> str:
    (name,) = server.indices.get_alias(name=f"{prefix}-read")
    return str(name)


# --- the index


def test_the_mapping_takes_nothing_that_it_does_not_know(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    mapping = server.indices.get_mapping(index=f"{prefix}-read")[live(server, prefix)]["mappings"]
    assert mapping["dynamic"] == "strict"
    assert mapping["_meta"] == {
        "schema": SCHEMA_VERSION,
        "fingerprint": filled.health().fingerprint,
        "base_version": 7,
    }
    assert mapping["properties"]["tokens"]["analyzer"] == "whitespace"
    assert mapping["properties"]["measurements"]["type"] == "nested"


def test_shards_copies_and_refreshing_are_as_set(
    prefix: str, index_directory: Path, server: Elasticsearch
) -> None:
    engine = make_elasticsearch(prefix, index_directory, shape=Shape(shards=3, replicas=1, refresh="7s"))
    engine.rebuild(documents(9), version=1)
    facts = server.indices.get_settings(index=live(server, prefix))[live(server, prefix)]["settings"]["index"]
    assert (facts["number_of_shards"], facts["number_of_replicas"], facts["refresh_interval"]) == (
        "3",
        "1",
        "7s",
    )
    assert engine.search(Query("voorraad")).total == 9
    assert engine.health().is_ok  # a copy that no node can hold is no damage


def test_a_rebuild_leaves_one_segment(
    engine: ElasticsearchEngine, server: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question looks into each of them."""

    def segments(name: str) -> int:
        found = server.indices.stats(index=name, metric="segments")["_all"]["primaries"]
        return int(found["segments"]["count"]) if found else 0  # nothing of an index that isn't there yet

    def look(name: str) -> None:
        """Each refresh makes a segment of what came since the one before."""
        while not done.wait(0.005):
            server.indices.refresh(index=name)
            seen.append(segments(name))

    seen: list[int] = []
    done = threading.Event()
    monkeypatch.setattr(preparing, "CHUNK", 10)
    looking = threading.Thread(target=look, args=[f"{prefix}-2*"])
    looking.start()
    try:
        engine.rebuild(documents(600), version=1)
    finally:
        done.set()
        looking.join()
    assert max(seen) > 1
    assert segments(live(server, prefix)) == 1
    assert engine.search(Query("voorraad")).total == 600


# --- changes


def test_a_document_that_is_refused_does_not_hold_up_the_others(filled: ElasticsearchEngine) -> None:
    impossible = SearchDocument("case:1000", "case", "Onmogelijk", published_at=None, boost=1.0)
    object.__setattr__(impossible, "audience", frozenset({"x" * 40_000}))  # longer than the server indexes
    good = [SearchDocument(f"case:{number}", "case", "Nieuw") for number in (1001, 1002)]
    with pytest.raises(Refused) as refused:
        filled.write([Write(each, 9) for each in (good[0], impossible, good[1])])
    assert set(refused.value.reasons) == {"case:1000"}
    assert refused.value.applied == 2
    assert filled.search(Query("nieuw")).total == 2


def test_why_a_document_was_refused_does_not_quote_it(filled: ElasticsearchEngine) -> None:
    secret = SearchDocument("case:1000", "case", "T", audience=frozenset({"geheim" * 8_000}))
    with pytest.raises(Refused) as refused:
        filled.write([Write(secret, 9)])
    assert "geheimgeheim" not in str(refused.value)


def test_a_rebuild_leaves_out_what_is_refused(engine: ElasticsearchEngine) -> None:
    bad = SearchDocument("case:77", "case", "Voorraad", audience=frozenset({"x" * 40_000}))
    assert engine.rebuild([*documents(5), bad], version=1) == 5


def test_nothing_is_written_where_the_index_was_removed(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    server.indices.delete(index=live(server, prefix))
    with pytest.raises(SearchUnavailable):
        put(filled, *documents(2), version=9)
    assert indices(server, prefix) == []
    assert filled.health().status == "missing"


def test_a_large_batch_goes_in_several_requests(
    filled: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elasticsearch.writing.REQUEST_BYTES", 3_000)
    assert filled.write([Write(each, 9) for each in documents(40, "planning")]) == 40
    assert filled.search(Query("planning")).total == 40


def test_a_write_waits_no_longer_than_it_may(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    server.indices.add_block(index=live(server, prefix), block="write")
    with server_lease(server, prefix):
        started = time.monotonic()
        with pytest.raises(SearchUnavailable):
            filled.write([Write(each, 9) for each in documents(1)], timeout=0.4)
        assert time.monotonic() - started < 5


# --- rebuilding


def test_one_rebuild_at_a_time(filled: ElasticsearchEngine, prefix: str, index_directory: Path) -> None:
    def stream() -> Iterator[SearchDocument]:
        other = make_elasticsearch(prefix, index_directory)
        assert other.health().is_rebuilding
        with pytest.raises(SearchUnavailable, match="another"):
            other.rebuild(documents(1))
        other.close()
        yield from documents(2)

    assert filled.rebuild(stream()) == 2
    assert not filled.health().is_rebuilding


def test_the_lease_of_a_process_that_died_is_taken_over(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"owner": "somebody", "until": time.time() - 1}
    server.index(index=f"{prefix}-control", id="rebuild", document=old)
    assert not filled.health().is_rebuilding
    assert filled.rebuild(documents(3), version=8) == 3


def test_who_lost_the_lease_does_not_swap(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    before = live(server, prefix)

    def stream() -> Iterator[SearchDocument]:
        yield from documents(3)
        thief = {"owner": "thief", "until": time.time() + 600}
        server.index(index=f"{prefix}-control", id="rebuild", document=thief)

    with pytest.raises(SearchUnavailable, match="took over"):
        filled.rebuild(stream(), version=8)
    assert live(server, prefix) == before
    put(filled, SearchDocument("case:99", "case", "Zonnig"), version=9)  # the block is lifted
    assert filled.search(Query("zonnig")).total == 1


def test_a_lease_is_renewed_while_the_stream_takes_its_time(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.05)
    seen: list[float] = []

    def stream() -> Iterator[SearchDocument]:
        for document in documents(4):
            found = server.get(index=f"{prefix}-control", id="rebuild")
            seen.append(found["_source"]["until"])
            time.sleep(0.3)
            yield document

    assert filled.rebuild(stream(), version=8) == 4
    assert seen[-1] > seen[0]


def test_a_rebuild_that_broke_off_is_continued(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.preparing.CHUNK", 10)

    def breaking() -> Iterator[SearchDocument]:
        yield from documents(60)
        raise KeyboardInterrupt

    monkeypatch.setattr("search.preparing.PARALLEL_FROM", 1)
    monkeypatch.setattr("multiprocessing.current_process", lambda: DAEMON)
    with pytest.raises(KeyboardInterrupt):
        filled.rebuild(breaking(), version=10)
    (half,) = set(indices(server, prefix)) - {live(server, prefix)}
    server.indices.refresh(index=half)
    held = server.count(index=half)["count"]
    assert held > 0
    filled.write([Write(SearchDocument("case:1", "case", "Intussen gewijzigd"), 12)])
    filled.delete([Removal("case:2", 13)])
    # Since then one was changed in the database, and one is gone without a word.
    again = [
        replace(each, title="Anders nummer3") if each.id == "case:3" else each
        for each in documents(60)
        if each.id != "case:4"
    ]
    assert filled.rebuild(again, version=11) == 58
    assert indices(server, prefix) == [half]
    assert live(server, prefix) == half
    found = {each.id: each.version for each in filled.contents()}
    assert found["case:0"] == 10  # written by the first rebuild, and left as it was
    assert found["case:3"] == 11
    assert "case:2" not in found and "case:4" not in found
    assert filled.search(Query("intussen")).total == 1
    assert filled.search(Query("anders")).total == 1


class _Daemon:
    daemon = True  # a process that may not start others


DAEMON = _Daemon()


def test_what_broken_rebuilds_left_is_removed(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    for number in range(3):
        server.indices.create(
            index=f"{prefix}-2020010100000{number}-abc",
            mappings={"_meta": {"schema": 0, "fingerprint": "older", "base_version": 0}},
        )
    filled.rebuild(documents(5), version=8)
    assert len(indices(server, prefix)) == 1


def test_a_late_writer_finds_the_new_index(
    filled: ElasticsearchEngine, prefix: str, index_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes all the time, also while the indices are swapped, loses nothing."""
    writer = make_elasticsearch(prefix, index_directory)
    stop, written, problems = threading.Event(), [], []

    def write() -> None:
        number = 1_000
        try:
            while not stop.is_set():
                put(writer, SearchDocument(f"case:{number}", "case", "Laatkomer"), version=number)
                written.append(number)
                number += 1
        except BaseException as error:
            problems.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    for version in (20, 21, 22):
        filled.rebuild(documents(30), version=version)
    stop.set()
    thread.join()
    writer.close()
    assert problems == []
    assert written
    assert filled.search(Query("laatkomer")).total == len(written)


def test_searches_go_on_while_indices_are_swapped(filled: ElasticsearchEngine) -> None:
    stop, problems, answered = threading.Event(), [], []

    def read() -> None:
        try:
            while not stop.is_set():
                assert filled.search(Query("voorraad")).total == 50
                answered.append(1)
        except BaseException as error:
            problems.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    for version in (20, 21):
        filled.rebuild(documents(50), version=version)
    stop.set()
    thread.join()
    assert problems == []
    assert answered


def test_a_block_that_a_dead_rebuild_left_is_lifted(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    server.indices.add_block(index=live(server, prefix), block="write")
    put(filled, SearchDocument("case:99", "case", "Zonnig"), version=9)
    assert filled.search(Query("zonnig")).total == 1


def test_old_tombstones_are_gone_after_a_rebuild(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    filled.delete([Removal(f"case:{number}", 9) for number in range(10)])
    assert filled.health().documents == 40
    assert server.count(index=f"{prefix}-read", query={"term": {"gone": True}})["count"] == 10
    filled.delete([Removal("case:20", 11)])
    filled.rebuild(list(documents(50))[10:], version=10)
    assert server.count(index=f"{prefix}-read", query={"term": {"gone": True}})["count"] == 1
    assert filled.health().documents == 39


# --- how it is


def test_an_index_of_another_analyser_is_told_and_not_searched(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    meta = {"schema": SCHEMA_VERSION, "fingerprint": "another", "base_version": 7}
    server.indices.put_mapping(index=live(server, prefix), meta=meta)
    filled.close()
    assert (filled.health().status, filled.health().fingerprint) == ("other-analyser", "another")
    with pytest.raises(SearchUnavailable):
        filled.search(Query("voorraad"))
    with pytest.raises(SearchUnavailable):
        put(filled, *documents(1), version=9)
    assert filled.rebuild(documents(4), version=8) == 4
    assert filled.health().is_ok


def test_a_mapping_of_an_older_version_is_told_and_replaced(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    server.indices.put_mapping(index=live(server, prefix), meta={"schema": 1})
    filled.close()
    assert filled.health().status == "corrupt"
    assert filled.rebuild(documents(4), version=8) == 4
    assert filled.health().is_ok
    assert len(indices(server, prefix)) == 1


def test_an_alias_that_points_nowhere_is_told(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    server.indices.delete_alias(index=live(server, prefix), name=f"{prefix}-read")
    assert filled.health().status == "missing"
    with pytest.raises(SearchUnavailable):
        filled.search(Query("voorraad"))
    assert filled.rebuild(documents(4), version=8) == 4
    assert filled.search(Query("voorraad")).total == 4
    assert len(indices(server, prefix)) == 1


def test_an_alias_that_points_to_two_is_told(
    filled: ElasticsearchEngine, server: Elasticsearch, prefix: str
) -> None:
    other = f"{prefix}-20200101000000-abc"
    server.indices.create(index=other, aliases={f"{prefix}-read": {}})
    assert filled.health().status == "corrupt"
    with pytest.raises(SearchUnavailable):
        put(filled, *documents(1), version=9)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://no-such-host.invalid:9200", "nonsense"])
def test_a_server_that_is_not_there_is_unreachable(url: str, index_directory: Path) -> None:
    engine = ElasticsearchEngine(Address((url,)), "nowhere", index_directory)
    assert engine.health().status == "unreachable"
    for action in (
        lambda: engine.search(Query("voorraad")),
        lambda: engine.search(Query()),
        lambda: engine.suggest("voor", PUBLIC),
        lambda: engine.write([Write(next(documents(1)), 1)]),
        lambda: engine.delete([Removal("case:1", 1)]),
        lambda: engine.rebuild(documents(1)),
        lambda: list(engine.contents()),
        lambda: list(engine.vocabulary(PUBLIC)),
        engine.optimise,
    ):
        with pytest.raises(SearchUnavailable):
            action()
    engine.close()


class Guard:
    def __init__(self, allows: bool = True) -> None:
        self.allows = allows
        self.told: list[bool] = []

    def allow(self) -> bool:
        return self.allows

    def succeeded(self) -> None:
        self.told.append(True)

    def failed(self) -> None:
        self.told.append(False)


def test_a_guard_is_asked_and_told(prefix: str, index_directory: Path) -> None:
    guard = Guard()
    engine = make_elasticsearch(prefix, index_directory, guard=guard)
    engine.rebuild(documents(3), version=1)
    guard.told.clear()
    engine.search(Query("voorraad"))
    assert guard.told and all(guard.told)
    with pytest.raises(SearchUnavailable):  # an answer too, though it is a refusal
        ElasticsearchEngine(Address((elasticsearch_url(),)), "nowhere", index_directory, guard=guard).search(
            Query()
        )
    assert all(guard.told)
    guard.allows = False
    with pytest.raises(SearchUnavailable, match="left alone"):
        engine.search(Query("voorraad"))
    assert engine.health().status == "unreachable"
    down = Guard()
    gone = ElasticsearchEngine(Address(("http://127.0.0.1:1",)), "nowhere", index_directory, guard=down)
    with pytest.raises(SearchUnavailable):
        gone.search(Query("voorraad"))
    assert down.told == [False]


def test_a_search_takes_no_longer_than_it_may(filled: ElasticsearchEngine) -> None:
    with pytest.raises(SearchUnavailable):
        filled.search(Query("voorraad"), timeout=0.000_001)
    assert filled.search(Query("voorraad")).total == 50


# --- deep pages


@pytest.fixture
def shallow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were many more documents than stage two orders."""
    monkeypatch.setattr(stages, "CANDIDATES", 20)


@pytest.mark.parametrize("text", ["voorraad", ""])
@pytest.mark.parametrize("sort", ["relevance", "newest", "improvement"])
def test_pages_beyond_the_candidates_hold_every_hit_once(
    filled: ElasticsearchEngine, shallow: None, text: str, sort: Any
) -> None:
    asked = Query(text, sort=sort, page_size=7, measured=(Measured("stocks"),))
    pages = [filled.search(replace(asked, page=page)) for page in range(1, 10)]
    assert [len(page.hits) for page in pages] == [7] * 7 + [1, 0]
    assert len({hit.id for page in pages for hit in page.hits}) == 50
    assert {page.total for page in pages} == {50}
    if sort == "improvement":
        found = [hit.improvement for page in pages for hit in page.hits]
        assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("text", ["voorraad", ""])
def test_beyond_the_deepest_page_only_the_total_is_told(
    filled: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(stages, "DEEPEST", 30)
    assert len(filled.search(Query(text, page=3)).hits) == 10
    found = filled.search(Query(text, page=4))
    assert (found.hits, found.total) == ((), 50)
    assert len(filled.search(Query(text, page=2, page_size=20)).hits) == 10


def server_lease(server: Elasticsearch, prefix: str) -> Any:
    """As if another process were rebuilding."""
    import contextlib

    @contextlib.contextmanager
    def held() -> Iterator[None]:
        document = {"owner": "other", "until": time.time() + 600}
        server.index(index=f"{prefix}-control", id="rebuild", document=document)
        yield
        server.delete(index=f"{prefix}-control", id="rebuild")

    return held()
