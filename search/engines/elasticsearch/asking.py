"""A query in the server's words: plain functions, no request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from search import stages
from search.engines.elasticsearch.mapping import label, pattern, unlabel
from search.results import FacetCount, Measured, Query

Json = dict[str, Any]

MAX_TERMS = 65_000  # of one filter; the server refuses more
MAX_EXCLUDED = 10_000
MAX_BUCKETS = 10_000  # values of all facets together
MAX_VALUES = 500  # of one facet that are shown at all
NOTHING: Json = {"match_none": {}}


def readable(audience: frozenset[str]) -> Json:
    """Documents that a reader with these terms may find. What was removed has no audience."""
    return {"terms": {"audience": sorted(audience)[:MAX_TERMS]}}


def base_filters(query: Query) -> list[Json]:
    """What holds for hits, total and every count: the reader, what he may not see, and measured results."""
    filters = [readable(query.audience)]
    filters += [_measured(each) for each in query.measured]
    if query.exclude:
        ids = sorted(query.exclude)[:MAX_EXCLUDED]
        filters.append({"bool": {"must_not": [{"terms": {"id": ids}}]}})
    return filters


def _measured(wanted: Measured) -> Json:
    # In single precision, as improvements are stored: a document that has exactly what is asked must not be lost.
    with np.errstate(over="ignore"):
        least = float(np.float32(wanted.at_least))
    conditions = _of_indicator(wanted)
    if np.isnan(least) or least == np.inf:
        return NOTHING
    if least != -np.inf:
        conditions.append({"range": {"measurements.improvement": {"gte": least}}})
    return {"nested": {"path": "measurements", "query": {"bool": {"filter": conditions}}}}


def _of_indicator(wanted: Measured) -> list[Json]:
    conditions: list[Json] = [{"term": {"measurements.indicator": wanted.indicator}}]
    if wanted.established:
        conditions.append({"terms": {"measurements.established": list(wanted.established)}})
    return conditions


def by_improvement(wanted: Measured) -> Json:
    """Sort by the best improvement that is asked for, however small."""
    nested = {"path": "measurements", "filter": {"bool": {"filter": _of_indicator(wanted)}}}
    return {
        "measurements.improvement": {"order": "desc", "mode": "max", "missing": "_last", "nested": nested}
    }


def chosen_filters(query: Query) -> dict[str, Json]:
    """One filter for each facet with a choice: OR inside it."""
    return {facet: holding(facet, values) for facet, values in query.filters.items() if values}


def holding(facet: str, values: Iterable[str]) -> Json:
    return {"terms": {"facets": labels(facet, values)[:MAX_TERMS]}}


def labels(facet: str, values: Iterable[str]) -> list[str]:
    return [label(facet, value) for value in values]


def of_terms(weights: Mapping[str, float]) -> Json:
    """Stage one: documents with one of these terms; each adds its weight, and more in title and body."""
    fields = (("tokens", stages.ANYWHERE), ("title", stages.IN_TITLE), ("body", stages.IN_BODY))
    clauses = [
        {"constant_score": {"filter": {"term": {field: term}}, "boost": share * weight}}
        for term, weight in weights.items()
        for field, share in fields
    ]
    return {"bool": {"should": clauses, "minimum_should_match": 1}} if clauses else NOTHING


def holding_terms(terms: Iterable[str]) -> Json:
    """The same documents, without a score."""
    wanted = list(terms)
    return {"terms": {"tokens": wanted}} if wanted else NOTHING


def preferring(query: Query) -> list[Json]:
    """One point for each preferred facet of which a document has a value."""
    return [
        {"constant_score": {"filter": holding(facet, values), "boost": 1.0}}
        for facet, values in wanted_preferences(query).items()
    ]


def wanted_preferences(query: Query) -> dict[str, tuple[str, ...]]:
    return {facet: values for facet, values in query.preferred.items() if values}


# --- counts


def facet_counts(query: Query) -> Json:
    """Aggregations over what `base_filters` leave; each facet's own filter is left out of its counts."""
    if not _counted(query):
        return {}
    chosen = chosen_filters(query)
    own = _own(query)
    aggregations: Json = {"all": _counting(list(chosen.values()), query.facets)}
    for number, facet in enumerate(own):
        others = [condition for name, condition in chosen.items() if name != facet]
        aggregations[f"own{number}"] = _counting(others, (facet,))
    return aggregations


def _counted(query: Query) -> bool:
    return query.facets is None or any(query.facets)


def _own(query: Query) -> list[str]:
    """The facets that are counted without a filter of their own."""
    return [
        facet for facet in chosen_filters(query) if facet and (query.facets is None or facet in query.facets)
    ]


def _counting(conditions: list[Json], facets: tuple[str, ...] | None) -> Json:
    terms: Json = {"field": "facets", "size": MAX_BUCKETS}
    if facets is not None:
        terms["include"] = pattern(facets)
    if not conditions:
        return {"terms": terms}
    return {"filter": {"bool": {"filter": conditions}}, "aggs": {"values": {"terms": terms}}}


def read_counts(query: Query, answer: Mapping[str, Any]) -> dict[str, tuple[FacetCount, ...]]:
    """The counts of an answer, most frequent value first."""
    if not _counted(query):
        return dict.fromkeys(query.facets or (), ())
    counts: dict[str, list[tuple[str, int]]] = {facet: [] for facet in query.facets or ()}
    for facet, value, count in _buckets(answer["all"]):
        counts.setdefault(facet, []).append((value, count))
    for number, facet in enumerate(_own(query)):
        counts[facet] = [(value, count) for _, value, count in _buckets(answer[f"own{number}"])]
    return {facet: _shown(found, frozenset(query.filters.get(facet, ()))) for facet, found in counts.items()}


def _buckets(found: Mapping[str, Any]) -> Iterable[tuple[str, str, int]]:
    for bucket in found.get("values", found)["buckets"]:
        yield (*unlabel(bucket["key"]), bucket["doc_count"])


def _shown(found: list[tuple[str, int]], selected: frozenset[str]) -> tuple[FacetCount, ...]:
    found.sort(key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetCount(value, count, value in selected) for value, count in found[:MAX_VALUES])
