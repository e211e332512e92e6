from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.dutch.analyser import Analyser
from search.dutch.lexicon import load_lexicon
from search.highlight import SNIPPET, Highlighter

Marked = list[str]


@pytest.fixture(scope="module")
def analyser(word_list: Path) -> Analyser:
    return Analyser(load_lexicon(word_list.parent))


def highlighter(analyser: Analyser, words: str) -> Highlighter:
    terms = [term for word in analyser.analyse(words) for term in (word.stem, *word.parts)]
    return Highlighter(analyser, dict.fromkeys(terms, 1.0))


def marked(highlighter: Highlighter, text: str) -> Marked:
    return [segment.text for segment in highlighter.whole(text) if segment.marked]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("voorraad", "Minder Voorraden, meer voorraadbeheer", ["Voorraden", "voorraadbeheer"]),
        ("lopen", "Hij loopt, zij liep, wij lopen", ["loopt", "lopen"]),
        ("huis", "Twee huizen en een huis", ["huizen", "huis"]),
        ("coördinatie", "COÖRDINATIE en coordinatie", ["COÖRDINATIE", "coordinatie"]),
        ("voorraadbeheer", "Beheer van de voorraad", ["Beheer", "voorraad"]),
        ("de", "De kat", []),
        ("foto", "Foto's van b.v. Jansen", ["Foto's"]),
    ],
)
def test_words_with_the_same_stem_or_part_are_marked_as_written(
    analyser: Analyser, query: str, text: str, expected: Marked
) -> None:
    assert marked(highlighter(analyser, query), text) == expected


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.sampled_from("voradDEIJ İßéĳ.'’-\n<&"), max_size=120))
def test_the_segments_of_a_whole_text_are_that_text(analyser: Analyser, text: str) -> None:
    import unicodedata

    segments = highlighter(analyser, "voorraad rad").whole(text)
    assert "".join(segment.text for segment in segments) == unicodedata.normalize("NFC", text)


def test_markup_stays_text(analyser: Analyser) -> None:
    segments = highlighter(analyser, "voorraad").whole("<b>voorraad</b>")
    assert [(segment.text, segment.marked) for segment in segments] == [
        ("<b>", False),
        ("voorraad", True),
        ("</b>", False),
    ]


def test_the_snippet_shows_the_place_with_most_of_the_query(analyser: Analyser) -> None:
    filler = "Wij vergaderen over koffie en fietsen. " * 30
    body = f"{filler}Eerst was er voorraad. {filler}Toen kwam de planning van de voorraad. {filler}"
    segments = highlighter(analyser, "planning voorraad").snippet("", body)
    text = "".join(segment.text for segment in segments)
    assert "Toen kwam de planning van de voorraad." in text
    assert text.startswith("…") and text.endswith("…")
    assert len(text) <= SNIPPET + 80


def test_without_a_match_the_snippet_is_how_the_text_begins(analyser: Analyser) -> None:
    segments = highlighter(analyser, "ziekteverzuim").snippet("Een samenvatting.", "De tekst.")
    assert "".join(segment.text for segment in segments) == "Een samenvatting.\nDe tekst."


def test_an_empty_document_has_an_empty_snippet(analyser: Analyser) -> None:
    assert highlighter(analyser, "voorraad").snippet("", "") == ()
