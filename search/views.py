"""The search page and the suggestions while typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.audiences import terms_for
from portal.design.shapes import Link, WayIn
from portal.taxonomy.company import EDIT_PATH, company_of
from search import presentation
from search.documents import Reader
from search.explained.views import explain_link
from search.facets import Vocabulary, read_vocabulary
from search.following.feeds import feed_address, feed_title
from search.following.views import suggestion_list
from search.journal.forms import VerdictForm
from search.journal.services import note_search, sign
from search.offers import offered
from search.places import PARAMETER, Place, find_place, within
from search.privacy import private
from search.question import MAX_TEXT, PAGE_SIZE, Question
from search.services import Answer, answer, count_of, goals_to_try, suggestions

PART = "gevonden"  # the id of what a changed filter replaces


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`/zoeken/?q=…`: everything that this visitor may find, in one page whatever the question."""
    words = read_vocabulary()
    question, place = _asked(request, words)
    indicators = (question.indicator,) if question.indicator else ()
    everywhere = Reader(request.user, terms_for(request.user), indicators)
    reader = replace(everywhere, terms=within(everywhere.terms, place))
    company = company_of(request)
    found = answer(question, reader, company.preferred() if company else {})
    base = reverse("search:results")
    context = {
        "title": _("Zoeken"),
        "robots": "noindex, follow",
        "question": question,
        "base": base,
        "suggestions_url": suggestions_address(place.code if place else ""),
        "place": place,
        "place_trail": _trail(place),
        "company": company.labels() if company else [],
        "company_url": EDIT_PATH,
        "feed_url": feed_address(question),
        "feed_title": feed_title(question),
        "offers": offered(question),
        "journal": _journal(question, found),
        **_page(question, found, words, base, place, explain_link(request.user, question)),
        **(
            _nothing(question, everywhere, found, words, base)
            if not (found.found or found.recommended)
            else {}
        ),
    }
    is_part = request.headers.get("HX-Target") == PART
    if question.text and not place and not is_part and question.page == 1:
        missing = not found.total and not question.has_filters and not question.type
        note_search(request, question.text, is_missing=missing, is_fallback=found.is_fallback)
    response = render(request, "search/found.html" if is_part else "search/results.html", context)
    return private(response)


def suggestions_address(code: str = "") -> str:
    """What is asked while typing; with the code of a place, for what is found there."""
    base = reverse("search:suggestions")
    return f"{base}?{urlencode({PARAMETER: code})}" if code else base


def _asked(request: HttpRequest, words: Vocabulary) -> tuple[Question, Place | None]:
    """The question, and the place that it is about; where this person can't search there, everything with a remark."""
    question = Question.from_data(request.GET, words)
    code = request.GET.get(PARAMETER, "")
    place = find_place(request.user, code)
    if place is not None:
        return replace(question, within=place.code), place
    if code:
        sentence = _("Daar kun je niet apart zoeken. We zochten in alles wat jij mag zien.")
        question = replace(question, remarks=(*question.remarks, sentence))
    return question, None


def _trail(place: Place | None) -> list[Link]:
    """The way back to it."""
    home = Link(label=settings.SITE_NAME, url="/")
    return [home, Link(label=place.name, url=place.url)] if place is not None else []


def _page(
    question: Question,
    found: Answer,
    words: Vocabulary,
    base: str,
    place: Place | None,
    explain: Callable[[str], str],
) -> dict[str, Any]:
    groups = presentation.facet_groups(question, found, words)
    measured = presentation.measured_form(question, found, words)
    chips = presentation.chips(question, words, base, place)
    newest = question.sort == "newest"
    return {
        "answer": found,
        "heading": presentation.heading(question, found),
        "hits": [
            replace(presentation.hit_view(hit, shown), explain_url=explain(hit.id))
            for hit, shown in found.found
        ],
        "recommended": [presentation.recommended_view(each) for each in found.recommended],
        "tabs": presentation.type_tabs(question, found, words, base),
        "groups": groups,
        "measured": measured,
        "measured_url": presentation.measured_address(question),
        "has_facets": bool(groups or measured),
        "chips": chips,
        "active_filters": len(chips) - (place is not None),
        "clear_url": Question(text=question.text, sort=question.sort).address(base),
        "kept_in_search": question.pairs(leave_out=["q", "pagina", "letterlijk"]),
        "kept_in_facets": [
            pair for pair in question.pairs() if pair[0] in ("q", "type", "sorteer", "letterlijk", PARAMETER)
        ],
        "sort_label": _("Beste eerst") if newest else _("Nieuwste eerst"),
        "sort_url": question.sorted_by("relevance" if newest else "newest").address(base),
        "pages": presentation.pages(question, found, base),
        "deepest": presentation.deepest_sentence(question, found),
        "correction": _correction(question, found, base),
    }


def _journal(question: Question, found: Answer) -> dict[str, Any] | None:
    """What the page needs to tell which hit was opened, and to ask whether it was found."""
    if not question.text or found.is_fallback or question.within:
        return None
    signed = sign(question.text)
    form = VerdictForm(initial={"zoekvraag": signed}, auto_id="verdict_%s")
    first = (question.page - 1) * PAGE_SIZE + 1
    return {"query": signed, "first": first, "form": form, "action": reverse("search:verdict")}


def _correction(question: Question, found: Answer, base: str) -> dict[str, str] | None:
    correction = found.results.correction if found.results else None
    if correction is None:
        return None
    return {
        "corrected": correction.corrected,
        "original": correction.original,
        "url": question.asking(correction.original, literal=True).address(base),
    }


def _nothing(
    question: Question, reader: Reader, found: Answer, words: Vocabulary, base: str
) -> dict[str, Any]:
    """Why nothing stands here, and what to try. `reader`: in all that he may find, wherever he searched."""
    if found.total and found.is_counted and not found.is_fallback:
        last = presentation.last_page(found)
        return {"beyond": {"page": question.page, "last": last, "url": question.on_page(last).address(base)}}
    wider: Link | None = None
    if found.is_counted and not found.is_fallback and (question.has_filters or question.type):
        everywhere = question.without_filters()
        total = count_of(everywhere, reader)
        label = _("Zoek in alles (%(count)d)") if question.within else _("Zoek zonder filters (%(count)d)")
        if total:
            wider = Link(label=label % {"count": total}, url=everywhere.address(base))
    ways: list[WayIn] = []
    if found.is_counted and not found.is_fallback and not question.within:
        ways = presentation.goal_ways(goals_to_try(reader), words, base)
    ignored = found.results is not None and all(word.status == "ignored" for word in found.results.words)
    return {
        "nothing": True,
        "wider": wider,
        "goal_ways": ways,
        "only_small_words": bool(question.text) and ignored,
    }


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """`/zoeken/suggesties/?q=…`: what may continue the letters typed so far, as JSON; a browser goes to the results."""
    text = request.GET.get("q", "")[:MAX_TEXT].replace("\x00", "")
    is_browser = request.get_preferred_type(["application/json", "text/html"]) == "text/html"
    if is_browser and "vorm" not in request.GET:
        return private(HttpResponseRedirect(Question(text=text.strip()).address(reverse("search:results"))))
    place = find_place(request.user, request.GET.get(PARAMETER, ""))
    found = suggestions(text, within(terms_for(request.user), place), named=place is None)
    if request.GET.get("vorm") == "opensearch":
        return private(suggestion_list(text, found))
    kinds = presentation.SUGGESTION_KINDS
    lines = [
        {"tekst": line.text, "soort": line.kind, "groep": str(kinds[line.kind]), "adres": line.url}
        for line in found
    ]
    return private(JsonResponse({"suggesties": lines}))
