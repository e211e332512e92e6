"""The page of measured results."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.audiences import terms_for
from portal.design.shapes import Link
from search.documents import Reader
from search.facets import ALL, INDICATOR, Vocabulary, read_vocabulary
from search.measured import presentation
from search.measured.asking import FACETS, PAGE_SIZE, Measurements, measurements
from search.privacy import private
from search.question import Question

PART = "gevonden"  # the id of what a changed filter replaces


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`/zoeken/resultaten/?resultaat=…`: the results of one indicator, or which indicators have any."""
    words = read_vocabulary()
    question = _own(Question.from_data(request.GET, words), words)
    reader = Reader(
        request.user,
        terms_for(request.user),
        indicators=(question.indicator,) if question.indicator else (),
        established=question.established,
        with_source=True,
    )
    found = measurements(question, reader)
    base = reverse("search:measured")
    context = {
        "title": _("Gemeten resultaten"),
        "description": _(
            "Wat slimmer werken opleverde: per bedrijf hoeveel beter, hoe vastgesteld en uit welke bron."
        ),
        "robots": "noindex, follow",
        "question": question,
        "base": base,
        "found": found,
        "breadcrumb": [
            Link(label=_("Home"), url="/"),
            Link(label=_("Zoeken"), url=reverse("search:results")),
            *([Link(label=_("Gemeten resultaten"), url=base)] if question.indicator else []),
        ],
        "search_url": question.address(reverse("search:results")),
        **(_of_one(question, found, words, base) if question.indicator else _of_all(found, base)),
    }
    is_part = request.headers.get("HX-Target") == PART
    template = "search/measured/found.html" if is_part else "search/measured/results.html"
    return private(render(request, template, context))


def _own(question: Question, words: Vocabulary) -> Question:
    """What this page looks at: filters of other kinds would be at work without being shown."""
    known = {facet.name for facet in FACETS}
    chosen = {name: values for name, values in question.chosen.items() if name in known}
    left_out = [
        facet.label(value, words)
        for facet in ALL
        if facet.name not in known
        for value in question.chosen.get(facet.name, ())
    ]
    remarks = question.remarks
    if left_out:
        sentence = _("Dit filter telt hier niet mee: %(values)s.") % {"values": ", ".join(left_out[:3])}
        remarks = (*remarks, sentence)
    return replace(
        question, chosen=chosen, sort="relevance", literal=False, page_size=PAGE_SIZE, remarks=remarks
    )


def _of_one(question: Question, found: Measurements, words: Vocabulary, base: str) -> dict[str, Any]:
    ranked = presentation.ranked(found.found, question)
    last = presentation.last_page(found)
    name = words.of(INDICATOR)[question.indicator].name
    return {
        "title": _("%(name)s: gemeten resultaten") % {"name": name.capitalize()},
        "name": name,
        "heading": presentation.heading(question, found, words),
        "form": presentation.measured_form(question, found, words),
        "groups": presentation.facet_groups(question, found, words),
        "chips": presentation.chips(question, words, base),
        "clear_url": Question(indicator=question.indicator).address(base),
        "kept": [("q", question.text)] if question.text else [],
        "ranked": ranked,
        "strips": presentation.strips(ranked, name),
        "pages": presentation.pages(question, found, base),
        "last_page": {"number": last, "url": question.on_page(last).address(base)}
        if found.total and question.page > last
        else None,
    }


def _of_all(found: Measurements, base: str) -> dict[str, Any]:
    return {"families": presentation.families(found.indicators, base)}
