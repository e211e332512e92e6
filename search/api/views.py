"""`/api/zoeken` and what describes it. Whoever asks, with whatever cookie: only what everybody may find."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from portal.design.shapes import Link
from portal.http.rate_limit import RateLimit
from search.api.answers import answer_of, csv_of, wants_csv
from search.api.openapi import PARAMETERS, described
from search.documents import Reader
from search.facets import read_vocabulary
from search.question import Question
from search.services import answer

LIMIT = RateLimit("api-zoeken", most=60)
PAGE_SIZE = 20
MOST_A_PAGE = 100
METHODS = "GET, HEAD, OPTIONS"


@csrf_exempt  # it refuses every method that changes anything, with a sentence of its own
def search(request: HttpRequest) -> HttpResponse:
    """The search as JSON, or as CSV with `?vorm=csv` or `Accept: text/csv`."""
    if request.method == "OPTIONS":
        return _open(HttpResponse(status=204))
    if request.method not in ("GET", "HEAD"):
        sentence = _("Dit adres kun je alleen lezen. Vraag het met GET.")
        return _refuse(405, sentence, Allow=METHODS)
    if seconds := LIMIT.wait(request):
        sentence = ngettext(
            "Je vroeg te veel in korte tijd: er mogen %(most)d vragen per minuut. Probeer het over %(count)d seconde"
            " opnieuw.",
            "Je vroeg te veel in korte tijd: er mogen %(most)d vragen per minuut. Probeer het over %(count)d"
            " seconden opnieuw.",
            seconds,
        )
        return _refuse(
            429, sentence % {"most": LIMIT.most, "count": seconds}, **{"Retry-After": str(seconds)}
        )
    as_csv = wants_csv(request)
    if as_csv is None:
        return _refuse(400, _("Die vorm kennen we niet. Kies ‘json’ of ‘csv’."))
    words = read_vocabulary()
    question = replace(Question.from_data(request.GET, words), page_size=_page_size(request))
    reader = Reader(
        AnonymousUser(),
        indicators=(question.indicator,) if question.indicator else (),
        established=question.established,
        with_source=True,
    )
    found = answer(question, reader, {})
    if found.is_fallback:
        sentence = _("De zoekmachine is even niet bereikbaar. Probeer het over een paar minuten opnieuw.")
        return _refuse(503, sentence, **{"Retry-After": "60"})
    if as_csv:
        response = HttpResponse(csv_of(found), content_type="text/csv; charset=utf-8; header=present")
        response["Content-Disposition"] = 'attachment; filename="zoekresultaten.csv"'
        return _open(response)
    return _open(_json(answer_of(question, found, words)))


def _page_size(request: HttpRequest) -> int:
    text = request.GET.get("per_pagina", "")
    if not (text.isascii() and text.isdigit()):
        return PAGE_SIZE
    return min(max(int(text[:9]), 1), MOST_A_PAGE)


def _json(body: Any, status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def _refuse(status: int, sentence: str, **headers: str) -> HttpResponse:
    response = _json({"fout": sentence}, status)
    for name, value in headers.items():
        response[name] = value
    return _open(response)


def _open(response: HttpResponse) -> HttpResponse:
    """For pages of other sites as well. It says nothing of who asks, and may be hidden at any moment."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Accept"
    response["Access-Control-Expose-Headers"] = "Retry-After"
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs: OpenAPI 3.1."""
    return _open(_json(described()))


@require_safe
def explanation(request: HttpRequest) -> HttpResponse:
    """The page for who wants to use it."""
    context = {
        "title": _("Zoeken vanuit je eigen site"),
        "description": _("Een open, gratis adres waarmee programma's zoeken in alles wat openbaar is."),
        "breadcrumb": [Link(label=_("Home"), url="/")],
        "base": settings.BASE_URL,
        "limit": LIMIT.most,
        "most": MOST_A_PAGE,
        "parameters": [(each["name"], each["description"], each.get("example", "")) for each in PARAMETERS],
    }
    return render(request, "search/api.html", context)
