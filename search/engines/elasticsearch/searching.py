"""One search: words, one request for hits, total and counts, stage two, and the texts of the page."""

from __future__ import annotations

import time
from collections.abc import Sequence
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
from search.engines.elasticsearch.sources import Features
from search.engines.elasticsearch.statistics import Statistics
from search.highlight import Highlighter
from search.hits import marked_weights
from search.results import Correction, Query, Results

Floats = npt.NDArray[np.float64]
BEST: Sequence[Json] = ({"_score": "desc"}, {"number": "asc"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that stage one found, with its score there."""

    features: Features
    score: float
    share: float  # of the preferred facets
    improvement: float = 0.0


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
    found = [_candidate(hit, query) for hit in answer["hits"]["hits"]]
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


def _candidate(hit: dict[str, Any], query: Query) -> Candidate:
    fields, sort = hit["fields"], hit["sort"]
    preferred = asking.wanted_preferences(query)
    share = 0.0
    if preferred:
        held = frozenset(fields.get("facets", ()))
        labels = [asking.labels(facet, values) for facet, values in preferred.items()]
        share = sum(not held.isdisjoint(each) for each in labels) / len(labels)
    improvement = float(sort[2]) if len(sort) > len(BEST) and sort[2] is not None else 0.0
    return Candidate(Features.read(fields["features"][0]), float(sort[0]), share, improvement)


def _page(
    statistics: Statistics, query: Query, plan: Plan, found: list[Candidate], wanted: slice, *, is_all: bool
) -> list[Place]:
    """The places of the page. `is_all`: there are no more matches than stage two orders."""
    count = stages.candidates(statistics.numbers.documents)
    by_improvement = query.sort == "improvement" and bool(query.measured)
    if wanted.start == wanted.stop:
        return []
    if by_improvement and not is_all:
        return _more(statistics, query, plan, wanted, [asking.by_improvement(query.measured[0]), *BEST])
    if query.sort != "newest" and wanted.start >= count:
        return [Place(each.features.id, each.score) for each in found]
    best, scores = rank(statistics, plan, found[:count])
    if query.sort == "newest":
        return _newest(statistics, query, plan, best, scores, wanted, is_all=is_all)
    if by_improvement:
        order = np.argsort([-each.improvement for each in best], kind="stable").tolist()
        best, scores = [best[place] for place in order], scores[order]
    least = float(scores.min()) if len(scores) else 0.0
    places = [Place(each.features.id, float(score)) for each, score in zip(best, scores, strict=True)]
    # The two stages' scores have different scales: what follows must not seem better.
    places += [Place(each.features.id, min(each.score, least)) for each in found[count:]]
    return places[wanted]


def rank(statistics: Statistics, plan: Plan, found: list[Candidate]) -> tuple[list[Candidate], Floats]:
    """Stage two: the candidates in their final order, with their scores."""
    blobs = [each.features.data for each in found]
    weights = statistics.analyser.lexicon.gram_weights
    scores = ranking.score(blobs, plan.ranked, statistics.numbers.average_passage, weights)
    if not found:
        return [], scores
    scores = scores * np.array([each.features.boost for each in found])
    scores += stages.PREFERRED_BONUS * scores.max() * np.array([each.share for each in found])
    order = np.argsort(-scores, kind="stable")
    return [found[place] for place in order.tolist()], scores[order]


def _newest(
    statistics: Statistics,
    query: Query,
    plan: Plan,
    best: list[Candidate],
    scores: Floats,
    wanted: slice,
    *,
    is_all: bool,
) -> list[Place]:
    """What fits well by date, then the rest by date."""
    if not best:
        return []
    is_good = scores >= stages.NEWEST_BAND * scores[0]
    published = np.array([each.features.published for each in best])
    order = np.lexsort((-published, ~is_good)).tolist()
    places = [Place(best[place].features.id, float(scores[place])) for place in order]
    if is_all:
        return places[wanted]
    places = places[: int(is_good.sum())]
    page = places[wanted]
    behind = slice(max(wanted.start - len(places), 0), max(wanted.stop - len(places), 0))
    if behind.start < behind.stop:
        page += _more(
            statistics, query, plan, behind, [{"published": "desc"}, *BEST], [place.id for place in places]
        )
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
        Place(Features.read(hit["fields"]["features"][0]).id, float(hit["sort"][at]))
        for hit in answer["hits"]["hits"]
    ]
