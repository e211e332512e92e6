"""A search that is asked for before its frequencies are known: one request fewer, and never another answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search.documents import SearchDocument
from search.engines.base import Write
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.statistics import Numbers, Remembered
from search.results import Query, Results
from tests.search.engines.conftest import make_elasticsearch
from tests.search.engines.test_elasticsearch import Guard

SERVER = pytest.mark.elasticsearch
ASKED = Query("voorraad verlagen", facets=("theme",), audience=frozenset({"public", "member"}))


def document(number: int, text: str, audience: str = "public") -> SearchDocument:
    return SearchDocument(
        f"case:{number}",
        "case",
        f"Voorbeeld {number}",
        body=text,
        audience=frozenset({audience}),
        facets={"theme": (f"thema-{number % 3}",)},
    )


def many() -> list[SearchDocument]:
    return [
        document(
            number,
            f"{'voorraad' if number % 2 else 'wachten'} {'verlagen' * (number % 5 == 0)} woord{number}",
        )
        for number in range(60)
    ]


@pytest.fixture
def guard() -> Guard:
    return Guard()


@pytest.fixture
def engine(prefix: str, index_directory: Path, guard: Guard) -> Iterator[ElasticsearchEngine]:
    made = make_elasticsearch(prefix, index_directory, guard=guard)
    made.rebuild(many(), version=1)
    yield made
    made.close()


@pytest.fixture
def fresh(prefix: str, index_directory: Path) -> Iterator[Any]:
    """What a process answers that has heard of nothing yet."""

    def ask(query: Query) -> Results:
        other = make_elasticsearch(prefix, index_directory)
        try:
            return replace(other.search(query), took_ms=0)
        finally:
            other.close()

    return ask


def asked(engine: ElasticsearchEngine, guard: Guard, query: Query) -> tuple[Results, int]:
    """The answer, and in how many requests it came."""
    guard.told.clear()
    found = replace(engine.search(query), took_ms=0)
    return found, len(guard.told)


@SERVER
def test_what_was_heard_of_before_takes_a_request_less(
    engine: ElasticsearchEngine, guard: Guard, fresh: Any
) -> None:
    first, requests = asked(engine, guard, ASKED)
    again, fewer = asked(engine, guard, ASKED)
    assert first == again == fresh(ASKED)
    assert fewer < requests
    # Other words of the same terms, other filters, another page: what is heard of is terms.
    for query in (
        replace(ASKED, text="verlagen voorraad"),
        replace(ASKED, filters={"theme": ("thema-1",)}),
        replace(ASKED, page=2),
        replace(ASKED, sort="newest"),
        replace(ASKED, facets=()),
        replace(ASKED, literal=True),
    ):
        found, number = asked(engine, guard, query)
        assert found == fresh(query) and number <= fewer


@SERVER
def test_a_reader_gets_what_is_his_whoever_asked_before(
    engine: ElasticsearchEngine, guard: Guard, fresh: Any
) -> None:
    engine.write([Write(document(100, "voorraad verlagen geheim", "member"), 2)])
    asked(engine, guard, ASKED)
    member, _ = asked(engine, guard, ASKED)
    public = replace(ASKED, audience=frozenset({"public"}))
    found, _ = asked(engine, guard, public)
    assert "case:100" in {hit.id for hit in member.hits}
    assert "case:100" not in {hit.id for hit in found.hits}
    assert found == fresh(public) and found.total == member.total - 1


@SERVER
def test_what_another_process_changed_is_answered_as_it_is_now(
    engine: ElasticsearchEngine,
    guard: Guard,
    prefix: str,
    index_directory: Path,
    fresh: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The size of the index is remembered for some seconds, which has nothing to do with guessing.
    monkeypatch.setattr("search.engines.elasticsearch.statistics.NUMBERS_FOR", 0.0)
    for _time in range(2):
        asked(engine, guard, ASKED)
    writer = make_elasticsearch(prefix, index_directory)
    try:
        for version in range(2, 9):
            writer.write(
                [
                    Write(document(100 + version * 10 + n, f"verlagen nieuw{version} {n}"), version)
                    for n in range(9)
                ]
            )
            found, _ = asked(engine, guard, ASKED)
            assert found == fresh(ASKED)
            misspelled = replace(ASKED, text="voorrraad verlagen")
            assert asked(engine, guard, misspelled)[0] == fresh(misspelled)
    finally:
        writer.close()


def test_guesses_that_seldom_come_true_are_left_for_a_while() -> None:
    remembered = Remembered()
    assert remembered.guess(["voorraad"]) is None
    remembered.put(Numbers(10, 2.0))
    remembered.heard({"voorraad": 3})
    assert remembered.guess(["voorraad"]) == (10, {"voorraad": 3})
    assert remembered.guess(["voorraad", "wachten"]) is None
    for _time in range(20):
        remembered.guessed(came_true=False)
    tried = [remembered.guess(["voorraad"]) is not None for _time in range(50)]
    assert not tried[0] and any(tried)
