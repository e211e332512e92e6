"""An answer as the design system's components take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.design.components.finding import page_numbers
from portal.design.numbers import format_number
from portal.design.shapes import HitView, Link, PageNumbers, WayIn
from search import stages
from search.documents import ShownHit
from search.facets import FACETS, GOAL, INDICATOR, REGION, SECTOR, SIZE, TYPE, Vocabulary
from search.places import Place
from search.promoting import Recommended
from search.question import PAGE_SIZE, STEPS, Question
from search.results import Hit, Segment
from search.services import Answer

MOST_GOALS = 6
#: What stands above suggestions of a kind.
SUGGESTION_KINDS = {
    "title": gettext_lazy("Pagina's"),
    "theme": gettext_lazy("Thema's"),
    "goal": gettext_lazy("Doelen"),
    "indicator": gettext_lazy("Gemeten resultaten"),
    "organisation": gettext_lazy("Organisaties"),
    "word": gettext_lazy("Zoek op"),
}


class MeasuredForm(forms.Form):
    """The two fields of a measured result; only drawn, since the address is read by `Question`.

    Always something is chosen ("maakt niet uit"), so neither is marked as optional.
    """

    use_required_attribute = False

    resultaat = forms.ChoiceField()
    minstens = forms.ChoiceField()

    def __init__(self, choices: list[tuple[str, str]], steps: list[tuple[str, str]], **values: Any) -> None:
        super().__init__(auto_id="filter_%s", **values)
        self.fields["resultaat"] = forms.ChoiceField(label=_("Wat is er beter geworden?"), choices=choices)
        self.fields["minstens"] = forms.ChoiceField(label=_("Ten minste"), choices=steps)


def highlighted(segments: Iterable[Segment]) -> SafeString:
    """Original text, escaped, with what was searched in `<mark>`."""
    parts = [
        format_html("<mark>{}</mark>", part.text) if part.marked else format_html("{}", part.text)
        for part in segments
    ]
    return format_html_join("", "{}", ((part,) for part in parts))


def hit_view(hit: Hit, shown: ShownHit) -> HitView:
    """What the database says today; highlights only where the index has the same title."""
    same_title = "".join(part.text for part in hit.title) == shown.title
    marks = [_("lijkt op jouw bedrijf")] if hit.is_preferred else []
    return HitView(
        kind=shown.kind_label,
        title=highlighted(hit.title) if same_title else shown.title,
        url=shown.url,
        meta=[*shown.meta, *marks],
        excerpt=highlighted(hit.snippet) if hit.snippet else shown.summary,
        evidence_level=shown.evidence_level,
        proof=shown.proof,
    )


def recommended_view(each: Recommended) -> HitView:
    """A hit that editors put on top, with their sentence."""
    return replace(hit_view(each.hit, each.shown), recommended=True, note=each.reason)


def heading(question: Question, answer: Answer) -> str:
    """The sentence above the hits: how many, and for which words."""
    if not answer.is_counted or answer.is_fallback:
        return _("Resultaten voor ‘%(text)s’") % {"text": question.text} if question.text else _("Resultaten")
    number = format_number(answer.total)
    if not answer.is_exact:
        counted = _("Meer dan %(number)s resultaten") % {"number": number}
    elif answer.total == 0:
        counted = _("Niets gevonden")
    else:
        counted = ngettext("%(number)s resultaat", "%(number)s resultaten", answer.total) % {"number": number}
    searched = (
        answer.results.correction.corrected if answer.results and answer.results.correction else question.text
    )
    return _("%(counted)s voor ‘%(text)s’") % {"counted": counted, "text": searched} if searched else counted


def type_tabs(question: Question, answer: Answer, words: Vocabulary, base: str) -> list[Link]:
    """Everything, and each type that has results (or is chosen)."""
    known = words.of(TYPE.name)
    counts = {count.value: count.count for count in (answer.facets or {}).get(TYPE.name, ())}
    shown = [code for code in known if counts.get(code) or code == question.type]
    if not answer.is_counted or answer.is_fallback:
        shown = list(known)
    tabs = [
        Link(
            label=_("Alles"),
            url=question.of_type("").address(base),
            current=not question.type,
            text=_sum(counts),
        )
    ]
    return tabs + [
        Link(
            label=capfirst(known[code].name),
            url=question.of_type(code).address(base),
            current=code == question.type,
            text=format_number(counts[code]) if code in counts else "",
        )
        for code in shown
    ]


def _sum(counts: dict[str, int]) -> str:
    return format_number(sum(counts.values())) if counts else ""


def facet_groups(question: Question, answer: Answer, words: Vocabulary) -> list[dict[str, Any]]:
    """Legend, parameter and options of each facet that has something to choose."""
    if answer.facets is None:
        return []
    groups = []
    for facet in FACETS:
        options = facet.options(answer.facets.get(facet.name, ()), question.chosen.get(facet.name, ()), words)
        if options:
            groups.append({"legend": str(facet.legend), "name": facet.parameter, "options": options})
    return groups


def measured_form(question: Question, answer: Answer, words: Vocabulary) -> MeasuredForm | None:
    """Indicators that have an improvement among the results; None where no result has one."""
    known = words.of(INDICATOR)
    counts = {count.value: count.count for count in answer.indicators if count.value in known}
    if question.indicator:
        counts.setdefault(question.indicator, 0)
    if not counts:
        return None
    choices = [("", _("Maakt niet uit"))]
    choices += [(code, f"{capfirst(known[code].name)} ({counts[code]})") for code in known if code in counts]
    steps = sorted({*STEPS, question.at_least})
    offered = [
        (str(step), _("%(step)d%% beter") % {"step": step} if step else _("elke verbetering"))
        for step in steps
    ]
    return MeasuredForm(
        choices, offered, initial={"resultaat": question.indicator, "minstens": str(question.at_least)}
    )


def measured_address(question: Question) -> str:
    """Where the same measured results stand in a row: the filters that count there, and the words."""
    kept = {facet.name for facet in (SIZE, SECTOR, REGION)}
    chosen = {name: values for name, values in question.chosen.items() if name in kept}
    same = replace(question, chosen=chosen, within="", sort="relevance", literal=False, page=1)
    return same.address(reverse("search:measured"))


def chips(question: Question, words: Vocabulary, base: str, place: Place | None = None) -> list[Link]:
    """What is active, each with the address without it."""
    found: list[Link] = []
    if place is not None:
        label = _("In %(place)s") % {"place": place.name}
        found.append(Link(label=label, url=question.everywhere().address(base)))
    found += [
        Link(label=facet.label(value, words), url=question.without(facet.name, value).address(base))
        for facet in FACETS
        for value in question.chosen.get(facet.name, ())
    ]
    if question.indicator:
        name = capfirst(words.of(INDICATOR)[question.indicator].name)
        label = _("%(name)s ten minste %(step)d%% beter") % {"name": name, "step": question.at_least}
        label = label if question.at_least else _("%(name)s beter") % {"name": name}
        found.append(Link(label=label, url=question.without_measured().address(base)))
    return found


def pages(question: Question, answer: Answer, base: str) -> PageNumbers | None:
    """Numbered pages; only the neighbours where the total is withheld."""
    if answer.is_fallback:
        return None
    if not answer.is_counted:
        following = (
            question.on_page(question.page + 1).address(base) if len(answer.found) == PAGE_SIZE else ""
        )
        previous = question.on_page(question.page - 1).address(base) if question.page > 1 else ""
        here = Link(label=str(question.page), url=question.address(base), current=True)
        return PageNumbers(pages=(here,), previous_url=previous, next_url=following)
    last = last_page(answer)
    if last < 2 or question.page > last:
        return None
    return page_numbers(question.page, last, lambda number: question.on_page(number).address(base))


def last_page(answer: Answer) -> int:
    return max(1, -(-min(answer.others, stages.DEEPEST) // PAGE_SIZE))


def deepest_sentence(question: Question, answer: Answer) -> str:
    """Where pages end although there are more results; empty elsewhere."""
    if not answer.is_counted or answer.others <= stages.DEEPEST or question.page < last_page(answer):
        return ""
    deepest = f"{stages.DEEPEST:,}".replace(",", ".")
    return _("Verder dan %(count)s resultaten gaan we niet. Verfijn je vraag of kies een filter.") % {
        "count": deepest
    }


def goal_ways(codes: list[str], words: Vocabulary, base: str) -> list[WayIn]:
    """Ways in by goal, for who found nothing."""
    known = words.of(GOAL.name)
    return [
        WayIn(label=capfirst(known[code].name), url=Question().with_value(GOAL.name, code).address(base))
        for code in codes
        if code in known
    ][:MOST_GOALS]
