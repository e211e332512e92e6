"""Stage two: order constraints, never equal scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.analysis import analyse_document, analyse_query, choose_terms, rank_query
from search.documents import SearchDocument
from search.dutch.analyser import Analyser
from search.dutch.lexicon import load_lexicon
from search.ranking import inverse_frequency, score

FILLER = "Dit stuk gaat over heel andere zaken zoals vergaderen fietsen koffie gebouwen planten en vervoer. "


@pytest.fixture(scope="module")
def analyser(word_list: Path) -> Analyser:
    return Analyser(load_lexicon(word_list.parent))


def ranked(analyser: Analyser, query: str, *documents: SearchDocument, frequency: int = 5) -> list[str]:
    """Ids, best first."""
    blobs = [analyse_document(document, analyser).features for document in documents]
    asked = rank_query(analyse_query(query, analyser), lambda term: frequency, 1000)
    scores = score(blobs, asked, 70.0, analyser.lexicon.gram_weights)
    return [documents[place].id for place in sorted(range(len(documents)), key=lambda place: -scores[place])]


def document(identity: str, title: str = "", body: str = "", **values: object) -> SearchDocument:
    return SearchDocument(identity, "case", title, body=body, **values)  # type: ignore[arg-type]


def test_title_before_body_before_nothing(analyser: Analyser) -> None:
    found = ranked(
        analyser,
        "voorraad verminderen",
        document("nothing", "Vergaderen", FILLER),
        document("body", "Vergaderen", FILLER + "Voorraad verminderen."),
        document("title", "Voorraad verminderen", FILLER),
    )
    assert found == ["title", "body", "nothing"]


def test_one_place_with_all_words_before_the_same_words_far_apart(analyser: Analyser) -> None:
    apart = "voorraad " + FILLER * 30 + " planning"
    together = FILLER * 15 + "voorraad planning " + FILLER * 15
    assert ranked(
        analyser, "voorraad planning", document("apart", "", apart), document("together", "", together)
    ) == [
        "together",
        "apart",
    ]


def test_both_words_before_one_of_them_often(analyser: Analyser) -> None:
    found = ranked(
        analyser,
        "ziekteverzuim roosters",
        document("one", "", "ziekteverzuim " * 10 + FILLER),
        document("both", "", "ziekteverzuim en roosters. " + FILLER),
    )
    assert found == ["both", "one"]


def test_a_compound_is_found_by_its_part_but_after_the_word_itself(analyser: Analyser) -> None:
    found = ranked(
        analyser,
        "voorraad",
        document("nothing", "", FILLER),
        document("part", "", FILLER + "voorraadbeheer"),
        document("whole", "", FILLER + "voorraad"),
    )
    assert found == ["whole", "part", "nothing"]


def test_the_organisation_counts_as_a_second_title(analyser: Analyser) -> None:
    found = ranked(
        analyser,
        "almi machinefabriek",
        document("body", "Van werknemers naar ondernemers", FILLER + "Zoals almi machinefabriek."),
        document("name", "Van werknemers naar ondernemers", FILLER, organisation="ALMI machinefabriek"),
    )
    assert found == ["name", "body"]


def test_keywords_help_but_less_than_words_of_the_text(analyser: Analyser) -> None:
    found = ranked(
        analyser,
        "minder voorraad",
        document("nothing", "Vergaderen", FILLER),
        document("keyword", "Vergaderen", FILLER, keywords=("Minder voorraad",)),
        document("text", "Vergaderen", FILLER + "Minder voorraad."),
    )
    assert found == ["text", "keyword", "nothing"]


def test_a_document_without_any_words_is_ranked_last_and_harms_nobody(analyser: Analyser) -> None:
    empty = document("empty")
    assert ranked(analyser, "voorraad", empty, document("some", "", "voorraad")) == ["some", "empty"]


def test_no_candidates_no_scores(analyser: Analyser) -> None:
    asked = rank_query(analyse_query("voorraad", analyser), lambda term: 1, 10)
    assert score([], asked, 70.0, analyser.lexicon.gram_weights).tolist() == []


def test_rare_words_weigh_more_and_none_weighs_less_than_nothing() -> None:
    weights = [inverse_frequency(1000, containing) for containing in (0, 1, 10, 500, 1000, 1200)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0


def test_terms_are_taken_rarest_first_within_the_budget_but_at_least_two(analyser: Analyser) -> None:
    query = analyse_query("voorraad planning koffie fietsen", analyser)
    counts = {"voorraad": 50, "plan": 900, "koffie": 10, "fiets": 40}
    stems = {word.text: word.stem for word in query.words}

    def frequency(term: str) -> int:
        return next((count for key, count in counts.items() if term.startswith(key[:4])), 0)

    assert choose_terms(query, frequency, 100) == [stems["koffie"], stems["fietsen"], stems["voorraad"]]
    assert choose_terms(query, frequency, 1) == [stems["koffie"], stems["fietsen"]]
    assert choose_terms(query, lambda term: 0, 100) == []
