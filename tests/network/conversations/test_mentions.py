"""Names in a text, without a database."""

from __future__ import annotations

import pytest

from network.conversations.mentions import everybody_in, fold, mentioned, shown, unfold

PEOPLE = {1: "Anna de Vries", 2: "Anna", 3: "Bram", 4: "Özgür"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("@Bram, kijk eens", "@{3}, kijk eens"),
        ("Vraag het @anna de vries eens", "Vraag het @{1} eens"),
        ("Vraag het @Anna.", "Vraag het @{2}."),
        ("@ÖZGÜR weet het", "@{4} weet het"),
        ("@Bramstoker is iemand anders", "@Bramstoker is iemand anders"),
        ("mail bram@Bram.nl", "mail bram@Bram.nl"),
        ("@niemand", "@niemand"),
        ("@", "@"),
    ],
)
def test_a_name_becomes_a_token_and_back(typed: str, kept: str) -> None:
    assert fold(typed, PEOPLE) == kept
    assert fold(unfold(kept, PEOPLE, "?"), PEOPLE) == kept


def test_two_of_one_name_are_nobody() -> None:
    assert fold("@Anna", {1: "Anna", 2: "anna"}) == "@Anna"


def test_what_somebody_types_is_never_a_token() -> None:
    """Else one could name people without knowing their name, and get their names shown."""
    kept = fold("Wie is @{7} en @{12}?", PEOPLE)
    assert everybody_in([kept]) == set()
    assert unfold(kept, {7: "Geheim", 12: "Geheim"}, "?") == "Wie is @{7} en @{12}?"


def test_a_quote_names_nobody() -> None:
    text = "> @{1} schreef:\n>\n> vraag het @{2}\n\n@{3} en nog eens @{3}"
    assert mentioned(text) == [3]
    assert everybody_in([text]) == {1, 2, 3}


def test_shown_names_are_what_the_caller_says() -> None:
    assert shown("<p>@{1} en @{9}</p>", lambda pk: f"[{pk}]") == "<p>[1] en [9]</p>"
