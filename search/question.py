"""What was asked, read from the address. Tolerant: what it doesn't know it leaves out and says so; it never refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from search import places
from search.facets import ALL, ESTABLISHED, FACETS, INDICATOR, TYPE, Vocabulary
from search.results import Measured, Query, Sort

MAX_TEXT = 300  # letters; a question of fifty words
LAST_PAGE = 100_000
PAGE_SIZE = 10
STEPS = (0, 5, 10, 20, 50)  # least improvements offered, in percent
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")

SORTS: dict[str, Sort] = {"nieuwste": "newest", "verbetering": "improvement"}

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its filters. `chosen` holds the accepted values by the engine's name of the facet.

    `established` narrows the indicator to results that came about in one of these ways. `remarks` are sentences for the
    visitor about what was left out. `within` is the code of the place that is searched; who asks sees to it that the
    reader may search there, so no address is read for it here.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    indicator: str = ""
    at_least: int = 0
    established: tuple[str, ...] = ()
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = PAGE_SIZE
    literal: bool = False
    within: str = ""
    remarks: tuple[str, ...] = ()

    @classmethod
    def from_data(cls, data: QueryDict, words: Vocabulary) -> Question:
        remarks: list[str] = []
        asked = " ".join(CONTROL.sub(" ", data.get("q", "")[: 4 * MAX_TEXT]).split())
        if len(asked) > MAX_TEXT:
            remarks.append(
                _("Je zoekvraag is erg lang. We zochten op de eerste %(count)d tekens.") % {"count": MAX_TEXT}
            )
        chosen: dict[str, tuple[str, ...]] = {}
        unknown: list[str] = []
        for facet in ALL:
            accepted, refused = facet.accept(data.getlist(facet.parameter), words)
            if accepted:
                chosen[facet.name] = accepted[:1] if facet is TYPE else accepted
            unknown += refused
        indicator = data.get("resultaat", "")
        if indicator and indicator not in words.of(INDICATOR):
            unknown.append(indicator)
            indicator = ""
        established, refused = ESTABLISHED.accept(data.getlist(ESTABLISHED.parameter), words)
        unknown += refused
        sort = SORTS.get(data.get("sorteer", ""), "relevance")
        if unknown:
            remarks.append(_unknown_sentence(unknown))
        return cls(
            text=asked[:MAX_TEXT].strip(),
            chosen=chosen,
            indicator=indicator,
            at_least=_whole_number(data.get("minstens", ""), 0, 1000, default=0) if indicator else 0,
            established=established if indicator else (),
            sort="relevance" if sort == "improvement" and not indicator else sort,
            page=_whole_number(data.get("pagina", ""), 1, LAST_PAGE, default=1),
            literal=data.get("letterlijk") == "1",
            remarks=tuple(remarks),
        )

    @property
    def type(self) -> str:
        return next(iter(self.chosen.get(TYPE.name, ())), "")

    @property
    def has_filters(self) -> bool:
        """Anything but the type, which is a tab."""
        return bool(self.indicator or self.within) or any(facet.name in self.chosen for facet in FACETS)

    def query(self, audience: frozenset[str], **values: Any) -> Query:
        """The question as engines take it."""
        wanted: dict[str, Any] = {
            "text": self.text,
            "audience": audience,
            "filters": self.chosen,
            "measured": self.measured(),
            "sort": self.sort,
            "page": self.page,
            "page_size": self.page_size,
            "literal": self.literal,
        }
        return Query(**{**wanted, **values})

    def measured(self) -> tuple[Measured, ...]:
        if not self.indicator:
            return ()
        return (Measured(self.indicator, float(self.at_least), self.established),)

    # --- the same question, changed a little

    def on_page(self, page: int) -> Question:
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> Question:
        return replace(self, sort=sort, page=1)

    def of_type(self, type_code: str) -> Question:
        chosen = {name: values for name, values in self.chosen.items() if name != TYPE.name}
        return replace(self, chosen={**chosen, **({TYPE.name: (type_code,)} if type_code else {})}, page=1)

    def without(self, facet: str, value: str) -> Question:
        left = tuple(chosen for chosen in self.chosen.get(facet, ()) if chosen != value)
        chosen = {name: values for name, values in self.chosen.items() if name != facet}
        return replace(self, chosen={**chosen, **({facet: left} if left else {})}, page=1)

    def with_value(self, facet: str, value: str) -> Question:
        return replace(self, chosen={**self.chosen, facet: (value,)}, page=1)

    def without_measured(self) -> Question:
        sort: Sort = "relevance" if self.sort == "improvement" else self.sort
        return replace(self, indicator="", at_least=0, established=(), sort=sort, page=1)

    def with_established(self, established: tuple[str, ...]) -> Question:
        return replace(self, established=established, page=1)

    def everywhere(self) -> Question:
        return replace(self, within="", page=1)

    def without_filters(self) -> Question:
        """The same words in everything."""
        return replace(self.without_measured(), chosen={}, within="", page=1)

    def asking(self, text: str, *, literal: bool = False) -> Question:
        return replace(self, text=text, literal=literal, page=1)

    # --- in addresses and forms

    def pairs(self, *, leave_out: Iterable[str] = ()) -> list[Pair]:
        """Parameters and values in a fixed order; defaults are left out."""
        found: list[Pair] = [("q", self.text)] if self.text else []
        found += [(places.PARAMETER, self.within)] if self.within else []
        for facet in ALL:
            found += [(facet.parameter, value) for value in self.chosen.get(facet.name, ())]
        if self.indicator:
            found.append(("resultaat", self.indicator))
            if self.at_least:
                found.append(("minstens", str(self.at_least)))
            found += [(ESTABLISHED.parameter, way) for way in self.established]
        found += [("sorteer", word) for word, sort in SORTS.items() if sort == self.sort]
        if self.literal:
            found.append(("letterlijk", "1"))
        if self.page > 1:
            found.append(("pagina", str(self.page)))
        left_out = set(leave_out)
        return [pair for pair in found if pair[0] not in left_out]

    def address(self, base: str) -> str:
        pairs = self.pairs()
        return f"{base}?{urlencode(pairs)}" if pairs else base


def _whole_number(text: str, least: int, most: int, *, default: int) -> int:
    if not text.isascii() or not text.isdigit():
        return default
    return min(max(int(text[:9]), least), most)


def _unknown_sentence(values: list[str]) -> str:
    shown = ", ".join(f"‘{value[:40]}’" for value in values[:3])
    if len(values) == 1:
        return _("Het filter %(value)s kennen we niet. We hebben het weggelaten.") % {"value": shown}
    return _("Deze filters kennen we niet: %(values)s. We hebben ze weggelaten.") % {"values": shown}
