"""The search page and the suggestions while typing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.audiences import terms_for
from portal.design.shapes import Link, WayIn
from portal.taxonomy.company import EDIT_PATH, company_of
from search import presentation
from search.documents import Reader
from search.facets import Vocabulary, read_vocabulary
from search.forms import MAX_TEXT, SearchForm
from search.services import Answer, answer, count_of, goals_to_try, suggestions

PART = "gevonden"  # the id of what a changed filter replaces


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`/zoeken/?q=…`: everything that this visitor may find, in one page whatever the question."""
    words = read_vocabulary()
    form = SearchForm.from_data(request.GET, words)
    indicators = (form.indicator,) if form.indicator else ()
    reader = Reader(request.user, terms_for(request.user), indicators)
    company = company_of(request)
    found = answer(form, reader, company.preferred() if company else {})
    base = reverse("search:results")
    context = {
        "title": _("Zoeken"),
        "robots": "noindex, follow",
        "form": form,
        "base": base,
        "suggestions_url": reverse("search:suggestions"),
        "company": company.labels() if company else [],
        "company_url": EDIT_PATH,
        **_page(form, found, words, base),
        **(_nothing(form, reader, found, words, base) if not found.found else {}),
    }
    is_part = request.headers.get("HX-Target") == PART
    response = render(request, "search/found.html" if is_part else "search/results.html", context)
    return _private(response)


def _page(form: SearchForm, found: Answer, words: Vocabulary, base: str) -> dict[str, Any]:
    groups = presentation.facet_groups(form, found, words)
    measured = presentation.measured_form(form, found, words)
    chips = presentation.chips(form, words, base)
    newest = form.sort == "newest"
    return {
        "answer": found,
        "heading": presentation.heading(form, found),
        "hits": [presentation.hit_view(hit, shown) for hit, shown in found.found],
        "tabs": presentation.type_tabs(form, found, words, base),
        "groups": groups,
        "measured": measured,
        "has_facets": bool(groups or measured),
        "chips": chips,
        "clear_url": SearchForm(text=form.text, sort=form.sort).address(base),
        "kept_in_search": form.pairs(leave_out=["q", "pagina", "letterlijk"]),
        "kept_in_facets": [
            pair for pair in form.pairs() if pair[0] in ("q", "type", "sorteer", "letterlijk")
        ],
        "sort_label": _("Beste eerst") if newest else _("Nieuwste eerst"),
        "sort_url": form.sorted_by("relevance" if newest else "newest").address(base),
        "pages": presentation.pages(form, found, base),
        "correction": _correction(form, found, base),
    }


def _correction(form: SearchForm, found: Answer, base: str) -> dict[str, str] | None:
    correction = found.results.correction if found.results else None
    if correction is None:
        return None
    return {
        "corrected": correction.corrected,
        "original": correction.original,
        "url": form.asking(correction.original, literal=True).address(base),
    }


def _nothing(form: SearchForm, reader: Reader, found: Answer, words: Vocabulary, base: str) -> dict[str, Any]:
    """Why nothing stands here, and what to try."""
    if found.total and found.is_counted and not found.is_fallback:
        last = presentation.last_page(found)
        return {"beyond": {"page": form.page, "last": last, "url": form.on_page(last).address(base)}}
    wider: Link | None = None
    if found.is_counted and not found.is_fallback and (form.has_filters or form.type):
        everywhere = form.without_filters()
        total = count_of(everywhere, reader)
        if total:
            wider = Link(
                label=_("Zoek zonder filters (%(count)d)") % {"count": total}, url=everywhere.address(base)
            )
    ways: list[WayIn] = []
    if found.is_counted and not found.is_fallback:
        ways = presentation.goal_ways(goals_to_try(reader), words, base)
    ignored = found.results is not None and all(word.status == "ignored" for word in found.results.words)
    return {
        "nothing": True,
        "wider": wider,
        "goal_ways": ways,
        "only_small_words": bool(form.text) and ignored,
    }


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """`/zoeken/suggesties/?q=…`: what may continue the letters typed so far, as JSON; a browser goes to the results."""
    text = request.GET.get("q", "")[:MAX_TEXT].replace("\x00", "")
    if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        return _private(
            HttpResponseRedirect(SearchForm(text=text.strip()).address(reverse("search:results")))
        )
    found = suggestions(text, terms_for(request.user))
    lines = [{"tekst": line.text, "soort": line.kind, "adres": line.url} for line in found]
    return _private(JsonResponse({"suggesties": lines}))


def _private(response: HttpResponse) -> HttpResponse:
    """What was searched is nobody else's business, and depends on who asks."""
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie", "HX-Target"])
    return response
