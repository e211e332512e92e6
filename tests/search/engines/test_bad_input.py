"""Whatever is typed: an answer, never an error, and soon."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents import SearchDocument
from search.engines.base import Engine, Removal
from search.results import Measured, Query
from tests.search.engines.conftest import put

PUBLIC = frozenset({"public"})

STRANGE = {
    "ten thousand letters": "voorraad" * 1_250,
    "ten thousand characters of words": "voorraad personeel " * 526,
    "five thousand different words": " ".join(f"woord{number}x" for number in range(5_000)),
    "many unknown compounds": " ".join(
        f"voorraadbeheersingssysteem{chr(97 + number % 26)}" for number in range(300)
    ),
    "only quotes": '"' * 50,
    "one quote": '"',
    "only stop words": "de het een van en is niet",
    "only a stop word": "de",
    "syntax": 'title:voorraad AND (body:"x" OR NEAR(a b, 5)) NOT ^c* - + {a b}:',
    "operators": "AND OR NOT NEAR",
    "column filter": "title : voorraad",
    "prefix": "voorr*",
    "nothing but marks": "!@#$%^&*()_+-=[]{};':,./<>?\\|`~",
    "control characters": "voor\x00raad\x01\x02\x1b[31m\x7f",
    "new lines and tabs": "voorraad\r\n\tbeheer",
    "surrogate": "voorraad \ud800",
    "other scripts": "склад 在庫 مخزون מלאי โกดัง 재고 भंडार",
    "emoji": "📦 voorraad 👩‍🏭",
    "combining marks": "v" + "\u0301" * 500,
    "right to left marks": "\u202evoorraad\u202c",
    "sql": "'; DROP TABLE document; --",
    "html": "<script>alert(1)</script>",
    "dotless and dotted i": "İıIi" * 20,
    "numbers": "1.000.000,00 2.5 0x7f 1e999",
    "long apostrophes": "a'" * 2_000,
    "long dots": "a." * 2_000,
}


@pytest.fixture
def stocked(fresh_engine: Engine) -> Engine:
    put(
        fresh_engine,
        *(
            SearchDocument(
                f"case:{number}",
                "case",
                f"Voorraad en personeel {number}",
                body=f"De planning van machine{number} en de voorraadbeheersing.",
                facets={"theme": ("proces",)},
            )
            for number in range(200)
        ),
    )
    fresh_engine.search(Query("voorraad"))
    return fresh_engine


@pytest.mark.parametrize("name", STRANGE)
def test_strange_texts_are_answered_soon(stocked: Engine, name: str) -> None:
    started = time.thread_time()
    for literal in (False, True):
        results = stocked.search(Query(STRANGE[name], literal=literal))
        assert len(results.hits) == min(results.total, 10)
    stocked.suggest(STRANGE[name], PUBLIC)
    # Three calls; the thread's own time, since the machine may be busy with other things.
    assert time.thread_time() - started < 0.6


@pytest.mark.parametrize("text", ["voorraad", ""])
@pytest.mark.parametrize(
    "values",
    [
        {"page": 99_999},
        {"page": 0},
        {"page": -5},
        {"page": 10**18},
        {"page_size": 0},
        {"page_size": 10**9},
        {"filters": {"theme": ("x" * 10_000,)}},
        {"filters": {"": ("",), ":measured": ("stocks",)}},
        {"filters": {"theme": tuple(str(number) for number in range(5_000))}},
        {"measured": (Measured("nothing", float("nan")), Measured("", float("inf")))},
        {"preferred": {"nothing": ("at all",)}},
        {"exclude": frozenset(f"case:{number}" for number in range(20_000))},
        {"audience": frozenset(f"organisation:{number}" for number in range(10_000))},
        {"facets": ("nothing", "", ":measured")},
    ],
)
def test_strange_values_are_answered(stocked: Engine, text: str, values: dict[str, object]) -> None:
    results = stocked.search(Query(text, **values))  # type: ignore[arg-type]
    assert len(results.hits) <= 100


def test_nothing_but_stop_words_finds_nothing_and_says_why(stocked: Engine) -> None:
    results = stocked.search(Query("hoe is het"))
    assert results.total == 0
    assert [word.status for word in results.words] == ["ignored"] * 3


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_at_all(stocked: Engine, text: str) -> None:
    results = stocked.search(Query(text))
    assert len(results.hits) == min(results.total, 10)
    stocked.suggest(text, PUBLIC)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=30), body=st.text(max_size=60), number=st.integers(0, 5))
def test_any_document_can_be_written_found_replaced_and_removed(
    stocked: Engine, title: str, body: str, number: int
) -> None:
    document = SearchDocument(f"odd:{number}", "case", f"{title} zonderling", body=body)
    version = stocked.health().version
    put(stocked, document, version=version + 1)
    assert [hit.id for hit in stocked.search(Query("zonderling", literal=True)).hits] == [document.id]
    put(stocked, replace(document, title="leeg", body=""), version=version + 2)
    assert stocked.search(Query("zonderling", literal=True)).total == 0
    stocked.delete([Removal(document.id, version + 3)])
    assert stocked.search(Query()).total == 200
