"""The screens of the staff admin that are no list: what a query becomes, and how good the search is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from search.documents import sources
from search.engines.base import SearchUnavailable
from search.steering import judging, services
from search.steering.explaining import explain, is_cut
from search.steering.forms import QueryForm
from search.steering.models import JudgedRun

RUNS = 25  # of the history on the screen
SEE_WORDS = "search_steering.view_synonymgroup"
SEE_JUDGED = "search_steering.view_judgedquery"
MEASURE = "search_steering.add_judgedrun"


@require_safe
@permission_required(SEE_WORDS, raise_exception=True)
def query_explained(request: HttpRequest) -> HttpResponse:
    """`?q=…`: what becomes of each word, and the first results with what editors say and without."""
    form = QueryForm(request.GET if "q" in request.GET else None)
    context: dict[str, Any] = {
        "form": form,
        "page_title": _("Wat wordt er van een zoekvraag?"),
        "header_title": _("Wat wordt er van een zoekvraag?"),
        "header_icon": "search",
    }
    text = " ".join(form.cleaned_data["q"].split()) if form.is_bound and form.is_valid() else ""
    if text:
        try:
            explained = explain(text)
        except SearchUnavailable:
            context["is_down"] = True
        else:
            context |= {"explained": explained, "is_cut": is_cut(explained)}
    return TemplateResponse(request, "search_steering/admin/query.html", context)


@require_safe
@permission_required(SEE_JUDGED, raise_exception=True)
def quality(request: HttpRequest) -> HttpResponse:
    """The last run, query by query, and the history of runs."""
    runs = list(JudgedRun.objects.defer("details").select_related("ran_by", "accepted_by")[:RUNS])
    latest = JudgedRun.objects.first()
    context = {"runs": runs, "queries": len(judging.judged_queries()), **(_run(latest) if latest else {})}
    return _shown(request, "search_steering/admin/quality.html", _("Hoe goed is zoeken?"), context)


@require_safe
@permission_required(SEE_JUDGED, raise_exception=True)
def quality_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """One run of the history."""
    run = get_object_or_404(JudgedRun, pk=run_id)
    return _shown(request, "search_steering/admin/run.html", _("Meting van zoeken"), _run(run))


@require_POST
@permission_required(MEASURE, raise_exception=True)
def measure(request: HttpRequest) -> HttpResponse:
    """Run the judged queries now."""
    try:
        run, comparison = judging.run_judged(by=request.user)
    except SearchUnavailable:
        messages.error(request, _("De zoekmachine antwoordt nu niet. Er is niets gemeten."))
        return redirect("search_quality")
    if not run.queries:
        messages.warning(request, _("Er zijn nog geen beoordeelde zoekvragen met een pagina."))
    elif comparison is not None and comparison.is_lower:
        messages.warning(request, _("Gemeten. Let op: lager dan de meting die telt."))
    else:
        messages.success(request, _("Gemeten."))
    return redirect("search_quality")


@require_POST
@permission_required(MEASURE, raise_exception=True)
def accept(request: HttpRequest, run_id: int) -> HttpResponse:
    """From now on this run counts, though it was lower."""
    run = get_object_or_404(JudgedRun, pk=run_id)
    services.accept_run(run, by=request.user)
    messages.success(request, _("Deze meting telt vanaf nu als maat."))
    return redirect("search_quality")


def _shown(request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
    header = {"page_title": title, "header_title": title, "header_icon": "crosshairs"}
    return TemplateResponse(request, template, {**header, **context})


def _run(run: JudgedRun) -> dict[str, Any]:
    outcomes = sorted(
        judging.outcomes_of(run), key=lambda each: (each.recall, each.reciprocal_rank, each.text)
    )
    known = judging.last_accepted(run)
    comparison = judging.compare(judging.outcomes_of(known), outcomes) if known else None
    pages = pages_of(identity for each in outcomes for identity in each.missing)
    return {
        "run": run,
        "outcomes": [(each, _named(each.missing, pages)) for each in outcomes],
        "comparison": comparison,
    }


def _named(identities: Sequence[str], pages: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    gone = (_("een pagina die niet meer bestaat"), "")
    return [pages.get(identity, gone) for identity in identities]


def pages_of(identities: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What documents are called, and where they are edited (empty where nowhere)."""
    wanted: dict[str, set[int]] = {}
    for identity in identities:
        type_code, _colon, pk = identity.partition(":")
        wanted.setdefault(type_code, set()).add(int(pk))
    found = {}
    for type_code, pks in wanted.items():
        if type_code in sources():
            for row in sources()[type_code].model._default_manager.filter(pk__in=pks):
                found[f"{type_code}:{row.pk}"] = (_title(row), _edit_address(row))
    return found


def _title(row: Model) -> str:
    title = str(getattr(row, "title", row))
    return title if getattr(row, "live", True) else _("%(title)s (staat niet online)") % {"title": title}


def _edit_address(row: Model) -> str:
    return reverse("wagtailadmin_pages:edit", args=[row.pk]) if isinstance(row, Page) else ""
