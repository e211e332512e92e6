"""One search: words, one request for hits, total and counts, stage two, and the texts of the page."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from search import ranking, stages
from search.analysis import AnalysedQuery, analyse_query, choose_terms, rank_query, term_weights
from search.correcting import Understood, understand
from search.dutch.analyser import Analyser
from search.engines.elasticsearch import asking
from search.engines.elasticsearch.asking import Json
from search.engines.elasticsearch.browsing import browse
from search.engines.elasticsearch.pages import Place, fetch
from search.engines.elasticsearch.sources import read_features
from search.engines.elasticsearch.statistics import Statistics
from search.highlight import Highlighter
from search.hits import marked_weights
from search.results import Correction, Query, Results

Floats = npt.NDArray[np.float64]
BEST: Sequence[Json] = ({"_score": "desc"}, {"number": "asc"})


@dataclass(slots=True)
class Candidates:
    """Documents that stage one found, in its order, as one list for each thing that is known of them."""

    ids: list[str]
    boosts: Floats
    published: npt.NDArray[np.int64]
    blobs: list[bytes]
    scores: Floats  # of stage one
    shares: Floats  # of the preferred facets
    improvements: Floats

    @classmethod
    def read(cls, query: Query, hits: list[dict[str, Any]]) -> Candidates:
        unpacked = [read_features(hit["fields"]["features"][0]) for hit in hits]
        sorts = [hit["sort"] for hit in hits]
        by_improvement = query.sort == "improvement" and bool(query.measured)
        return cls(
            [each[0] for each in unpacked],
            np.array([each[1] for each in unpacked]),
            np.array([each[2] for each in unpacked], np.int64),
            [each[3] for each in unpacked],
            np.array([sort[0] for sort in sorts], np.float64),
            _shares(query, hits),
            np.array([sort[2] or 0.0 if by_improvement else 0.0 for sort in sorts], np.float64),
        )


def _shares(query: Query, hits: list[dict[str, Any]]) -> Floats:
    labels = [asking.labels(facet, values) for facet, values in asking.wanted_preferences(query).items()]
    if not labels:
        return np.zeros(len(hits))
    held = [frozenset(hit["fields"].get("facets", ())) for hit in hits]
    return np.array([sum(not own.isdisjoint(each) for each in labels) / len(labels) for own in held])


def search(statistics: Statistics, query: Query) -> Results:
    """Answer one query."""
    started = time.perf_counter()
    asked = analyse_query(query.text, statistics.analyser, query.guidance)
    results = _find(statistics, query, asked) if asked.text else browse(statistics, query)
    return replace(results, took_ms=(time.perf_counter() - started) * 1000)


@dataclass(frozen=True, slots=True)
class Plan:
    """What stage one and two look for."""

    understood: Understood
    matching: Json
    ranked: ranking.RankQuery

    @classmethod
    def make(cls, statistics: Statistics, query: Query, asked: AnalysedQuery) -> Plan:
        words = [word.text for typed in asked.typed for word in typed.words]
        statistics.load(asked.terms(), words, spelling=not query.literal)
        understood = understand(asked, statistics, statistics.analyser, query)
        statistics.load_frequencies(understood.query.terms())
        documents = statistics.numbers.documents
        chosen = choose_terms(understood.query, statistics.frequency, stages.budget(documents))
        weights = term_weights(understood.query, chosen, statistics.frequency, documents)
        return cls(
            understood,
            asking.of_terms(weights),
            rank_query(understood.query, statistics.frequency, documents),
        )

    def highlighter(self, analyser: Analyser) -> Highlighter:
        return Highlighter(analyser, marked_weights(self.understood.query, self.ranked))


def _find(statistics: Statistics, query: Query, asked: AnalysedQuery) -> Results:
    plan = Plan.make(statistics, query, asked)
    wanted = stages.page_of(query)
    answer = _candidates(statistics, query, plan, wanted)
    total = answer["hits"]["total"]["value"]
    found = Candidates.read(query, answer["hits"]["hits"])
    count = stages.candidates(statistics.numbers.documents)
    places = _page(statistics, query, plan, found, wanted, is_all=total <= count)
    correction = None
    if plan.understood.query.text != asked.text:
        correction = Correction(asked.text, plan.understood.query.text)
    return Results(
        fetch(statistics, query, places, plan.highlighter(statistics.analyser)),
        total,
        True,
        asking.read_counts(query, answer.get("aggregations", {})),
        correction,
        plan.understood.words,
    )


def _candidates(statistics: Statistics, query: Query, plan: Plan, wanted: slice) -> dict[str, Any]:
    """The candidates of stage one, or the page itself where it lies behind them; total and counts with them."""
    count = stages.candidates(statistics.numbers.documents)
    body = matching_body(query, plan)
    body["aggs"] = asking.facet_counts(query)
    if wanted.start < count:
        body["size"] = max(count, wanted.stop)
    else:
        body["from"], body["size"] = wanted.start, wanted.stop - wanted.start
    if query.sort == "newest" or wanted.start == wanted.stop:
        body.pop("from", None)
        body["size"] = count if wanted.start < wanted.stop else 0
    return statistics.index.searches(statistics.clock, [body])[0]


def matching_body(query: Query, plan: Plan) -> Json:
    """A search for what matches, with what stage two needs of each hit."""
    body: Json = {
        "track_total_hits": True,
        "stored_fields": "_none_",
        "docvalue_fields": ["features"],
        "query": {"bool": {"filter": asking.base_filters(query), "must": [plan.matching]}},
        "sort": list(BEST),
    }
    chosen = list(asking.chosen_filters(query).values())
    if chosen:
        body["post_filter"] = {"bool": {"filter": chosen}}
    if asking.wanted_preferences(query):
        body["docvalue_fields"].append("facets")
    if query.sort == "improvement" and query.measured:
        body["sort"] = [*BEST, asking.by_improvement(query.measured[0])]
    return body


def _page(
    statistics: Statistics, query: Query, plan: Plan, found: Candidates, wanted: slice, *, is_all: bool
) -> list[Place]:
    """The places of the page. `is_all`: there are no more matches than stage two orders."""
    count = stages.candidates(statistics.numbers.documents)
    by_improvement = query.sort == "improvement" and bool(query.measured)
    if wanted.start == wanted.stop or not found.ids:
        return []
    if by_improvement and not is_all:
        return _more(statistics, query, plan, wanted, [asking.by_improvement(query.measured[0]), *BEST])
    if query.sort != "newest" and wanted.start >= count:
        return _places(found.ids, found.scores)
    order, scores = rank(statistics, plan, found, count)
    if query.sort == "newest":
        return _newest(statistics, query, plan, found, order, scores, wanted, is_all=is_all)
    if by_improvement:
        best = np.argsort(-found.improvements[order], kind="stable")
        order, scores = order[best], scores[best]
    # The two stages' scores have different scales: what follows must not seem better.
    behind = np.minimum(found.scores[count:], scores.min())
    ids = [found.ids[place] for place in order.tolist()] + found.ids[count:]
    return _places(ids, np.concatenate([scores, behind]))[wanted]


def _places(ids: Iterable[str], scores: Floats) -> list[Place]:
    return [Place(identity, score) for identity, score in zip(ids, scores.tolist(), strict=True)]


def rank(
    statistics: Statistics, plan: Plan, found: Candidates, count: int
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Stage two: the places of the first `count` candidates in their final order, with their scores."""
    weights = statistics.analyser.lexicon.gram_weights
    scores = (
        ranking.score(found.blobs[:count], plan.ranked, statistics.numbers.average_passage, weights)
        * found.boosts[:count]
    )
    scores += stages.PREFERRED_BONUS * scores.max() * found.shares[:count]
    order = np.argsort(-scores, kind="stable")
    return order, scores[order]


def _newest(
    statistics: Statistics,
    query: Query,
    plan: Plan,
    found: Candidates,
    best: npt.NDArray[np.int64],
    scores: Floats,
    wanted: slice,
    *,
    is_all: bool,
) -> list[Place]:
    """What fits well by date, then the rest by date."""
    is_good = scores >= stages.NEWEST_BAND * scores[0]
    order = np.lexsort((-found.published[best], ~is_good))
    places = _places([found.ids[place] for place in best[order].tolist()], scores[order])
    if is_all:
        return places[wanted]
    places = places[: int(is_good.sum())]
    page = places[wanted]
    behind = slice(max(wanted.start - len(places), 0), max(wanted.stop - len(places), 0))
    if behind.start < behind.stop:
        by_date: list[Json] = [{"published": "desc"}, *BEST]
        page += _more(statistics, query, plan, behind, by_date, [place.id for place in places])
    return page


def _more(
    statistics: Statistics,
    query: Query,
    plan: Plan,
    wanted: slice,
    sort: list[Json],
    without: Sequence[str] = (),
) -> list[Place]:
    """Places in an order of the server's own."""
    body = matching_body(query, plan)
    body |= {
        "from": wanted.start,
        "size": wanted.stop - wanted.start,
        "sort": sort,
        "track_total_hits": False,
    }
    if without:
        body["query"]["bool"]["must_not"] = [{"terms": {"id": list(without)}}]
    (answer,) = statistics.index.searches(statistics.clock, [body])
    at = sort.index(BEST[0])
    return [
        Place(read_features(hit["fields"]["features"][0])[0], float(hit["sort"][at]))
        for hit in answer["hits"]["hits"]
    ]
