"""The reader of the sources finds what is there, and refuses what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portal.content.source_reader import problem_with, says, says_in_order, sources_directory


@pytest.mark.parametrize(
    ("quote", "typed"),
    [
        ("onze voorraden met 8%", -8),
        ("kleine series vanaf vijf stuks", 5),
        ("vijffhonderd medewerkers", 500),
        ("Inmiddels hebben 12.500 bedrijven", 12500),
        ("met een max. van € 20.000 per", 20000),
        ("budget van €30 miljoen per jaar", 30_000_000),
        ("€ 155 miljard omzet", 155),
        ("met 0,9 procentpunt toenemen", 0.9),
        ("needs 4.4% a year", 4.4),
        ("74,8%bedenkt regelmatig", 74.8),
        ("r = .22", 0.22),
        ("-,19**", -0.19),
        ("een half jaar de tijd", 0.5),
        ("minimaal een jaar in dienst", 1),
        ("één op de 4 leidinggevenden", 25),
        ("1 op de 4 leidinggevenden", 25),
        ("sinds 1992 volledig in handen", 100),
        ("full-time iemand op de bouw", 1),
        ("gevolgd -0,05 0,13 ꝉ", -0.05),
        ("MEDEWERKERS 500-700", 700),
    ],
)
def test_number_is_read_as_the_source_writes_it(quote: str, typed: float) -> None:
    assert says(quote, typed)


@pytest.mark.parametrize(
    ("quote", "typed"),
    [
        ("onze voorraden met 8%", 80),
        ("Inmiddels hebben 12.500 bedrijven", 12.5),
        ("een stijging van de productiviteit", 1),
        ("kleine series vanaf vijf stuks", 50),
        ("gevolgd -0,05 0,13 ꝉ", 0.05),
        ("0,15 ** 0,16 *", 0.1516),
        ("12% na een jaar", 2),
        ("een zinloze zesde", 6),
        ("zonder getal", 0),
        ("voorraad en winst", 1),
    ],
)
def test_number_that_is_not_there_is_not_read(quote: str, typed: float) -> None:
    assert not says(quote, typed)


def test_columns_of_a_table_cannot_be_swapped() -> None:
    assert says_in_order("0,15 ** 0,16 *", [0.15, 0.16])
    assert not says_in_order("0,15 ** 0,16 *", [0.16, 0.15])
    assert not says_in_order("0,15 **", [0.15, 0.15])


DOCUMENT = """ Hoofdstuk 5 | Advies
Best practice
Een kop over
twee regels
De voorraad daalde met 8% en de produc-
tie steeg.
1. Dit is een zin in een lijst.
De winst was 3%.
 6. Nieuw advies
Hier staat 17%.
"""


@pytest.mark.parametrize(
    ("place", "quote"),
    [
        ("Best practice", "voorraad daalde met 8%"),
        ("Een kop over twee regels", "met 8% en de produc tie"),
        ("Best practice", "De winst was 3%"),
        ("6. Nieuw advies", "Hier staat\n17%"),
    ],
)
def test_quote_under_its_heading_is_found(place: str, quote: str) -> None:
    assert problem_with(DOCUMENT, place, quote) is None


@pytest.mark.parametrize(
    ("place", "quote", "said"),
    [
        ("Best practice", "voorraad daalde met 9%", "staat niet onder"),
        ("Best practice", "Hier staat 17%", "elders in de bron"),
        ("6. Nieuw advies", "voorraad daalde met 8%", "elders in de bron"),
        ("Best", "voorraad daalde met 8%", "geen kop"),
        ("Slechte praktijk", "voorraad daalde met 8%", "geen kop"),
    ],
)
def test_wrong_quote_or_place_is_refused(place: str, quote: str, said: str) -> None:
    assert said in (problem_with(DOCUMENT, place, quote) or "")


def test_sources_are_looked_for_beside_and_above_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCES_DIR", raising=False)
    (tmp_path / "shared" / "sources").mkdir(parents=True)
    assert sources_directory(tmp_path / "deep" / "checkout") == tmp_path / "shared" / "sources"
    monkeypatch.setenv("SOURCES_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(NotADirectoryError, match="geen map"):
        sources_directory(tmp_path)
