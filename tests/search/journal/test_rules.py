"""What may be kept of a query."""

from __future__ import annotations

import pytest

from search.journal.rules import names_somebody, phrase_of


@pytest.mark.parametrize(
    "text",
    [
        "jan@bedrijf.nl",
        "mail naar jan @bedrijf.nl of jan@bedrijf",
        "06-12345678",
        "bel +31 6 1234 5678",
        "(0570) 61 23 45",
        "kvk 12345678",
        "KvK-nummer 1234.5678",
        "NL91 ABNA 0417 1643 00",
    ],
)
def test_an_address_or_number_of_somebody_is_never_kept(text: str) -> None:
    assert names_somebody(text)
    assert phrase_of(text) == ""


@pytest.mark.parametrize(
    "text", ["voorraad verlagen in 2024", "iso 9001", "30% meer", "5-14 werknemers", "24/7"]
)
def test_ordinary_numbers_are(text: str) -> None:
    assert phrase_of(text) == text


def test_one_phrase_whatever_the_capitals_and_spaces() -> None:
    assert phrase_of("  Te veel\tVOORRAAD ") == "te veel voorraad"


@pytest.mark.parametrize("text", ["", "  ", "?!", "***", "x" * 121, "\x00"])
def test_what_says_nothing_or_too_much_is_not_kept(text: str) -> None:
    assert phrase_of(text) == ""


def test_what_no_database_takes_is_not_kept() -> None:
    assert phrase_of("Voor\ud800raad\x00kast") == "voor?raad kast"
