"""Reads the source documents: where they lie, what stands under a heading, which numbers a quote holds.

The documents are text out of PDF: some hyphens were lost, some letters doubled, some numbers are words.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
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
        pytest.skip(
            "De brondocumenten liggen hier niet: zet ze in shared/sources naast de checkout of noem SOURCES_DIR."
        )
    [path] = directory.glob(f"{FILE_STARTS[code]}*.txt")
    return path.read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------ reading the number

UNITS = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
WORDS: dict[str, float] = {
    word: number for number, word in enumerate([*UNITS.split(), "achttien", "negentien"])
}
WORDS |= {
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
}
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
    return word[0].lower() == "een" and not re.match(
        r"\s+(jaar|maand|week|dag|uur|op de)\b", quote[word.end() :]
    )


def says(quote: str, typed: float) -> bool:
    """Whether one of the quote's numbers is `typed`. A quote without a minus leaves the sign to its words."""
    return any(matches(values, typed) for values in numbers_in(quote))


def matches(values: set[float], typed: float) -> bool:
    return any(
        abs(value - typed) < 1e-9 or (value >= 0 and abs(value - abs(typed)) < 1e-9) for value in values
    )


def says_in_order(quote: str, typed: list[float]) -> bool:
    """Whether the quote holds all of `typed`, in this order: so that two columns of a table can't be swapped."""
    numbers = iter(numbers_in(quote))
    return all(any(matches(values, value) for values in numbers) for value in typed)


# ------------------------------------------------------------------------------------------------- finding the quote

# A heading with a number of its own ends the section before it; a sentence in a numbered list ends with a point.
CHAPTER = re.compile(
    r"(?m)^\s*(Hoofdstuk \d|\d(\.\d)* [A-Z]|\d\. [A-Z][^\n]*[^.\s]\s*$|[a-e]\) [A-Z]|Tabel \d ?[.–])"
)
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
        return (
            f"het citaat {quote!r} staat {'elders in de bron, niet' if elsewhere else 'niet'} onder {place!r}"
        )
    return None
