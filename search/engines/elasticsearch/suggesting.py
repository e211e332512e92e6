"""Titles and words of the index that continue the letters typed so far."""

from __future__ import annotations

from search.engines.elasticsearch.asking import Json, readable
from search.engines.elasticsearch.connection import Clock
from search.engines.elasticsearch.indices import Index
from search.engines.elasticsearch.mapping import beginning_pattern
from search.engines.elasticsearch.sources import read_card
from search.results import Suggestion
from search.suggesting import SHORTEST_BEGINNING, WORDS, Beginning, suggestions

TITLES = 40  # looked at; more than are shown, since several documents may have one title
DOCUMENTS_LOOKED_AT = 500  # of each shard, for words


def suggest(
    index: Index, clock: Clock, prefix: str, audience: frozenset[str], limit: int
) -> tuple[Suggestion, ...]:
    """Both in one request."""
    beginning = Beginning.of(prefix)
    if beginning is None or limit < 1:
        return ()
    bodies: list[Json] = []
    if beginning.opens_titles:
        bodies.append(_titles(beginning, audience, max(TITLES, limit)))
    if beginning.completes_words:
        bodies.append(_words(beginning.last, audience))
    answers = index.searches(clock, bodies) if bodies else []
    headings, completions = [], []
    for answer in answers:
        headings += [read_card(hit["fields"]["card"][0]) for hit in answer["hits"]["hits"]]
        buckets = answer.get("aggregations", {}).get("words", {}).get("buckets", [])
        completions += [bucket["key"] for bucket in buckets]
    return suggestions(beginning, headings, completions, limit)


def _titles(beginning: Beginning, audience: frozenset[str], size: int) -> Json:
    """Titles with these words; those that begin so first, then the shortest."""
    conditions: list[Json] = [{"term": {"heading": word}} for word in beginning.whole]
    if len(beginning.last) >= SHORTEST_BEGINNING:
        conditions.append({"prefix": {"heading": beginning.last}})
    opening = {"prefix": {"opening": " ".join(beginning.words)}}
    return {
        "size": size,
        "track_total_hits": False,
        "stored_fields": "_none_",
        "docvalue_fields": ["card"],
        "query": {
            "bool": {
                "filter": [*conditions, readable(audience)],
                "should": [{"constant_score": {"filter": opening}}],
            }
        },
        "sort": [{"_score": "desc"}, {"title_length": "asc"}, {"number": "asc"}],
    }


def _words(letters: str, audience: frozenset[str]) -> Json:
    """The most frequent longer words, in the first documents that hold one."""
    counted: Json = {
        "field": "words",
        "include": beginning_pattern(letters),
        "size": WORDS,
        "order": [{"_count": "desc"}, {"_key": "asc"}],
    }
    return {
        "size": 0,
        "track_total_hits": False,
        "terminate_after": DOCUMENTS_LOOKED_AT,
        "query": {"bool": {"filter": [{"prefix": {"words": letters}}, readable(audience)]}},
        "aggs": {"words": {"terms": counted}},
    }
