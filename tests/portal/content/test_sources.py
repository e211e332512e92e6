"""Every figure in the content stands in its source: under the place it names, with the number it types.

Runs where the source documents lie (environment variable SOURCES_DIR, or a `shared/sources` directory beside or above
the checkout) and skips elsewhere; the tests of the reader itself always run. Reads the content files directly, so that
it needs neither Django nor a database.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
CONTENT = ROOT / "portal" / "content"
FILE_STARTS = {"tno": "000_", "ing": "001_", "ser": "002_", "rom": "003_", "ip": "004_"}

# ---------------------------------------------------------------------------------------------- finding the sources


def sources_directory(root: Path = ROOT) -> Path | None:
    """Where the source documents lie, or None; a SOURCES_DIR that doesn't exist is an error, not a skip."""
    named = os.environ.get("SOURCES_DIR")
    if named:
        if not Path(named).is_dir():
            raise NotADirectoryError(f"SOURCES_DIR wijst naar {named}, maar dat is geen map.")
        return Path(named)
    found = (folder / "shared" / "sources" for folder in (root, *root.parents))
    return next((path for path in found if path.is_dir()), None)


@cache
def source_text(code: str) -> str:
    directory = sources_directory()
    if directory is None:
        pytest.skip("De brondocumenten liggen hier niet: zet ze in shared/sources naast de checkout of noem SOURCES_DIR.")
    [path] = directory.glob(f"{FILE_STARTS[code]}*.txt")
    return path.read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------ reading the number

UNITS = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
WORDS: dict[str, float] = {word: number for number, word in enumerate([*UNITS.split(), "achttien", "negentien"])}
WORDS |= {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80}
WORDS |= {"negentig": 90, "honderd": 100, "duizend": 1000, "half": 0.5, "halve": 0.5, "anderhalf": 1.5}
WORDS |= {f"{word}honderd": number * 100 for word, number in list(WORDS.items()) if 2 <= number <= 9}
# Words that say a number without being a numeral: "volledig" is all of it, "iemand" is one person.
WORDS |= {"geen": 0, "iemand": 1, "volledig": 100, "kwart": 25, "helft": 50}
MULTIPLIERS = {"miljoen": 1e6, "miljard": 1e9}
NUMBER = re.compile(r"(?<![\w.,])([-−–])?(\d[\d.,]*\d|[.,]?\d+)")


def readable(word: str) -> str:
    """A word as it is looked up: scanning doubled a letter here and there ("vijffhonderd"), so in a long word doubled
    letters count once. In a short one they don't, or "en" would be "een"."""
    word = unaccented(word.lower())
    return re.sub(r"(.)\1+", r"\1", word) if len(word) > 5 else word


def unaccented(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


READABLE_WORDS = {readable(word): number for word, number in WORDS.items()}


def values_of(digits: str) -> set[float]:
    """What "12.500", "0,9", "4.4" or ".15" can mean; a group of three after a point is thousands, as in Dutch."""
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?", digits):
        return {float(digits.replace(".", "").replace(",", "."))}
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", digits):
        decimal = {float(digits.replace(",", "."))} if digits.count(",") == 1 else set()
        return {float(digits.replace(",", "")), *decimal}
    if re.fullmatch(r"\d*[.,]?\d+", digits):
        return {float(digits.replace(",", "."))}
    return set()


def numbers_in(quote: str) -> list[set[float]]:
    """The numbers of a quote in reading order, each as the set of values that it can mean.

    A minus that stands directly before the digits is part of the number; a dash between two numbers, a percent sign and
    a mark of significance are not.
    """
    found: list[tuple[int, set[float]]] = []
    for match in NUMBER.finditer(quote):
        values = values_of(match[2])
        multiplier = MULTIPLIERS.get(next(iter(re.findall(r"^\s*([a-z]+)", quote[match.end() :])), ""), 1.0)
        values |= {value * multiplier for value in values}
        found.append((match.start(), {-value for value in values} if match[1] else values))
    for match in re.finditer(r"[^\W\d_]+", quote):
        word = readable(match[0])
        if word in READABLE_WORDS and not is_article(quote, match):
            found.append((match.start(), {READABLE_WORDS[word]}))
    for match in re.finditer(r"(?<!\d)(\d+|één|een) op de (\d+)", quote):
        found.append((match.start(), {share_of(match[1], match[2])}))
    return [values for _, values in sorted(found, key=lambda item: item[0])]


def share_of(part: str, whole: str) -> float:
    """ "Een op de 4" in percent."""
    return 100 * (float(part) if part.isdigit() else READABLE_WORDS[readable(part)]) / float(whole)


def is_article(quote: str, word: re.Match[str]) -> bool:
    """Whether this "een" is an article: it is a number only with its accents or before a span of time."""
    return word[0].lower() == "een" and not re.match(r"\s+(jaar|maand|week|dag|uur|op de)\b", quote[word.end() :])


def says(quote: str, typed: float) -> bool:
    """Whether one of the quote's numbers is `typed`. A quote without a minus leaves the sign to its words."""
    return any(matches(values, typed) for values in numbers_in(quote))


def matches(values: set[float], typed: float) -> bool:
    return any(abs(value - typed) < 1e-9 or (value >= 0 and abs(value - abs(typed)) < 1e-9) for value in values)


def says_in_order(quote: str, typed: list[float]) -> bool:
    """Whether the quote holds all of `typed`, in this order: so that two columns of a table can't be swapped."""
    numbers = iter(numbers_in(quote))
    return all(any(matches(values, value) for values in numbers) for value in typed)


# ------------------------------------------------------------------------------------------------- finding the quote

# A heading with a number of its own ends the section before it; a sentence in a numbered list ends with a point.
CHAPTER = re.compile(r"(?m)^\s*(Hoofdstuk \d|\d(\.\d)* [A-Z]|\d\. [A-Z][^\n]*[^.\s]\s*$|[a-e]\) [A-Z]|Tabel \d ?[.–])")
LONGEST_SECTION = 6000


def normalised(text: str) -> str:
    """Text with one kind of quotation mark, without hyphens and dashes, and with single spaces."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    text = re.sub("[‘’‚‛`´]", "'", re.sub("[“”„‟]", '"', text))
    return re.sub(r"\s+", " ", re.sub(r"[-‐‑‒–—−]", "", text)).strip()


def sections_under(text: str, place: str) -> Iterator[str]:
    """The texts under every heading `place` of `text`: whole lines, up to the next numbered heading."""
    words = r"\s+".join(re.escape(word) for word in place.split())
    for heading in re.finditer(rf"(?m)^[^\S\n]*{words}[^\S\n]*$", text):
        following = CHAPTER.search(text, heading.end())
        end = following.start() if following else len(text)
        yield text[heading.end() : min(end, heading.end() + LONGEST_SECTION)]


def problem_with(text: str, place: str, quote: str) -> str | None:
    """What is wrong with this place and quote, in a sentence; None where the quote stands under the place."""
    sections = list(sections_under(text, place))
    if not sections:
        return f"de plaats {place!r} is geen kop (of hele regel) in de bron"
    if not any(normalised(quote) in normalised(section) for section in sections):
        elsewhere = normalised(quote) in normalised(text)
        return f"het citaat {quote!r} staat {'elders in de bron, niet' if elsewhere else 'niet'} onder {place!r}"
    return None


# ---------------------------------------------------------------------------------------------------- the content


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
    head: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8").split("\n---\n", 1)[0].removeprefix("---\n"))
    return head


def case_claims() -> Iterator[Claim]:
    for path in sorted((CONTENT / "cases").glob("*.md")):
        for row in head_of(path)["measurements"]:
            values = tuple(float(row[key]) for key in ("change", "before", "after", "level") if row.get(key) is not None)
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


# ------------------------------------------------------------------------------------------- the reader can say no


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


def test_sources_are_looked_for_beside_and_above_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCES_DIR", raising=False)
    (tmp_path / "shared" / "sources").mkdir(parents=True)
    assert sources_directory(tmp_path / "deep" / "checkout") == tmp_path / "shared" / "sources"
    monkeypatch.setenv("SOURCES_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(NotADirectoryError, match="geen map"):
        sources_directory(tmp_path)
