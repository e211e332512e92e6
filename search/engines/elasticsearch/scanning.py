"""Every hit of a query, however many: the first ones in stage two's order, the rest as the server walks through them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from search import stages
from search.analysis import analyse_query
from search.engines.elasticsearch.asking import Json, base_filters, chosen_filters
from search.engines.elasticsearch.browsing import listing
from search.engines.elasticsearch.pages import PAYLOAD, Place, document_of, fetch, shown
from search.engines.elasticsearch.reading import walk
from search.engines.elasticsearch.searching import ORDERS, Plan, first_places
from search.engines.elasticsearch.statistics import Statistics
from search.highlight import Highlighter
from search.results import Hit, Query

PORTION = 500


def scan(statistics: Statistics, query: Query) -> Iterator[Hit]:
    asked = analyse_query(query.text, statistics.analyser, query.guidance)
    if not asked.text:
        yield from _walk(statistics, query, listing(query), Highlighter(statistics.analyser, {}), set())
        return
    plan = Plan.make(statistics, query, asked)
    highlighter = plan.highlighter(statistics.analyser)
    places, is_all = first_places(statistics, query, plan)
    yield from _fetch(statistics, query, places, highlighter)
    if not is_all:
        conditions = [*base_filters(query), *chosen_filters(query).values()]
        body: Json = {
            "query": {"bool": {"filter": conditions, "must": [plan.stage_one.matching]}},
            "sort": ORDERS[query.sort](query),
        }
        yield from _walk(statistics, query, body, highlighter, {place.id for place in places})


def _fetch(
    statistics: Statistics, query: Query, places: Iterable[Place], highlighter: Highlighter
) -> Iterator[Hit]:
    left = iter(places)
    while portion := list(itertools.islice(left, stages.MAX_PAGE_SIZE)):
        yield from fetch(statistics, query, portion, highlighter)


def _walk(
    statistics: Statistics, query: Query, body: Json, highlighter: Highlighter, known: set[str]
) -> Iterator[Hit]:
    index = statistics.index
    for hit in walk(index.connection, index.name, {**body, **PAYLOAD}, PORTION):
        document = document_of(hit)
        if document.id not in known:
            yield from shown(query, [(document, _score(hit))], highlighter)


def _score(hit: dict[str, Any]) -> float:
    """What it was sorted by."""
    return float(hit["sort"][0] or 0)
