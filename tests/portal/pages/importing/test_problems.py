"""A file with something wrong in it: told with file, line and field, and nothing in the database changes."""

# ruff: noqa: E501 - one mistake a line reads best

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.pages.importing.problems import ImportFailed, Problem
from portal.pages.importing.services import import_files
from tests.factories.pages import Portal, make_knowledge
from tests.portal.pages.importing.conftest import Dump
from tests.portal.pages.importing.files import (
    CASE,
    FIGURE,
    KNOWLEDGE,
    PAGE,
    case_called,
    changed,
    line_with,
)

pytestmark = pytest.mark.any_database  # eighty-five ways to say what is wrong with a file

NAME = "fout.md"


def problems_of(*files: tuple[str, str], **options: Any) -> list[Problem]:
    with pytest.raises(ImportFailed) as failed:
        import_files(files, **options)
    return failed.value.problems


# What is wrong: the file, the edit, words on the line that is named, the field, and a part of the message.
WRONG: dict[str, tuple[str, tuple[str, str], str, str, str]] = {
    "unknown source": (CASE, ("    source: ip", "    source: krant"), "source: krant", "measurements[1].source", "onbekend"),
    "missing source": (CASE, ("    source: ip\n", ""), "indicator: stocks", "measurements[1].source", "ontbreekt"),
    "citation without a source": (CASE, ("  - source: ip\n    nature", "  - nature"), "nature: account", "sources[1].source", "ontbreekt"),
    "unknown nature": (CASE, ("nature: account", "nature: gerucht"), "nature: gerucht", "sources[1].nature", "bestaat niet"),
    "no sources": (
        CASE,
        ('sources:\n  - source: ip\n    nature: account\n    place: "deel c"\n    by: TNO, 2008\n', "sources:\n"),
        "sources:",
        "sources",
        "ontbreekt",
    ),
    "unknown indicator": (CASE, ("indicator: stocks", "indicator: geluk"), "indicator: geluk", "measurements[1].indicator", "onbekend"),
    "no number": (CASE, ("change: -8", "change: veel"), "change: veel", "measurements[1].change", "geen getal"),
    "a comma for a point": (CASE, ("change: -8", "change: -8,5"), "change: -8,5", "measurements[1].change", "geen getal"),
    "not a number": (CASE, ("change: -8", "change: .nan"), "change: .nan", "measurements[1].change", "geen getal"),
    "infinity": (CASE, ("change: -8", "change: Infinity"), "change: Infinity", "measurements[1].change", "geen mogelijk getal"),
    "a number too large to keep": (CASE, ("change: -8", "change: 1000000000"), "change: 1000", "measurements[1].change", "geen mogelijk getal"),
    "an exponent out of this world": (CASE, ("change: -8", "change: 1e999999"), "change: 1e9", "measurements[1].change", "geen mogelijk getal"),
    "more decimals than are kept": (CASE, ("change: -8", "change: -8.1234"), "change: -8.1", "measurements[1].change", "achter de komma"),
    "change below −100%": (CASE, ("change: -8", "change: -101"), "change: -101", "measurements[1].change", "daling van 101%"),
    "a share above 100%": (
        CASE,
        ("indicator: stocks\n    change: -8", "indicator: companies-workflow\n    level: 120"),
        "level: 120",
        "measurements[1].level",
        "een deel van 120%",
    ),
    "before without after": (CASE, ("    after: 50.5\n", ""), "- indicator: labour", "measurements[2].after", "horen bij elkaar"),
    "after without before": (CASE, ("    before: 40\n", ""), "- indicator: labour", "measurements[2].before", "horen bij elkaar"),
    "change and level": (CASE, ("change: -8", "change: -8\n    level: 5"), "- indicator: stocks", "measurements[1].indicator", "één van drie"),
    "no value at all": (CASE, ("    change: -8\n", ""), "- indicator: stocks", "measurements[1].indicator", "één van drie"),
    "figure without a quote": (CASE, ('    quote: "onze voorraden met 8%"\n', ""), "- indicator: stocks", "measurements[1].quote", "ontbreekt"),
    "quote too long": (CASE, ("onze voorraden met 8%", "v" * 61), "vvv", "measurements[1].quote", "61 tekens"),
    "figure without a place": (CASE, ('    place: "Goede voorbeelden"\n', ""), "- indicator: stocks", "measurements[1].place", "ontbreekt"),
    "unknown way of establishing": (CASE, ("established: self-reported", "established: gevoeld"), "gevoeld", "measurements[1].established", "bestaat niet"),
    "half a company": (CASE, ("companies: 1", "companies: 0.5"), "companies: 0.5", "measurements[1].companies", "geheel getal"),
    "period of a figure backwards": (CASE, ("{start: 2006, end: , note: }", "{start: 2006, end: 2005}"), "end: 2005", "measurements[2].period.end", "voor het begin"),
    "period of a case backwards": (CASE, ("end: 2008", "end: 2005"), "end: 2005", "period.end", "voor het begin"),
    "a year out of this world": (CASE, ("start: 2006", "start: 20060"), "start: 20060", "period.start", "geheel getal"),
    "unknown field": (CASE, ("effort:", "efort:"), "efort:", "efort", "onbekend veld"),
    "unknown field of a figure": (CASE, ("    caveat:", "    kanttekening:"), "kanttekening:", "measurements[2].kanttekening", "onbekend veld"),
    "unknown field of a period": (CASE, ("start: 2006, end: 2008", "begin: 2006"), "begin: 2006", "period.begin", "onbekend veld"),
    "duplicate key": (CASE, ("kind: practice", "kind: practice\nkind: failure"), "kind: failure", "kind", "staat er twee keer"),
    "unknown kind": (CASE, ("kind: practice", "kind: wonder"), "kind: wonder", "kind", "bestaat niet"),
    "unknown theme": (CASE, ("[proces, leiderschap]", "[proces, geluk]"), "geluk", "themes", "'geluk' is onbekend"),
    "a theme twice": (CASE, ("[proces, leiderschap]", "[proces, proces]"), "themes: ", "themes", "staat er 2 keer"),
    "no theme": (CASE, ("[proces, leiderschap]", "[]"), "themes: ", "themes", "ontbreekt"),
    "a word for a list": (CASE, ("[proces, leiderschap]", "proces"), "themes: ", "themes", "moet een lijst zijn"),
    "a list for a word": (CASE, ("title: Laat", "title: [a]\nx: Laat"), "title: [a]", "title", "moet één waarde zijn"),
    "unknown sector": (CASE, ('["25"]', '["99"]'), "sectors:", "sectors", "'99' is onbekend"),
    "unknown region": (CASE, ("[PV23]", "[Twente]"), "regions:", "regions", "'Twente' is onbekend"),
    "unknown size": (CASE, ("size_class: 15-49", "size_class: groot"), "size_class: groot", "size_class", "onbekend"),
    "no organisation": (CASE, ("organisation: Smederij De Hamer", "organisation:"), "organisation:", "organisation", "ontbreekt"),
    "no title": (CASE, ("title: Laat de ploeg zelf plannen\n", ""), "type: case", "title", "ontbreekt"),
    "title too long": (CASE, ("Laat de ploeg", "L" * 201), "title: LLL", "title", "er passen er 200"),
    "summary too long": (CASE, ("summary: De", "summary: " + "D" * 261), "summary: D", "summary", "er passen er 260"),
    "no slug": (CASE, ("slug: smederij", "slug:"), "slug:", "slug", "ontbreekt"),
    "slug with a slash": (CASE, ("slug: smederij", "slug: a/b"), "slug: a/b", "slug", "kleine letters"),
    "no date": (CASE, ("2026-11-22", "vorige week"), "vorige week", "reviewed", "geen datum"),
    "a day that doesn't exist": (CASE, ("2026-11-22", "2026-02-30"), "2026-02-30", "reviewed", "geen datum"),
    "unknown page": (CASE, ("related: []", "related: [nergens]"), "related:", "related", "geen pagina 'nergens'"),
    "itself": (CASE, ("related: []", "related: [smederij]"), "related:", "related", "de pagina zelf"),
    "unknown type": (CASE, ("type: case", "type: recept"), "type: recept", "type", "'recept' kan hier niet"),
    "no type": (CASE, ("type: case\n", ""), "slug: smederij", "type", "ontbreekt"),
    "address of another page": (PAGE, ("slug: over", "slug: kennis"), "slug: kennis", "slug", "adres van een andere pagina"),
    # the text
    "unknown heading": (CASE, ("## Lessen", "## Lesjes"), "## Lesjes", "tekst", "'Lesjes' is onbekend"),
    "missing heading": (CASE, ("## Aanleiding\nEr lag te veel,\nen niemand wist *waarom*.\n\n", ""), "## Aanpak", "tekst", "'Aanleiding' ontbreekt"),
    "heading twice": (CASE, ("## Lessen", "## Resultaat"), "## Resultaat\n- ", "tekst", "staat er twee keer"),
    "text above the first heading": (CASE, ("---\n## Aanleiding", "---\n\nVooraf.\n## Aanleiding"), "Vooraf.", "tekst", "boven de eerste kop"),
    "approach without steps": (CASE, ("1. **Kies één ploeg.** Begin klein.\n2. **Meet.** Noteer wat er ligt.", "Gewoon doen."), "Gewoon doen.", "tekst", "genummerde lijst"),
    "words between the steps": (CASE, ("2. **Meet.**", "\nEn dan:\n\n2. **Meet.**"), "En dan:", "tekst", "genummerde lijst"),
    "words beside the lessons": (CASE, ("- Vraag het", "Kort gezegd:\n\n- Vraag het"), "Kort gezegd:", "tekst", "lijst met streepjes"),
    "table in the result": (CASE, ("Minder voorraad.", "Eerst:\n\n| a | b |\n|---|---|"), "| a | b |", "tekst", "een tabel kan hier niet"),
    "directive in a case": (CASE, ("Minder voorraad.", "{{ figuur: groei }}"), "{{ figuur", "tekst", "kan hier niet"),
    "unknown directive": (KNOWLEDGE, ("- Loop een uur mee.", "{{ plaatje: groei }}"), "{{ plaatje", "tekst", "'plaatje: groei' is onbekend"),
    "unknown diagram": (KNOWLEDGE, ("- Loop een uur mee.", "{{ diagram: cirkel }}"), "{{ diagram", "tekst", "'diagram: cirkel' is onbekend"),
    "directive without a name": (KNOWLEDGE, ("- Loop een uur mee.", "{{ figuur: }}"), "{{ figuur", "tekst", "is onbekend"),
    "directive in a sentence": (KNOWLEDGE, ("- Loop een uur mee.", "Zie {{ figuur: groei }}."), "Zie {{", "tekst", "niet alleen op haar regel"),
    "directive half written": (KNOWLEDGE, ("- Loop een uur mee.", "{{ figuur groei }}"), "{{ figuur", "tekst", "kan hier niet"),
    "directive to no page": (KNOWLEDGE, ("- Loop een uur mee.", "Zie:\n\n{{ praktijk: nergens }}"), "{{ praktijk", "tekst", "geen pagina 'nergens'"),
    "no text": (PAGE, ("Een portaal.\n", ""), "", "tekst", "ontbreekt"),
    "knowledge without sources": (KNOWLEDGE, ('  - source: ip\n    place: "hoofdstuk 1"\n', ""), "sources:", "sources", "ontbreekt"),
    # figures
    "a figure that is not a number": (FIGURE, ("[14, 5]", "[.nan, 5]"), "values:", "rows[1].values", "geen getal"),
    "an endless figure": (FIGURE, ("[14, 5]", "[Infinity, 5]"), "values:", "rows[1].values", "geen mogelijk getal"),
    # the file
    "no head": (CASE, ("---\ntype", "type"), "type: case", "kop", "ontbreekt"),
    "no end of the head": (PAGE, ("reviewed: 2026-11-22\n---", "reviewed: 2026-11-22"), "---", "kop", "ontbreekt"),
    "bad YAML": (CASE, ("kind: practice", "kind: 'practice"), "kind: 'practice", "kop", "geen leesbare YAML"),
    "bad indentation": (CASE, ("kind: practice", " kind: practice"), " kind: practice", "kop", "geen leesbare YAML"),
    "a control character": (CASE, ("kind: practice", "kind: prac\x07tice"), "prac\x07", "kop", "geen leesbare YAML"),
    "nested without end": (PAGE, ("title: Over", "title: " + "[" * 3000 + "\nx: Over"), "type: page", "kop", "geen leesbare YAML"),
    "a list for a head": (PAGE, ("type: page\nslug: over\ntitle: Over dit portaal\nsummary: Wat het is.\nreviewed: 2026-11-22", "- a\n- b"), "- a", "kop", "geen velden"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "edit", "words", "field", "message"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_with_its_place_and_changes_nothing(
    portal: Portal,
    dump: Callable[[], Dump],
    text: str,
    edit: tuple[str, str],
    words: str,
    field: str,
    message: str,
) -> None:
    good, wrong = case_called("andere"), changed(text, edit)
    before = dump()
    problems = problems_of(("goed.md", good), (NAME, wrong))
    assert dump() == before
    told = [problem for problem in problems if problem.field == field and message in problem.message]
    assert len(told) == 1, problems
    assert told[0].file == NAME
    if words:
        start = wrong.index(words)
        assert told[0].line == wrong[:start].count("\n") + 1
    else:
        assert told[0].line == wrong.count("\n") + 1
    assert str(told[0]) == f"{NAME}, regel {told[0].line}, {field}: {told[0].message}"
    assert {problem.file for problem in problems} == {NAME}


def test_all_mistakes_of_all_files_are_told_at_once_in_order(
    portal: Portal, dump: Callable[[], Dump]
) -> None:
    before = dump()
    first = changed(CASE, ("change: -8", "change: x"), ("kind: practice", "kind: y"))
    second = changed(KNOWLEDGE, ("source: ip", "source: krant"))
    told = [(one.file, one.line, one.field) for one in problems_of(("b.md", first), ("a.md", second))]
    assert told == [
        ("a.md", line_with(second, "krant"), "sources[1].source"),
        ("b.md", line_with(first, "kind: y"), "kind"),
        ("b.md", line_with(first, "change: x"), "measurements[1].change"),
    ]
    assert dump() == before


def test_one_slug_in_two_files_is_told_for_the_second(portal: Portal, dump: Callable[[], Dump]) -> None:
    before = dump()
    told = problems_of(("a.md", CASE), ("b.md", CASE))
    assert told == [Problem("b.md", 3, "slug", "'smederij' staat ook in a.md.")]
    assert dump() == before


def test_a_slug_that_two_pages_have_is_no_link(portal: Portal, dump: Callable[[], Dump]) -> None:
    make_knowledge(portal, "Smederijen", slug="smederij")
    linking = changed(KNOWLEDGE, ("related: []", "related: [smederij]"))
    before = dump()
    told = problems_of(("a.md", CASE), ("b.md", linking))
    assert told == [
        Problem("b.md", line_with(linking, "related"), "related", "er is meer dan één pagina 'smederij'.")
    ]
    assert dump() == before


def test_two_kinds_of_pages_may_have_one_slug(portal: Portal) -> None:
    report = import_files([("a.md", CASE), ("b.md", changed(KNOWLEDGE, ("slug: basis", "slug: smederij")))])
    assert report.created == ["smederij", "smederij"]


def test_only_the_types_that_are_asked_for(portal: Portal, dump: Callable[[], Dump]) -> None:
    before = dump()
    told = problems_of(("a.md", CASE), ("b.md", PAGE), only_types={"case"})
    assert told == [Problem("b.md", 2, "type", "'page' kan hier niet; kies uit case.")]
    assert dump() == before


def test_without_the_overview_there_is_no_place_for_a_case(portal: Portal, dump: Callable[[], Dump]) -> None:
    portal.cases.delete()
    before = dump()
    told = problems_of(("a.md", CASE))
    assert told == [Problem("a.md", 2, "type", "de pagina waar deze onder hoort is er nog niet.")]
    assert dump() == before
