"""Content files as an editor would write them, line by line, so that a test can say which line is wrong."""

from __future__ import annotations

from portal.pages.importing.services import ImportReport

CASE = """\
---
type: case
slug: smederij
title: Laat de ploeg zelf plannen
summary: De smederij liet de ploeg zelf plannen.
organisation: Smederij De Hamer
kind: practice
sectors: ["25"]
size_class: 15-49
regions: [PV23]
themes: [proces, leiderschap]
goals: [minder-voorraad]
period: {start: 2006, end: 2008, note: }
effort: Een halve dag per week.
cost:
payback:
personnel_involved: from-start
reviewed: 2026-11-22
measurements:
  - indicator: stocks
    change: -8
    established: self-reported
    companies: 1
    source: ip
    place: "Goede voorbeelden"
    quote: "onze voorraden met 8%"
  - indicator: labour-productivity
    before: 40
    after: 50.5
    comparator: about
    established: not-stated
    period: {start: 2006, end: , note: }
    base: de stand in 2006
    caveat: De bron zegt niet hoe.
    source: ip
    place: "Goede voorbeelden"
    quote: "van 40 naar 50,5"
sources:
  - source: ip
    nature: account
    place: "deel c"
    by: TNO, 2008
related: []
---
## Aanleiding
Er lag te veel,
en niemand wist *waarom*.

## Aanpak
1. **Kies één ploeg.** Begin klein.
2. **Meet.** Noteer wat er ligt.

## Resultaat
Minder voorraad.

## Lessen
- Vraag het **eerst** aan de ploeg.

## Wat kun je morgen doen?
- Loop een uur mee.
"""

KNOWLEDGE = """\
---
type: knowledge
slug: basis
title: Eerst de basis
summary: Wat je eerst op orde brengt.
themes: [proces]
goals: []
sources:
  - source: ip
    place: "hoofdstuk 1"
related: []
reviewed: 2026-11-22
---
Waarom je klein begint.

## Zo begin je
- Loop een uur mee.
"""

PAGE = """\
---
type: page
slug: over
title: Over dit portaal
summary: Wat het is.
reviewed: 2026-11-22
---
Een portaal.
"""

FIGURE = """\
---
type: figure
slug: groei
title: Wie slimmer werkt, groeit harder
summary: Groei van bedrijven.
measure: groei in procenten
unit: "%"
established: self-reported
caveat: Een verband is geen oorzaak.
source: ip
place: "bijlage"
chart: grouped-bar
themes: [proces]
reviewed: 2026-11-22
series: [werkte slimmer, deed dat niet]
rows:
  - label: Productiviteit
    values: [14, 5]
    quotes: ["14%", "5%"]
---
Bedrijven vertelden het zelf.
"""


def changed(text: str, *edits: tuple[str, str]) -> str:
    """`text` with each (old, new) replaced once; fails where there is nothing to replace."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def line_with(text: str, words: str) -> int:
    """The number (from 1) of the first line with `words`."""
    return next(number for number, line in enumerate(text.split("\n"), start=1) if words in line)


def case_called(slug: str, *edits: tuple[str, str]) -> str:
    return changed(CASE, ("slug: smederij", f"slug: {slug}"), *edits)


ALL = [("groei.md", FIGURE), ("smederij.md", CASE), ("basis.md", KNOWLEDGE), ("over.md", PAGE)]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return len(report.created), len(report.updated), len(report.unchanged), len(report.kept)
