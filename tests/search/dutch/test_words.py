"""Folding, stems, compounds and letter grams, seen through the analyser."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.dutch.analyser import Analyser, fingerprint
from search.dutch.fold import fold, words_of
from search.dutch.lexicon import lexicon_version, load_lexicon


@pytest.mark.parametrize(
    ("surface", "words"),
    [
        ("Coördinatie", ("coordinatie",)),
        ("foto's", ("foto",)),
        ("foto’s", ("foto",)),
        ("zo'n", ("zon",)),
        ("b.v", ("bv",)),
        ("1.000", ("1000",)),
        ("2.5", ("2", "5")),
        ("proces.Volgende", ("proces", "volgende")),
        ("vrĳheid", ("vrijheid",)),
        ("Straße", ("strasse",)),
        ("МОСКВА", ("москва",)),
        ("x" * 200, ("x" * 64,)),
    ],
)
def test_a_surface_folds_to_words(surface: str, words: tuple[str, ...]) -> None:
    assert fold(surface) == words


def test_accents_in_two_characters_are_the_same_as_in_one() -> None:
    assert words_of("cooördinatie") == words_of("cooördinatie") == ["cooordinatie"]


def test_hyphens_part_words_and_punctuation_is_nothing() -> None:
    assert words_of("CoronaCheck-app (nieuw!) & meer...") == ["coronacheck", "app", "nieuw", "meer"]


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_folded_words_never_hold_what_an_engine_would_read_as_syntax(text: str) -> None:
    for word in words_of(text):
        assert word
        assert len(word) <= 64
        assert not any(letter.isspace() or (letter.isascii() and not letter.isalnum()) for letter in word)


def test_stop_words_are_left_out_and_the_rest_is_stemmed(analyser: Analyser) -> None:
    assert [word.stem for word in analyser.analyse("De werknemers van het bedrijf")] == [
        "werknemer",
        "bedrijf",
    ]


def test_singular_and_plural_share_a_stem(analyser: Analyser) -> None:
    for one, many in [
        ("medewerker", "medewerkers"),
        ("machine", "machines"),
        ("proces", "processen"),
        ("mens", "mensen"),
        ("advies", "adviezen"),
        ("grens", "grenzen"),
    ]:
        assert analyser.stem(one) == analyser.stem(many), one


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("arbeidsmarktbeleid", ("arbeid", "markt", "beleid")),
        ("voorraadbeheer", ("voorraad", "beheer")),
        ("bedrijfseconomie", ("bedrijf", "economie")),
        ("machinefabriek", ("machine", "fabriek")),
    ],
)
def test_compounds_give_the_stems_of_their_parts(
    analyser: Analyser, compound: str, parts: tuple[str, ...]
) -> None:
    (word,) = analyser.words(compound)
    assert word.parts == tuple(analyser.stem(part) for part in parts)


@pytest.mark.parametrize(
    "whole", ["voorraad", "medewerker", "leiderschap", "ondernemer", "gemeente", "fabriek"]
)
def test_words_with_a_meaning_of_their_own_stay_whole(analyser: Analyser, whole: str) -> None:
    (word,) = analyser.words(whole)
    assert word.parts == ()


def test_related_words_share_letter_grams_that_their_stems_do_not(analyser: Analyser) -> None:
    (one,), (other,) = analyser.words("structuur"), analyser.words("herstructurering")
    assert one.stem != other.stem
    assert len(set(one.grams) & set(other.grams)) >= 3


def test_an_analyser_that_forgets_gives_the_same_words(word_list: Path, analyser: Analyser) -> None:
    forgetful = Analyser(load_lexicon(word_list.parent), memory=2)
    text = "Te veel voorraad kost geld, en te veel geld kost voorraad"
    assert [word.stem for word in forgetful.analyse(text)] == [word.stem for word in analyser.analyse(text)]


def test_a_damaged_word_list_is_made_again(tmp_path: Path) -> None:
    (tmp_path / f"{lexicon_version()}.bin").write_bytes(b"not a word list")
    assert load_lexicon(tmp_path).log_frequency("voorraad") is not None
    assert (tmp_path / f"{lexicon_version()}.bin").stat().st_size > 1_000_000


def test_importing_the_search_reads_no_word_list() -> None:
    code = "import sys, search.engines.embedded; print('wordfreq' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_the_fingerprint_is_the_same_in_another_process() -> None:
    code = "from search.dutch.analyser import fingerprint; print(fingerprint())"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == fingerprint()
