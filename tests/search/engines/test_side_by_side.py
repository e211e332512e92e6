"""Whatever happens to them, both engines hold the same and answer the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from search.documents import MeasuredResult, SearchDocument
from search.engines.base import Engine, Removal, Write
from search.engines.elasticsearch import Shape
from search.engines.embedded import EmbeddedEngine
from search.results import Measured, Query, Results
from tests.search.engines.conftest import make_elasticsearch

pytestmark = pytest.mark.elasticsearch

FEW = 8  # documents: so few that changes meet each other
WORDS = ["voorraad", "voorraadbeheer", "ziekteverzuim", "planning", "productieplanning", "lasrobot", "Jansen"]
AUDIENCES = ["public", "member", "organisation:5"]
THEMES = ["proces", "leiderschap", "a=b", "x%y"]
SIZES = ["5-14", "15-49"]
TYPES = ["case", "knowledge"]
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
some_audience = st.frozensets(st.sampled_from(AUDIENCES), max_size=2)
improvements = st.sampled_from([-5.0, 0.1, 8.0, 10.0, 10.5, 33.3])
measurements = st.builds(
    MeasuredResult,
    st.sampled_from(["stocks", "lead-time"]),
    improvements,
    st.sampled_from(["", "measured", "counted"]),
)


def document(number: int, **values: Any) -> SearchDocument:
    return SearchDocument(f"{values['type']}:{number}", **values)


documents = st.builds(
    document,
    st.integers(1, FEW),
    type=st.sampled_from(TYPES),
    title=texts,
    summary=texts,
    body=texts,
    organisation=st.sampled_from(["", "Jansen", "ALMI"]),
    keywords=st.sampled_from([(), ("planning",)]),
    published_at=st.one_of(st.none(), st.integers(0, 5).map(lambda days: NOON + timedelta(days=days))),
    audience=some_audience,
    facets=st.fixed_dictionaries(
        {},
        optional={
            "theme": st.lists(st.sampled_from(THEMES), max_size=3).map(tuple),
            "size": st.sampled_from(SIZES).map(lambda value: (value,)),
        },
    ),
    measurements=st.lists(measurements, max_size=3).map(tuple),
    boost=st.sampled_from([1.0, 1.0, 0.5, 1.3]),
)
identities = st.builds("{}:{}".format, st.sampled_from(TYPES), st.integers(1, FEW))
steps_back = st.sampled_from([0, 0, 0, 0, 1, 2, 30])  # how late an event comes in

changes = st.one_of(
    st.tuples(st.just("write"), st.lists(st.tuples(documents, steps_back), min_size=1, max_size=4)),
    st.tuples(st.just("write"), st.lists(st.tuples(documents, steps_back), min_size=1, max_size=4)),
    st.tuples(st.just("delete"), st.lists(st.tuples(identities, steps_back), min_size=1, max_size=3)),
    st.tuples(st.just("rebuild"), st.lists(documents, max_size=5)),
)
queries = st.builds(
    Query,
    text=st.sampled_from(
        ["", "", "voorraad", "vooraad", "planing jansen", "voorraadbeheer planning", "ziekte robot"]
    ),
    audience=st.frozensets(st.sampled_from(AUDIENCES), min_size=1, max_size=2),
    filters=st.fixed_dictionaries(
        {},
        optional={
            "theme": st.lists(st.sampled_from(THEMES), max_size=2).map(tuple),
            "size": st.lists(st.sampled_from(SIZES), max_size=2).map(tuple),
            "type": st.sampled_from(TYPES).map(lambda value: (value,)),
        },
    ),
    measured=st.lists(
        st.builds(
            Measured,
            st.sampled_from(["stocks", "lead-time"]),
            improvements,
            st.sampled_from([(), ("measured",), ("measured", "")]),
        ),
        max_size=1,
    ).map(tuple),
    preferred=st.sampled_from([{}, {"size": ("5-14",), "theme": ("proces",)}]),
    sort=st.sampled_from(["relevance", "newest", "improvement"]),
    page_size=st.sampled_from([3, 100]),
    literal=st.booleans(),
    facets=st.sampled_from([None, ("theme",), ("theme", "type"), ()]),
    exclude=st.frozensets(identities, max_size=2),
)


@pytest.fixture(params=[1, 2], ids=["one shard", "two shards"])
def engines(request: pytest.FixtureRequest, index_directory: Path, prefix: str) -> Iterator[list[Engine]]:
    both: list[Engine] = [
        EmbeddedEngine(index_directory),
        make_elasticsearch(prefix, index_directory, shape=Shape(shards=request.param, replicas=0)),
    ]
    yield both
    for engine in both:
        engine.close()


_versions = count(1_000, 1_000)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failure smaller would take minutes
)
@given(history=st.lists(changes, min_size=1, max_size=8), asked=st.lists(queries, min_size=3, max_size=6))
def test_any_history_leaves_both_the_same(
    engines: list[Engine], history: list[tuple[str, list[Any]]], asked: list[Query]
) -> None:
    version = next(_versions)
    same(engines, lambda engine: engine.rebuild([], version))
    for kind, subjects in history:
        version += 10
        note(f"{version} {kind} {subjects}")
        same(engines, change(kind, subjects, version))
        compare(engines, Query(audience=frozenset(AUDIENCES), page_size=100))
    for query in asked:
        note(f"{query}")
        compare(engines, query)
    same(engines, lambda engine: sorted(engine.contents(), key=lambda each: each.id))
    same(engines, lambda engine: (engine.health().documents, engine.health().version))
    for reader in (frozenset({"public"}), frozenset({"organisation:5"})):
        same(
            engines, lambda engine, reader=reader: {(w.word, w.documents) for w in engine.vocabulary(reader)}
        )
        same(engines, lambda engine, reader=reader: engine.suggest("voorr", reader))
        same(engines, lambda engine, reader=reader: engine.suggest("voorraad p", reader))


def change(kind: str, subjects: list[Any], version: int) -> Callable[[Engine], int]:
    if kind == "write":
        writes = [Write(each, version - back) for each, back in subjects]
        return lambda engine: engine.write(writes)
    if kind == "delete":
        removals = [Removal(each, version - back) for each, back in subjects]
        return lambda engine: engine.delete(removals)
    return lambda engine: engine.rebuild(subjects, version)


def same(engines: list[Engine], ask: Callable[[Engine], Any]) -> None:
    embedded, elasticsearch = (ask(engine) for engine in engines)
    assert elasticsearch == embedded


def compare(engines: list[Engine], query: Query) -> None:
    """The same hits with the same scores over all pages, the same total, counts and words."""
    same(engines, lambda engine: facts(engine.search(query)))
    embedded, elasticsearch = (all_hits(engine, query) for engine in engines)
    assert elasticsearch.keys() == embedded.keys()
    for identity, (score, *rest) in embedded.items():
        assert elasticsearch[identity][0] == pytest.approx(score, rel=1e-4, abs=1e-4)
        assert list(elasticsearch[identity][1:]) == rest


def facts(results: Results) -> Any:
    facets = {name: counts for name, counts in results.facets.items() if counts}
    return results.total, facets, results.correction, results.words, len(results.hits)


def all_hits(engine: Engine, query: Query) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for page in count(1):
        results = engine.search(Query(**{**{name: getattr(query, name) for name in FIELDS}, "page": page}))
        for hit in results.hits:
            assert hit.id not in found
            found[hit.id] = (hit.score, hit.is_preferred, hit.improvement, hit.title, hit.snippet)
        if not results.hits:
            assert len(found) == results.total
            return found
    raise AssertionError


FIELDS = [name for name in Query.__dataclass_fields__ if name != "page"]
