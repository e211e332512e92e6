"""Measured results as the design system's components take them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.design.components.finding import page_numbers
from portal.design.components.measuring import COMPARATOR_WORDS, EVIDENCE_WORDS
from portal.design.numbers import format_number
from portal.design.shapes import Link, MeasurementView, PageNumbers, SourceView, StripDot, StripView, WayIn
from portal.evidence.ladder import Establishment
from portal.evidence.models import Indicator
from search.checking import Found
from search.facets import ESTABLISHED, INDICATOR, Vocabulary
from search.measured.asking import FACETS, PAGE_SIZE, Measurements
from search.question import STEPS, Question
from search.results import FacetCount

MARKS = {
    Establishment.MEASURED.value: "full",
    Establishment.COUNTED.value: "full",
    Establishment.ESTIMATED.value: "ring",
    Establishment.SELF_REPORTED.value: "ring",
    Establishment.NOT_STATED.value: "none",
}


class MeasuredForm(forms.Form):
    """Which indicator, and how much better at least; only drawn, since the address is read by `Question`."""

    use_required_attribute = False

    resultaat = forms.ChoiceField()
    minstens = forms.ChoiceField()

    def __init__(self, choices: list[tuple[str, str]], steps: list[tuple[str, str]], **values: Any) -> None:
        super().__init__(auto_id="filter_%s", **values)
        self.fields["resultaat"] = forms.ChoiceField(label=_("Wat is er beter geworden?"), choices=choices)
        self.fields["minstens"] = forms.ChoiceField(label=_("Hoeveel ten minste?"), choices=steps)


def measured_form(question: Question, found: Measurements, words: Vocabulary) -> MeasuredForm:
    known = words.of(INDICATOR)
    counts = {count.value: count.count for count in found.indicators if count.value in known}
    choices = [(code, f"{capfirst(known[code].name)} ({counts[code]})") for code in known if code in counts]
    if question.indicator not in counts:
        choices.insert(0, (question.indicator, capfirst(known[question.indicator].name)))
    steps = sorted({*STEPS, question.at_least})
    offered = [
        (str(step), _("%(step)d%% beter") % {"step": step} if step else _("elke verbetering"))
        for step in steps
    ]
    return MeasuredForm(
        choices, offered, initial={"resultaat": question.indicator, "minstens": str(question.at_least)}
    )


def facet_groups(question: Question, found: Measurements, words: Vocabulary) -> list[dict[str, Any]]:
    """Legend, parameter and options of what has something to choose; how it was established comes first."""
    if found.facets is None:
        return []
    groups = []
    for facet in (ESTABLISHED, *FACETS):
        chosen = question.established if facet is ESTABLISHED else question.chosen.get(facet.name, ())
        options = facet.options(found.facets.get(facet.name, ()), chosen, words)
        if options:
            groups.append({"legend": str(facet.legend), "name": facet.parameter, "options": options})
    return groups


def chips(question: Question, words: Vocabulary, base: str) -> list[Link]:
    """What is active beside the indicator, each with the address without it."""
    found = []
    if question.text:
        label = _("met ‘%(text)s’") % {"text": question.text}
        found.append(Link(label=label, url=question.asking("").address(base)))
    if question.at_least:
        label = _("ten minste %(step)d%% beter") % {"step": question.at_least}
        found.append(Link(label=label, url=replace(question, at_least=0, page=1).address(base)))
    for way in question.established:
        left = tuple(other for other in question.established if other != way)
        found.append(
            Link(label=ESTABLISHED.label(way, words), url=question.with_established(left).address(base))
        )
    for facet in FACETS:
        for value in question.chosen.get(facet.name, ()):
            url = question.without(facet.name, value).address(base)
            found.append(Link(label=facet.label(value, words), url=url))
    return found


def heading(question: Question, found: Measurements, words: Vocabulary) -> str:
    name = capfirst(words.of(INDICATOR)[question.indicator].name)
    if not found.is_counted or found.is_down:
        return name
    if not found.total:
        return _("%(name)s: niets gevonden") % {"name": name}
    counted = ngettext("%(number)s resultaat", "%(number)s resultaten", found.total)
    return _("%(name)s: %(counted)s") % {
        "name": name,
        "counted": counted % {"number": format_number(found.total)},
    }


# --- the strip and the list


@dataclass(frozen=True, slots=True)
class Ranked:
    """One result with its number on this page of the list."""

    number: int
    title: str
    url: str
    kind: str
    meta: tuple[str, ...]
    figure: MeasurementView
    evidence_level: str
    improvement: float
    established: str

    @property
    def whose(self) -> str:
        return self.meta[0] if self.meta else self.title

    def dot(self) -> StripDot:
        return StripDot(
            number=self.number,
            value=round(self.improvement, 2),
            label=self.sentence(),
            url=self.url,
            mark=MARKS.get(self.established, "none"),
        )

    def sentence(self) -> str:
        """All that the dot says, for who doesn't see it."""
        better = _("%(percent)s%% beter") % {"percent": format_number(round(self.improvement, 1))}
        comparator = COMPARATOR_WORDS[self.figure.comparator]
        parts = [f"{comparator} {better}".strip(), self.figure.established_label]
        if self.evidence_level:
            parts.append(_("bewijs: %(level)s") % {"level": EVIDENCE_WORDS[self.evidence_level]})
        if self.figure.source:
            parts.append(_("bron: %(source)s") % {"source": source_words(self.figure.source)})
        return f"{self.number}. {self.whose}: {', '.join(parts)}"


def source_words(source: SourceView) -> str:
    return ", ".join(str(part) for part in (source.who, source.what, source.year) if part)


def ranked(found: Sequence[Found], question: Question) -> list[Ranked]:
    """The page's results in order, numbered through all pages."""
    first = (question.page - 1) * PAGE_SIZE + 1
    return [
        Ranked(
            number=number,
            title=shown.title,
            url=shown.url,
            kind=shown.kind_label,
            meta=tuple(shown.meta),
            figure=shown.proof,
            evidence_level=shown.evidence_level,
            improvement=shown.result.improvement,
            established=shown.result.established,
        )
        for number, (_hit, shown) in enumerate(found, first)
        if shown.proof is not None and shown.result is not None
    ]


def strips(results: Sequence[Ranked], name: str) -> list[StripView]:
    """One strip for changes in time, one for differences with others: these are not the same thing on one scale."""
    titles = (
        (False, _("%(name)s: hoeveel procent beter dan ervoor")),
        (True, _("%(name)s: hoeveel procent beter dan de groep waarmee vergeleken is")),
    )
    found = []
    for is_compared, title in titles:
        dots = [each.dot() for each in results if bool(each.figure.compared_with) == is_compared]
        if dots:
            note = _("Elke stip is één resultaat. Het nummer is dat in de lijst hieronder.")
            found.append(StripView(title=title % {"name": capfirst(name)}, dots=dots, note=note))
    return found


def pages(question: Question, found: Measurements, base: str) -> PageNumbers | None:
    last = last_page(found)
    if not found.is_counted or last < 2 or question.page > last:
        return None
    return page_numbers(question.page, last, lambda number: question.on_page(number).address(base))


def last_page(found: Measurements) -> int:
    return max(1, -(-found.total // PAGE_SIZE))


# --- without an indicator


@dataclass(frozen=True, slots=True)
class Family:
    """Indicators of one kind, each leading to its results."""

    name: str
    ways: list[WayIn]


def families(counts: Sequence[FacetCount], base: str) -> list[Family]:
    """The indicators that have results, by family; one query."""
    number = {count.value: count.count for count in counts}
    found: dict[str, list[WayIn]] = {}
    rows = Indicator.objects.filter(code__in=number).exclude(direction=Indicator.Direction.NONE)
    for indicator in rows.order_by("name"):
        way = WayIn(
            label=capfirst(indicator.name),
            text=indicator.explanation,
            url=Question(indicator=indicator.code).address(base),
            count=number[indicator.code],
        )
        found.setdefault(indicator.family, []).append(way)
    return [
        Family(capfirst(str(family.label)), found[family.value])
        for family in Indicator.Family
        if family.value in found
    ]
