from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.dutch.spelling import Near, WordList, correct, sound_of

WORDS = [
    "voorraad",
    "voorraden",
    "personeel",
    "personeelslid",
    "productie",
    "productiviteit",
    "werk",
    "vakman",
    "tijd",
]


def slow_distance(one: str, other: str) -> int:
    """Optimal string alignment, cell by cell."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if not i or not j:
                rows[i][j] = i + j
                continue
            best = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i][j] = best
    return rows[-1][-1]


@settings(max_examples=100)
@given(
    st.lists(st.text("abcde", min_size=1, max_size=9), max_size=90),
    st.text("abcde", min_size=1, max_size=9),
    st.sampled_from([1, 2]),
)
def test_near_words_are_exactly_those_within_the_distance(words: list[str], word: str, distance: int) -> None:
    expected = {
        Near(other, slow_distance(word, other)) for other in words if slow_distance(word, other) <= distance
    }
    assert set(WordList(words).near(word, distance)) == expected


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("voorrad", "voorraad"),
        ("persooneel", "personeel"),
        ("prodcutie", "productie"),
        ("porductivitiet", "productiviteit"),
    ],
)
def test_a_typing_error_is_corrected(wrong: str, right: str) -> None:
    assert correct(wrong, WordList(WORDS).near, lambda word: 5) == right


def test_words_nobody_may_see_are_not_offered() -> None:
    assert correct("voorrad", WordList(WORDS).near, lambda word: 0) is None


@pytest.mark.parametrize("word", ["wek", "a4", "voorrаad", "", "zzzzzzzz", "x" * 60])
def test_nothing_is_claimed_of_what_is_short_strange_or_far(word: str) -> None:
    assert correct(word, WordList(WORDS).near, lambda word: 5) is None


def test_the_same_sound_beats_a_somewhat_more_frequent_word() -> None:
    frequency = {"leiden": 3, "lijnen": 9, "lijen": 5}
    assert correct("leidden", WordList(frequency).near, lambda word: frequency[word]) == "leiden"
    assert correct("leijden", WordList(frequency).near, lambda word: frequency[word]) == "leiden"


@pytest.mark.parametrize(
    ("one", "other"), [("lijden", "leiden"), ("vandaag", "fandaag"), ("word", "wordt"), ("kado", "cado")]
)
def test_words_that_sound_alike_have_one_key(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


def test_a_long_list_is_searched_quickly_enough_to_type_along() -> None:
    chance = random.Random(1)
    words = WordList(
        "".join(chance.choices("abcdefghijklmnop", k=chance.randint(4, 12))) for _ in range(20_000)
    )
    assert len(words) > 19_000
    assert all(near.distance <= 2 for near in words.near("abcdefgh", 2))
