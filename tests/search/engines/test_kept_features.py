"""What a process keeps of documents makes a search quicker and changes no answer, for no reader and at no moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search.documents import SearchDocument
from search.engines.base import Removal
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.features import OVERHEAD, FeatureMemory
from search.results import Query
from tests.search.engines.conftest import make_elasticsearch, put

PUBLIC, MEMBER = frozenset({"public"}), frozenset({"member"})
TEXT = "voorraad beheren"


def test_the_oldest_go_when_there_is_no_room() -> None:
    memory = FeatureMemory(kept_bytes=3 * (OVERHEAD + 1_000))
    for mark in range(5):
        memory.put(mark, (f"case:{mark}", 1.0, 0, bytes(1_000)))
    assert [known is not None for known in memory.get(range(5))] == [False, False, True, True, True]
    memory.clear()
    assert memory.get([4]) == [None]


def collection() -> list[SearchDocument]:
    return [
        SearchDocument(
            f"case:{number}",
            "case",
            f"Voorraad nummer{number}",
            body="beheren " * (number % 5) + f"woord{number}",
            audience=MEMBER if number % 4 == 0 else PUBLIC,
        )
        for number in range(40)
    ]


@pytest.fixture
def engines(prefix: str, index_directory: Path) -> Iterator[tuple[ElasticsearchEngine, ElasticsearchEngine]]:
    """Two processes, of which the first has seen everything that anybody may see."""
    first, second = make_elasticsearch(prefix, index_directory), make_elasticsearch(prefix, index_directory)
    first.rebuild(collection(), version=5)
    for _ in range(10):
        first.search(Query(TEXT, audience=PUBLIC | MEMBER, page_size=100))
    yield first, second
    first.close()
    second.close()


def answer(engine: ElasticsearchEngine, audience: frozenset[str], text: str = TEXT) -> object:
    """All but the scores: the size of the index, which is remembered for some seconds, counts in them."""
    found = engine.search(Query(text, audience=audience, page_size=100))
    return {(hit.id, hit.title, hit.snippet) for hit in found.hits}, found.total, found.words


@pytest.mark.elasticsearch
class TestWhoHasSeenEverything:
    def test_tells_each_reader_what_a_new_process_tells(
        self, engines: tuple[ElasticsearchEngine, ElasticsearchEngine]
    ) -> None:
        first, second = engines
        for audience in (PUBLIC, MEMBER, PUBLIC | MEMBER, frozenset({"nobody"})):
            assert answer(first, audience) == answer(second, audience)
        members = {hit.id for hit in first.search(Query(TEXT, audience=MEMBER, page_size=100)).hits}
        public = {hit.id for hit in first.search(Query(TEXT, audience=PUBLIC, page_size=100)).hits}
        assert len(members) == 10
        assert not members & public

    def test_notices_at_once_what_another_process_writes(
        self, engines: tuple[ElasticsearchEngine, ElasticsearchEngine]
    ) -> None:
        first, second = engines
        changed = replace(collection()[1], title="Voorraad beheren met zonnebloemen")
        put(second, changed, replace(collection()[2], audience=MEMBER), version=6)
        second.delete([Removal("case:3", 6)])
        found = first.search(Query(TEXT, audience=PUBLIC, page_size=100))
        assert found.hits[0].id == "case:1"
        assert not {"case:2", "case:3"} & {hit.id for hit in found.hits}
        assert answer(first, PUBLIC) == answer(second, PUBLIC)
        assert first.search(Query("zonnebloemen", audience=PUBLIC)).total == 1

    def test_tells_the_same_when_the_index_was_built_again(
        self, engines: tuple[ElasticsearchEngine, ElasticsearchEngine]
    ) -> None:
        first, second = engines
        second.rebuild([replace(each, boost=1.5) for each in collection()[:20]], version=7)
        for audience in (PUBLIC, MEMBER):
            assert answer(first, audience) == answer(second, audience)
        assert first.search(Query(TEXT, audience=PUBLIC | MEMBER)).total == 20

    def test_a_word_of_others_stays_unknown_however_often_they_ask_for_it(
        self, engines: tuple[ElasticsearchEngine, ElasticsearchEngine]
    ) -> None:
        first, _ = engines
        put(first, replace(collection()[4], body="kwikzilverthermometer"), version=6)
        for audience, status in ((MEMBER, "known"), (PUBLIC, "unknown"), (MEMBER, "known")):
            asked = Query("kwikzilverthermometer", audience=audience, literal=True)
            assert [word.status for word in first.search(asked).words] == [status]
