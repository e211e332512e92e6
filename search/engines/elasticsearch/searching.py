"""One search: words, one request for hits, total and counts, stage two, and the texts of the page."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from search import ranking, stages
from search.analysis import AnalysedQuery, analyse_query, choose_terms, rank_query, term_weights
from search.correcting import Understood, understand
from search.dutch.analyser import Analyser
from search.engines.elasticsearch import asking
from search.engines.elasticsearch.asking import Json
from search.engines.elasticsearch.browsing import browse
from search.engines.elasticsearch.ordering import (
    Candidates,
    ordered,
    places_of,
    sort_of,
    sorts_by_improvement,
)
from search.engines.elasticsearch.pages import Place, fetch
from search.engines.elasticsearch.statistics import Statistics
from search.highlight import Highlighter
from search.hits import marked_weights
from search.results import Correction, Query, Results

BEST: Sequence[Json] = ({"_score": "desc"}, {"number": "asc"})
# How the server itself orders matches: those that stage two doesn't look at.
ORDERS: Mapping[str, Callable[[Query], list[Json]]] = {
    "relevance": lambda query: list(BEST),
    "newest": lambda query: [{"published": "desc"}, *BEST],
    "improvement": lambda query: [*map(asking.by_improvement, query.measured[:1]), *BEST],
}


def search(statistics: Statistics, query: Query) -> Results:
    """Answer one query."""
    started = time.perf_counter()
    asked = analyse_query(query.text, statistics.analyser, query.guidance)
    results = _find(statistics, query, asked) if asked.text else browse(statistics, query)
    return replace(results, took_ms=(time.perf_counter() - started) * 1000)


@dataclass(frozen=True, slots=True)
class Matching:
    """What stage one looks for, among so many documents."""

    documents: int
    matching: Json
    held: Json  # the same documents, without a score

    @classmethod
    def make(cls, asked: AnalysedQuery, frequency: Callable[[str], int], documents: int) -> Matching:
        chosen = choose_terms(asked, frequency, stages.budget(documents))
        weights = term_weights(asked, chosen, frequency, documents)
        return cls(documents, asking.of_terms(weights), asking.holding_terms(weights))


@dataclass(frozen=True, slots=True)
class Plan:
    """What stage one and two look for. `early`: what the server answered to the same question already."""

    understood: Understood
    stage_one: Matching
    ranked: ranking.RankQuery
    early: Sequence[dict[str, Any]] = ()

    @classmethod
    def make(
        cls, statistics: Statistics, query: Query, asked: AnalysedQuery, wanted: slice | None = None
    ) -> Plan:
        """`wanted`: the places of the page, which are asked for at once where the whole question can be guessed.

        A server takes less time to answer than to be asked, and what it will be asked follows from frequencies that
        seldom change. Those are asked for all the same, of now; what was found counts only where they lead to the very
        same question.
        """
        words = [word.text for typed in asked.typed for word in typed.words]
        guess = _guess(statistics, query, asked, wanted) if wanted is not None else []
        early = statistics.load(asked.terms(), words, spelling=not query.literal, along=guess)
        understood = understand(asked, statistics, statistics.analyser, query)
        statistics.load_frequencies(understood.query.terms())
        documents = statistics.numbers.documents
        stage_one = Matching.make(understood.query, statistics.frequency, documents)
        if wanted is not None and guess:
            came_true = candidate_bodies(statistics, query, stage_one, wanted) == guess
            statistics.remembered.guessed(came_true=came_true)
            early = early if came_true else []
        ranked = rank_query(understood.query, statistics.frequency, documents)
        return cls(understood, stage_one, ranked, early)

    def highlighter(self, analyser: Analyser) -> Highlighter:
        return Highlighter(analyser, marked_weights(self.understood.query, self.ranked))


def _find(statistics: Statistics, query: Query, asked: AnalysedQuery) -> Results:
    wanted = stages.page_of(query)
    plan = Plan.make(statistics, query, asked, wanted)
    answer, counted = _candidates(statistics, query, plan, wanted)
    total = answer["hits"]["total"]["value"]
    found = Candidates.read(statistics, query, answer["hits"]["hits"])
    count = stages.candidates(statistics.numbers.documents)
    places = _page(statistics, query, plan, found, wanted, is_all=total <= count)
    correction = None
    if plan.understood.query.text != asked.text:
        correction = Correction(asked.text, plan.understood.query.text)
    return Results(
        fetch(statistics, query, places, plan.highlighter(statistics.analyser)),
        total,
        True,
        asking.read_counts(query, counted),
        correction,
        plan.understood.words,
    )


def _candidates(
    statistics: Statistics, query: Query, plan: Plan, wanted: slice
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The candidates of stage one and the total, or the page itself where it lies behind them; and the counts."""
    found = plan.early
    if not found:
        bodies = candidate_bodies(statistics, query, plan.stage_one, wanted)
        found = statistics.index.searches(statistics.clock, bodies)
    return found[0], found[1]["aggregations"] if len(found) > 1 else {}


def _guess(statistics: Statistics, query: Query, asked: AnalysedQuery, wanted: slice) -> list[Json]:
    """What the server will be asked if no word is misspelled and nothing changed since it was last heard of."""
    remembered = statistics.remembered.guess(asked.terms())
    if remembered is None:
        return []
    documents, frequencies = remembered
    stage_one = Matching.make(asked, lambda term: frequencies.get(term, 0), documents)
    return candidate_bodies(statistics, query, stage_one, wanted)


def candidate_bodies(statistics: Statistics, query: Query, stage_one: Matching, wanted: slice) -> list[Json]:
    """The search for the candidates, and the one for the counts where there are any.

    The server does both at the same time, each on a processor of its own.
    """
    count = stages.candidates(stage_one.documents)
    body = matching_body(query, stage_one)
    if not statistics.features.is_warm:
        body["docvalue_fields"] = ["features", *body["docvalue_fields"]]
    if wanted.start < count:
        body["size"] = max(count, wanted.stop)
    else:
        body["from"], body["size"] = wanted.start, wanted.stop - wanted.start
    if query.sort == "newest" or wanted.start == wanted.stop:
        body.pop("from", None)
        body["size"] = count if wanted.start < wanted.stop else 0
    aggregations = asking.facet_counts(query)
    return [body, counting_body(query, stage_one, aggregations)] if aggregations else [body]


def first_places(statistics: Statistics, query: Query, plan: Plan) -> tuple[list[Place], bool]:
    """The places that stage two decides on, and whether these are all. The rest follows in the server's order."""
    count = stages.candidates(statistics.numbers.documents)
    answer, _ = _candidates(statistics, replace(query, facets=()), plan, slice(0, count))
    found = Candidates.read(statistics, query, answer["hits"]["hits"])
    is_all = answer["hits"]["total"]["value"] <= count
    if not found.ids or (sorts_by_improvement(query) and not is_all):
        return [], is_all
    return ordered(statistics, query, plan.ranked, found, count, is_all=is_all), is_all


def matching_body(query: Query, stage_one: Matching) -> Json:
    """A search for what matches, in stage one's order."""
    body: Json = {
        "track_total_hits": True,
        "stored_fields": "_none_",
        "docvalue_fields": ["facets"] if asking.wanted_preferences(query) else [],
        "query": {"bool": {"filter": asking.base_filters(query), "must": [stage_one.matching]}},
        "sort": sort_of(query),
    }
    chosen = list(asking.chosen_filters(query).values())
    if chosen:
        body["post_filter"] = {"bool": {"filter": chosen}}
    return body


def counting_body(query: Query, stage_one: Matching, aggregations: Json) -> Json:
    """How often each value of a facet stands in what matches."""
    conditions = [*asking.base_filters(query), stage_one.held]
    return {
        "size": 0,
        "track_total_hits": False,
        "query": {"bool": {"filter": conditions}},
        "aggs": aggregations,
    }


def _page(
    statistics: Statistics, query: Query, plan: Plan, found: Candidates, wanted: slice, *, is_all: bool
) -> list[Place]:
    """The places of the page. `is_all`: there are no more matches than stage two orders."""
    count = stages.candidates(statistics.numbers.documents)
    if wanted.start == wanted.stop or not found.ids:
        return []
    if sorts_by_improvement(query) and not is_all:
        return _more(statistics, query, plan, wanted)
    if query.sort != "newest" and wanted.start >= count:
        return places_of(found.ids, found.scores)
    places = ordered(statistics, query, plan.ranked, found, count, is_all=is_all)
    page = places[wanted]
    behind = slice(max(wanted.start - len(places), 0), max(wanted.stop - len(places), 0))
    if query.sort == "newest" and not is_all and behind.start < behind.stop:
        page += _more(statistics, query, plan, behind, [place.id for place in places])
    return page


def _more(
    statistics: Statistics,
    query: Query,
    plan: Plan,
    wanted: slice,
    without: Sequence[str] = (),
) -> list[Place]:
    """Places in an order of the server's own."""
    sort = ORDERS[query.sort](query)
    body = matching_body(query, plan.stage_one)
    body |= {
        "from": wanted.start,
        "size": wanted.stop - wanted.start,
        "sort": [*sort, {"id": "asc"}],
        "track_total_hits": False,
    }
    if without:
        body["query"]["bool"]["must_not"] = [{"terms": {"id": list(without)}}]
    (answer,) = statistics.index.searches(statistics.clock, [body])
    at = sort.index(BEST[0])
    return [Place(hit["sort"][-1], float(hit["sort"][at])) for hit in answer["hits"]["hits"]]
