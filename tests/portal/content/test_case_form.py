"""The form of the practice cases: length, sentences, address, and that each speaks in words of its own.

Reads the files directly and needs neither Django nor a database.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.portal.content.source_reader import FILE_STARTS, source_text

CONTENT = Path(__file__).resolve().parents[3] / "portal" / "content"
CASES = sorted((CONTENT / "cases").glob("*.md"))
SECTIONS = ["Aanleiding", "Aanpak", "Resultaat", "Lessen", "Wat kun je morgen doen?"]
KNOWLEDGE = {
    "schijf-van-vijf",
    "j-curve",
    "basis-op-orde",
    "zeven-verspillingen",
    "arbeidsproductiviteit-berekenen",
    "meedoen-als-succesfactor",
    "geen-verkeerde-deur",
    "subsidies-en-financiering",
}
COPIED_RUN = 12  # so many words in the order of a source are a copied sentence


def parts(path: Path) -> tuple[dict[str, Any], str]:
    head, body = path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    return yaml.safe_load(head), body


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[-'’.,][^\W_]+)*", text)


def sentences_of(body: str) -> list[str]:
    """The sentences of a body without its headings, the bold titles of steps and what marks a list."""
    lines = [line for line in body.splitlines() if not line.startswith("#")]
    plain = [re.sub(r"^(\s*-|\d+\.)\s+(?=\S)|\*\*[^*]+[.:]\*\*|\*", "", line).strip() for line in lines]
    found = re.split(r"(?<=[.!?])\s+|\n+", "\n".join(plain))
    return [sentence for sentence in found if words_of(sentence)]


def longest_copy(text: str, source: str, run: int = COPIED_RUN) -> str | None:
    """The first run of `run` words of `text` that stands in `source` in the same order, or None."""
    own, theirs = ([word.lower() for word in words_of(t)] for t in (text, source))
    runs = {tuple(theirs[i : i + run]) for i in range(len(theirs) - run + 1)}
    return next(
        (" ".join(own[i : i + run]) for i in range(len(own) - run + 1) if tuple(own[i : i + run]) in runs),
        None,
    )


def test_all_sixteen_cases_are_there_under_their_own_name() -> None:
    heads = [parts(path)[0] for path in CASES]
    assert [head["slug"] for head in heads] == [path.stem for path in CASES]
    assert len({head["organisation"] for head in heads}) == 16


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_length_and_sections(path: Path) -> None:
    head, body = parts(path)
    assert re.findall(r"(?m)^## (.+)$", body) == SECTIONS
    assert 150 <= len(words_of(body)) <= 700
    assert 40 <= len(head["summary"]) <= 260
    assert head["organisation"] not in head["title"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_steps_lessons_and_actions_are_lists_alone(path: Path) -> None:
    """The page keeps each as an item of its own; a loose paragraph would have no place there."""
    _, body = parts(path)
    texts = dict(zip(SECTIONS, re.split(r"(?m)^## .+\n", body)[1:], strict=True))
    for section, item in (
        ("Aanpak", r"\d+\. \*\*"),
        ("Lessen", r"- \*\*(Uit de bron|Onze conclusie):\*\* "),
        (SECTIONS[-1], "- "),
    ):
        lines = [line for line in texts[section].splitlines() if line.strip()]
        assert len(lines) >= 2
        assert [line for line in lines if not re.match(item, line)] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_language_is_plain(path: Path) -> None:
    head, body = parts(path)
    everything = " ".join(
        [head["title"], head["summary"], body, *(row["caveat"] or "" for row in head["measurements"])]
    )
    assert re.findall(r"(?i)\b(u|uw|uzelf)\b", everything) == []
    lengths = [len(words_of(sentence)) for sentence in sentences_of(body)]
    assert 11 <= sum(lengths) / len(lengths) <= 16
    assert max(lengths) <= 27


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_number_in_the_text_is_typed(path: Path) -> None:
    """Years, and numbers that a label, a note or a unit carries, aren't findings."""
    head, body = parts(path)
    text = re.sub(r"(?m)^\d+\. ", "", body.replace("30 miljoen", "30000000"))
    typed = {
        abs(float(row[key]))
        for row in head["measurements"]
        for key in ("change", "before", "after", "level")
        if key in row
    }
    labels = {float(n) for row in head["measurements"] for n in re.findall(r"\d+", row["label"] or "")}
    written = {
        n for n in re.findall(r"(?<!\w)\d+(?:[.,]\d+)*(?!\w)", text) if not re.fullmatch("(19|20)\\d\\d", n)
    }
    assert {n for n in written if float(n.replace(".", "").replace(",", ".")) not in typed | labels} - {
        "038"
    } == set()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_related_pages_exist(path: Path) -> None:
    head, _ = parts(path)
    assert head["slug"] not in head["related"]
    assert len(set(head["related"])) == len(head["related"]) >= 3
    assert set(head["related"]) <= {case.stem for case in CASES} | KNOWLEDGE
    assert set(head["related"]) & KNOWLEDGE


def test_every_case_is_reached_from_another() -> None:
    linked = {slug for path in CASES for slug in parts(path)[0]["related"]}
    assert {path.stem for path in CASES} - linked == set()
    assert KNOWLEDGE - linked == set()


def test_indicators_and_sources_are_known_and_used_as_their_unit_allows() -> None:
    indicators = {
        row["code"]: row for row in yaml.safe_load((CONTENT / "vocabulary" / "indicators.yaml").read_text())
    }
    sources = {row["code"] for row in yaml.safe_load((CONTENT / "sources.yaml").read_text())}
    assert sources == {"tno", "ing", "ser", "rom", "ip"}
    for path in CASES:
        head, _ = parts(path)
        assert {row["source"] for row in head["sources"]} <= sources
        for row in head["measurements"]:
            assert [key for key in ("change", "before", "level") if row.get(key) is not None] == [
                "change" if "change" in row else "level"
            ]
            assert "change" not in row or indicators[row["indicator"]]["unit"] == "%"
            assert row["caveat"]
            assert len(row["caveat"]) <= 500


def test_shares_of_companies_are_never_an_improvement() -> None:
    """What the German programme calls a rise is probably a share of the companies: a level, never a change."""
    head, _ = parts(CONTENT / "cases" / "noordrijn-westfalen.md")
    shares = {
        row["indicator"]: row for row in head["measurements"] if row["indicator"].startswith("companies-")
    }
    assert {code: row["level"] for code, row in shares.items()} == {
        "companies-workflow": 22,
        "companies-productivity": 9,
        "companies-new-products": 7,
        "companies-new-technology": 4,
    }
    assert "labour-productivity" not in {row["indicator"] for row in head["measurements"]}


@pytest.mark.parametrize(
    ("slug", "natures"),
    [
        ("almi-machinefabriek", {"account"}),
        ("scania-production-zwolle", {"account"}),
        ("dsm-delft", {"statement"}),
        ("thales-hengelo", {"statement"}),
        ("pactum", {"statement"}),
    ],
)
def test_what_carries_the_evidence_ladder(slug: str, natures: set[str]) -> None:
    """Told cases rest on statements alone; none of these has a figure that was measured or counted."""
    head, _ = parts(CONTENT / "cases" / f"{slug}.md")
    assert {row["nature"] for row in head["sources"]} == natures
    assert {row["established"] for row in head["measurements"]} <= {"self-reported", "not-stated"}


def test_sources_are_told_in_own_words() -> None:
    source = "\n".join(source_text(code) for code in FILE_STARTS)
    copied = {path.name: longest_copy(parts(path)[1], source) for path in sorted(CONTENT.glob("*/*.md"))}
    assert {name: run for name, run in copied.items() if run} == {}


def test_a_copied_run_of_words_is_found() -> None:
    source = "Na een jaar hadden ze een\nproductiviteitsstijging gerealiseerd van 12% in de hele fabriek."
    assert longest_copy(
        "Wij schrijven: na een jaar hadden ze een productiviteitsstijging gerealiseerd van 12%.",
        source,
        run=8,
    )
    assert longest_copy("Na een jaar was de productiviteit met 12% gestegen.", source, run=8) is None
