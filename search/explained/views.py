"""The page "Waarom staat dit hier?"."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.audiences import terms_for
from portal.design.shapes import Link
from portal.taxonomy.company import company_of
from search.checking import shown_documents
from search.documents import Reader
from search.engine import engine
from search.engines.base import SearchUnavailable
from search.explained import presentation
from search.facets import read_vocabulary
from search.models import SearchEvent
from search.privacy import private
from search.question import Question
from search.steering.current import steering

PERMISSION = "search.explain_hit"
LONGEST_ID = 100


def may_explain(user: Any) -> bool:
    # Asked of staff alone, so that a member costs no queries for it.
    return bool(user.is_authenticated and user.is_staff and user.has_perm(PERMISSION))


def explain_link(user: Any, question: Question) -> Callable[[str], str]:
    """From a document's id to the page that explains its place; to nothing for who may not see that, or without words."""
    if not question.text or not may_explain(user):
        return lambda identity: ""
    pairs = question.on_page(1).pairs()
    return lambda identity: f"{reverse('search:explain')}?{urlencode([*pairs, ('document', identity)])}"


@require_safe
def why(request: HttpRequest) -> HttpResponse:
    """`/zoeken/waarom/?q=…&document=case:12`: for who may see it; what the asker may not read doesn't exist."""
    if not may_explain(request.user):
        raise Http404
    identity = request.GET.get("document", "")[:LONGEST_ID]
    question = Question.from_data(request.GET, read_vocabulary())
    reader = Reader(request.user, terms_for(request.user))
    shown = shown_documents([identity], reader, is_brief=True).get(identity)
    if shown is None:
        raise Http404
    company = company_of(request)
    query = question.query(
        reader.terms, preferred=company.preferred() if company else {}, guidance=steering().guidance
    )
    told = None
    # Totals and corrections may hold what was just hidden, until the index has heard of it.
    if not SearchEvent.objects.narrowing().exists():
        with contextlib.suppress(SearchUnavailable):
            told = engine().explain(query, identity)
    results_url = question.on_page(1).address(reverse("search:results"))
    context = {
        "title": _("Waarom staat dit hier?"),
        "robots": "noindex, nofollow",
        "shown": shown,
        "question": question,
        "results_url": results_url,
        "breadcrumb": [
            Link(label=_("Zoeken"), url=reverse("search:results")),
            Link(label=_("Resultaten"), url=results_url),
        ],
        "told": told,
        **(presentation.explained(told, query) if told else {}),
    }
    return private(render(request, "search/explained.html", context))
