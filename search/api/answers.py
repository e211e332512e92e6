"""An answer as the API gives it: plain values with fixed names. `openapi.py` describes each of them."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portal.design.components.measuring import EVIDENCE_WORDS
from portal.design.shapes import MeasurementView, SourceView
from portal.text import cell_text
from search.checking import Found
from search.facets import ALL, INDICATOR, Facet, Vocabulary
from search.question import Question
from search.results import FacetCount, Segment
from search.services import Answer

Json = dict[str, Any]

INDICATOR_PARAMETER = "resultaat"
CSV_COLUMNS = (
    "id", "soort", "titel", "adres", "samenvatting", "kenmerken", "gepubliceerd", "bewijs", "cijfer_naam",
    "cijfer", "cijfer_vastgesteld", "cijfer_bron", "verbetering",
)  # fmt: skip


def answer_of(question: Question, found: Answer, words: Vocabulary) -> Json:
    """The whole answer. Numbers of results are null while something is being hidden."""
    correction = found.results.correction if found.results else None
    last = max(1, -(-found.others // question.page_size))
    has_next = question.page < last if found.is_counted else len(found.found) == question.page_size
    return {
        "zoekvraag": question.text,
        "gezocht": correction.corrected if correction else question.text,
        "opmerkingen": list(question.remarks),
        "totaal": found.total if found.is_counted else None,
        "totaal_is_precies": found.is_exact,
        "pagina": question.page,
        "per_pagina": question.page_size,
        "paginas": last if found.is_counted else None,
        "volgende": address(question.on_page(question.page + 1)) if has_next else None,
        "vorige": address(question.on_page(min(question.page - 1, last))) if question.page > 1 else None,
        "resultaten": results_of(found),
        "filters": filters_of(question, found, words),
    }


def address(question: Question) -> str:
    pairs = [*question.pairs(), ("per_pagina", str(question.page_size))]
    return f"{settings.BASE_URL}{reverse('api:search')}?{urlencode(pairs)}"


def results_of(found: Answer) -> list[Json]:
    recommended = [(each.hit, each.shown) for each in found.recommended]
    return [result_of(each, is_recommended=True) for each in recommended] + [
        result_of(each) for each in found.found
    ]


def result_of(found: Found, *, is_recommended: bool = False) -> Json:
    """One result; but for its excerpt and date, everything is what the database says now."""
    hit, shown = found
    return {
        "id": hit.id,
        "soort": hit.type,
        "soort_naam": shown.kind_label,
        "titel": shown.title,
        "adres": settings.BASE_URL + shown.url if shown.url.startswith("/") else shown.url,
        "samenvatting": shown.summary,
        "fragment": plain(hit.snippet),
        "kenmerken": list(shown.meta),
        "gepubliceerd": hit.published_at.isoformat() if hit.published_at else None,
        "aanbevolen": is_recommended,
        "bewijs": {"code": shown.evidence_level, "naam": str(EVIDENCE_WORDS[shown.evidence_level])}
        if shown.evidence_level
        else None,
        "cijfer": figure_of(shown.proof) if shown.proof else None,
        "verbetering": round(shown.result.improvement, 3) if shown.result else None,
    }


def plain(segments: tuple[Segment, ...]) -> str:
    return "".join(segment.text for segment in segments)


def figure_of(view: MeasurementView) -> Json:
    return {
        "naam": view.label,
        "tekst": view.figure,
        "eenheid": view.unit,
        "richting": {"better": "beter", "worse": "slechter"}.get(view.verdict, "geen van beide"),
        "vastgesteld": view.established_label,
        "periode": view.period,
        "vergeleken_met": view.compared_with,
        "kanttekening": view.caveat,
        "bron": source_of(view.source) if view.source else None,
    }


def source_of(source: SourceView) -> Json:
    return {
        "wie": source.who,
        "titel": source.what,
        "jaar": source.year,
        "plaats": source.place,
        "adres": source.url or None,
    }


def filters_of(question: Question, found: Answer, words: Vocabulary) -> Json | None:
    """By parameter: the values that can be chosen, with names and counts; null where counts are withheld."""
    if found.facets is None:
        return None
    filters = {
        facet.parameter: _values(facet, found.facets.get(facet.name, ()), words)
        for facet in ALL
        if found.facets.get(facet.name)
    }
    known = words.of(INDICATOR)
    indicators = [count for count in found.indicators if count.value in known]
    if indicators:
        filters[INDICATOR_PARAMETER] = [
            _value(count, known[count.value].name, count.value == question.indicator) for count in indicators
        ]
    return filters


def _values(facet: Facet, counts: tuple[FacetCount, ...], words: Vocabulary) -> list[Json]:
    known = words.of(facet.name)
    return [
        _value(count, facet.label(count.value, words), count.selected)
        for count in counts
        if facet.is_open or count.value in known
    ]


def _value(count: FacetCount, name: str, is_chosen: bool) -> Json:
    return {"waarde": count.value, "naam": name, "aantal": count.count, "gekozen": is_chosen}


def csv_of(found: Answer) -> bytes:
    """RFC 4180 with a header; UTF-8 without a mark, comma, CRLF. No cell is taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for row in results_of(found):
        writer.writerow([_cell(value) for value in _row(row)])
    return out.getvalue().encode()


def _row(row: Json) -> tuple[Any, ...]:
    figure = row["cijfer"] or {}
    source = figure.get("bron") or {}
    return (
        row["id"], row["soort"], row["titel"], row["adres"], row["samenvatting"], "; ".join(row["kenmerken"]),
        row["gepubliceerd"], (row["bewijs"] or {}).get("code"), figure.get("naam"), figure.get("tekst"),
        figure.get("vastgesteld"),
        ", ".join(str(source[name]) for name in ("wie", "titel", "jaar", "plaats") if source.get(name)),
        row["verbetering"],
    )  # fmt: skip


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return cell_text(value.replace("\r", " ").replace("\x00", "")) if isinstance(value, str) else value


def wants_csv(request: HttpRequest) -> bool | None:
    """By `?vorm=` before `Accept`; None for a form that we don't know."""
    form = request.GET.get("vorm", "")
    if form:
        return {"csv": True, "json": False}.get(form)
    return request.get_preferred_type(["application/json", "text/csv"]) == "text/csv"
