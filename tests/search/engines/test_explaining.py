"""Why a document has its place: the parts add up to the score that the search gave, the same on every engine."""

from __future__ import annotations

import pytest

from search.documents import SearchDocument
from search.engines.base import Engine
from search.guidance import Guidance
from search.results import Explanation, Query
from tests.search.engines.conftest import put

PUBLIC = frozenset({"public"})


@pytest.fixture
def stocked(fresh_engine: Engine) -> Engine:
    put(
        fresh_engine,
        SearchDocument(
            "case:1", "case", "Voorraad verlagen", body="Minder geld in de kast.", organisation="ALMI"
        ),
        SearchDocument("case:2", "case", "Kleine series", body="De magazijnvoorraad daalde.", boost=0.8),
        SearchDocument(
            "case:3", "case", "Plannen", body="De voorraad bleef gelijk.", facets={"sector": ("25",)}
        ),
        SearchDocument("case:4", "case", "Geheime voorraad", audience=frozenset({"group:1"})),
        *(SearchDocument(f"page:{n}", "page", f"Iets anders {n}", body="Over werken.") for n in range(5)),
    )
    return fresh_engine


def why(engine: Engine, identity: str, text: str, **values: object) -> Explanation:
    found = engine.explain(Query(text, **values), identity)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text", ["voorraad", "voorraad verlagen almi", "magazijn", "voorraat in kleine series"]
)
def test_the_parts_add_up_to_the_score_of_the_search(stocked: Engine, text: str) -> None:
    preferred = {"sector": ("25",)}
    results = stocked.search(Query(text, preferred=preferred))
    assert results.hits
    for place, hit in enumerate(results.hits, 1):
        told = why(stocked, hit.id, text, preferred=preferred)
        parts = told.passage + told.letters + told.title_letters + told.title_share
        assert told.place == place and told.total == results.total
        assert told.score == pytest.approx(hit.score, rel=1e-4)
        assert told.score == pytest.approx(parts * told.boost + told.preference, rel=1e-6)
        assert sum(word.letters for word in told.words) == pytest.approx(told.letters, rel=1e-4)
        assert sum(word.title_letters for word in told.words) == pytest.approx(told.title_letters, rel=1e-4)


def test_each_word_says_where_it_stands(stocked: Engine) -> None:
    (word,) = why(stocked, "case:1", "voorraad").words
    term = word.terms[0]
    assert (term.documents, term.is_searched, term.body) == (4, True, 0.0)
    assert term.title == term.anywhere > 0
    (word,) = why(stocked, "case:3", "voorraad").words
    assert word.terms[0].title == 0.0 < word.terms[0].body < word.terms[0].anywhere
    (word,) = why(stocked, "case:2", "voorraad").words  # a part of a longer word: anywhere, and no more
    assert (word.terms[0].title, word.terms[0].body) == (0.0, 0.0) and word.terms[0].anywhere > 0


def test_preference_boost_correction_and_synonyms_are_told(stocked: Engine) -> None:
    assert why(stocked, "case:3", "voorraad", preferred={"sector": ("25",)}).preference > 0
    assert why(stocked, "case:1", "voorraad", preferred={"sector": ("25",)}).preference == 0
    assert why(stocked, "case:2", "voorraad").boost == pytest.approx(0.8)
    assert why(stocked, "case:1", "voorraat").searched == "voorraad"
    guidance = Guidance(synonyms={("stock",): ("voorraad",)})
    told = why(stocked, "case:1", "stock", guidance=guidance)
    assert [(word.text, word.is_synonym) for word in told.words] == [("stock", False), ("voorraad", True)]


def test_what_matches_nothing_has_no_place(stocked: Engine) -> None:
    told = why(stocked, "page:1", "voorraad")
    assert (told.place, told.first_stage, told.passage) == (None, 0.0, 0.0)
    assert why(stocked, "case:1", "").words == ()


def test_what_a_reader_may_not_find_is_not_explained_to_him(stocked: Engine) -> None:
    assert stocked.explain(Query("voorraad"), "case:4") is None
    assert stocked.explain(Query("voorraad"), "case:99") is None
    assert why(stocked, "case:4", "voorraad", audience=frozenset({"group:1"})).title == "Geheime voorraad"
