"""Everything a reader may find, in the server's own order."""

from __future__ import annotations

from typing import Any

from search import stages
from search.engines.elasticsearch import asking
from search.engines.elasticsearch.asking import Json
from search.engines.elasticsearch.pages import PAYLOAD, document_of, shown
from search.engines.elasticsearch.statistics import Statistics
from search.highlight import Highlighter
from search.results import Query, Results

# Where all conditions are the same for every reader of a kind, the server remembers the counts until something changes.
_REMEMBERED: Json = {"size": 0, "timeout": "10s", "track_total_hits": True}


def browse(statistics: Statistics, query: Query) -> Results:
    """Preferred first, then what is boosted, then what is new; or newest, or the largest improvement, first."""
    filters = asking.base_filters(query)
    chosen = list(asking.chosen_filters(query).values())
    counts: Json = {**_REMEMBERED, "query": {"bool": {"filter": filters}}}
    if chosen:
        counts["post_filter"] = {"bool": {"filter": chosen}}
    if aggregations := asking.facet_counts(query):
        counts["aggs"] = aggregations
    wanted = stages.page_of(query)
    bodies = [counts]
    if wanted.start < wanted.stop:
        bodies.append(
            {
                "from": wanted.start,
                "size": wanted.stop - wanted.start,
                "track_total_hits": False,
                **PAYLOAD,
                **listing(query),
            }
        )
    answers = statistics.index.searches(statistics.clock, bodies)
    found = answers[1]["hits"]["hits"] if len(answers) > 1 else []
    hits = [(document_of(hit), _score(query, hit)) for hit in found]
    return Results(
        shown(query, hits, Highlighter(statistics.analyser, {})),
        answers[0]["hits"]["total"]["value"],
        True,
        asking.read_counts(query, answers[0].get("aggregations", {})),
    )


def listing(query: Query) -> Json:
    """Query and sort of everything that fits, all filters included."""
    conditions = [*asking.base_filters(query), *asking.chosen_filters(query).values()]
    newest: list[Json] = [{"published": "desc"}, {"number": "asc"}]
    if query.sort == "newest":
        return {"query": {"bool": {"filter": conditions}}, "sort": newest}
    if query.sort == "improvement" and query.measured:
        largest = asking.by_improvement(query.measured[0])
        return {"query": {"bool": {"filter": conditions}}, "sort": [largest, *newest]}
    first: list[Json] = [{"boost": "desc"}, *newest]
    if preferred := asking.preferring(query):
        return {
            "query": {"bool": {"filter": conditions, "should": preferred}},
            "sort": [{"_score": "desc"}, *first],
        }
    return {"query": {"bool": {"filter": conditions}}, "sort": first}


def _score(query: Query, hit: dict[str, Any]) -> float:
    """What the hit was sorted by, as the embedded engine tells it."""
    if query.sort == "newest":
        return 0.0
    values: list[float] = hit["sort"]
    if query.sort == "improvement" and query.measured:
        return float(values[0])
    preferred = asking.wanted_preferences(query)
    if preferred:
        return 1000.0 * values[0] / len(preferred) + values[1] / 1000.0
    return float(values[0]) / 1000.0
