"""Every figure in the content stands in its source: under the place it names, with the number it types.

Runs where the source documents lie (environment variable SOURCES_DIR, or a `shared/sources` directory beside or above
the checkout) and skips elsewhere. Reads the content files directly, so that it needs neither Django nor a database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.portal.content.source_reader import ROOT, problem_with, says_in_order, source_text

CONTENT = ROOT / "portal" / "content"


@dataclass(frozen=True)
class Claim:
    """Figures that one quote must hold, in this order."""

    file: str
    source: str
    place: str
    quote: str
    values: tuple[float, ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.quote}"


def head_of(path: Path) -> dict[str, Any]:
    head: dict[str, Any] = yaml.safe_load(
        path.read_text(encoding="utf-8").split("\n---\n", 1)[0].removeprefix("---\n")
    )
    return head


def case_claims() -> Iterator[Claim]:
    for path in sorted((CONTENT / "cases").glob("*.md")):
        for row in head_of(path)["measurements"]:
            values = tuple(
                float(row[key]) for key in ("change", "before", "after", "level") if row.get(key) is not None
            )
            yield Claim(path.name, row["source"], row["place"], row["quote"], values)


def figure_claims() -> Iterator[Claim]:
    for path in sorted((CONTENT / "figures").glob("*.md")):
        figure = head_of(path)
        quoted: dict[tuple[str, str], list[float]] = {}
        for row in figure["rows"]:
            place = row.get("place") or figure["place"]
            for value, quote in zip(row["values"], row["quotes"], strict=True):
                if value is not None:
                    quoted.setdefault((place, quote), []).append(float(value))
        for (place, quote), values in quoted.items():
            yield Claim(path.name, figure["source"], place, quote, tuple(values))


CLAIMS = [*case_claims(), *figure_claims()]


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
def test_quote_stands_under_its_place_in_the_source(claim: Claim) -> None:
    assert problem_with(source_text(claim.source), claim.place, claim.quote) is None


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
def test_quote_says_the_typed_number_in_at_most_60_characters(claim: Claim) -> None:
    assert claim.values
    assert len(claim.quote) <= 60
    assert says_in_order(claim.quote, list(claim.values)), f"{claim.quote!r} zegt niet {claim.values}"


def test_there_are_figures_to_check() -> None:
    assert len({claim.file for claim in case_claims()}) >= 10
