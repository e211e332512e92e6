"""Facets: what results can be narrowed by. Each is one object with its parameter, its labels and its options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.design.shapes import FacetOption
from portal.evidence.models import EstablishmentChoices, Indicator
from portal.http.generations import KeptForGeneration
from portal.taxonomy.labels import Label, labels
from search.documents import sources
from search.results import FacetCount

MOST_VALUES = 20  # chosen of one facet
CHILD = "– "  # before the name of a value that lies in the one above it

KINDS = {
    "practice": _("praktijk"),
    "failure": _("wat niet werkte"),
    "ecosystem": _("ecosysteem"),
    "programme": _("programma"),
    "hub": _("hub"),
}
# Documents carry every step up to their own, so each value means "at least".
EVIDENCE_STEPS = {
    "described": _("ten minste beschreven"),
    "measured": _("ten minste gemeten"),
    "compared": _("ten minste vergeleken"),
    "repeated": _("herhaald"),
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All labels of one request: by the engine's name of the facet, then by value, in the order of showing."""

    lists: Mapping[str, Mapping[str, Label]]

    def of(self, name: str) -> Mapping[str, Label]:
        return self.lists.get(name, {})


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow. `name` is the engine's, `parameter` the one in the address.

    `is_open` lets any year through; other facets know their values from the vocabulary.
    """

    name: str
    parameter: str
    legend: Any
    by_count: bool = False  # most frequent first; else in the order of the list
    is_open: bool = False

    def accept(self, values: Iterable[str], words: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The values that exist, each once, and those that don't."""
        asked = list(dict.fromkeys(value for value in values if value))[: 2 * MOST_VALUES]
        known = words.of(self.name)
        accepted = [value for value in asked if (is_year(value) if self.is_open else value in known)]
        return tuple(accepted[:MOST_VALUES]), tuple(value for value in asked if value not in accepted)

    def label(self, value: str, words: Vocabulary) -> str:
        known = words.of(self.name)
        return known[value].name if value in known else value

    def options(
        self, counts: Sequence[FacetCount], chosen: Sequence[str], words: Vocabulary
    ) -> list[FacetOption]:
        """What can be chosen now, with counts; what was chosen stays in sight, also where it leaves nothing."""
        known = words.of(self.name)
        found = {count.value: count.count for count in counts if self.is_open or count.value in known}
        if self.is_open:
            order = sorted(found, reverse=True)
        else:
            order = list(found) if self.by_count else [value for value in known if value in found]
        order += [value for value in chosen if value not in found]
        return [
            FacetOption(
                value=value,
                label=(CHILD if _has_parent_in(found, value, known) else "") + self.label(value, words),
                count=found.get(value, 0),
                checked=value in chosen,
            )
            for value in _parents_first(order, known)
        ]


def _has_parent_in(found: Mapping[str, int], value: str, known: Mapping[str, Label]) -> bool:
    return value in known and known[value].parent in found


def _parents_first(order: Sequence[str], known: Mapping[str, Label]) -> list[str]:
    """The same values with each child right after what it lies in."""
    present = set(order)
    parent_of = {
        value: known[value].parent for value in order if value in known and known[value].parent in present
    }
    result: list[str] = []
    for value in order:
        if value not in parent_of:
            result.append(value)
            result.extend(child for child in order if parent_of.get(child) == value)
    return result


def is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()


TYPE = Facet("type", "type", _("Soort"))
THEME = Facet("theme", "thema", _("Thema"), by_count=True)
GOAL = Facet("goal", "doel", _("Wat je wilt bereiken"), by_count=True)
SECTOR = Facet("sector", "sector", _("Sector"))
REGION = Facet("region", "regio", _("Regio"))
SIZE = Facet("size", "grootte", _("Grootte van het bedrijf"))
EVIDENCE = Facet("evidence", "bewijs", _("Bewijs"))
KIND = Facet("kind", "soort", _("Soort voorbeeld"))
YEAR = Facet("year", "jaar", _("Jaar"), is_open=True)

#: Of measured results; no engine counts it, since it belongs to an indicator.
ESTABLISHED = Facet("established", "vastgesteld", _("Hoe vastgesteld"))

#: In the order in which they stand beside the results; the type stands above them as tabs.
FACETS = (GOAL, THEME, SECTOR, SIZE, REGION, EVIDENCE, KIND, YEAR)
ALL = (TYPE, *FACETS)
INDICATOR = "indicator"  # the engine's facet of indicators with an improvement

_kept: KeptForGeneration[str, Mapping[str, Label]] = KeptForGeneration()


def read_vocabulary() -> Vocabulary:
    """Two queries at most: one for the reference lists, one for the indicators; mostly none."""
    lists = labels()
    return Vocabulary(
        {
            TYPE.name: {code: Label(code, str(source.plural)) for code, source in sources().items()},
            THEME.name: lists.themes,
            GOAL.name: lists.goals,
            SECTOR.name: lists.sectors,
            REGION.name: lists.regions,
            SIZE.name: lists.sizes,
            EVIDENCE.name: {code: Label(code, str(name)) for code, name in EVIDENCE_STEPS.items()},
            KIND.name: {code: Label(code, str(name)) for code, name in KINDS.items()},
            ESTABLISHED.name: {code: Label(code, str(name)) for code, name in EstablishmentChoices.choices},
            INDICATOR: indicators(),
        }
    )


def indicators() -> Mapping[str, Label]:
    """The indicators whose improvement is a share and has a better direction, by code; one query, kept like labels."""
    return _kept.get(INDICATOR, _read_indicators)


def _read_indicators() -> Mapping[str, Label]:
    rows = Indicator.objects.exclude(direction=Indicator.Direction.NONE).order_by("name")
    return {code: Label(code, name) for code, name in rows.values_list("code", "name")}
