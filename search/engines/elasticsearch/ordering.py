"""Stage two: the order of the candidates that the server found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search import ranking, stages
from search.engines.elasticsearch import asking
from search.engines.elasticsearch.asking import Json
from search.engines.elasticsearch.pages import Place
from search.engines.elasticsearch.sources import Unpacked, read_features
from search.engines.elasticsearch.statistics import Statistics
from search.results import Query

Floats = npt.NDArray[np.float64]
MARK = 2  # its place in what hits are sorted by


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
    def read(cls, statistics: Statistics, query: Query, hits: list[dict[str, Any]]) -> Candidates:
        """From hits that were sorted by `sort_of`. One that is gone since is left out."""
        known = _features(statistics, query, hits)
        pairs = [(hit, features) for hit, features in zip(hits, known, strict=True) if features is not None]
        sorts = [hit["sort"] for hit, _ in pairs]
        by_improvement = sorts_by_improvement(query)
        return cls(
            [features[0] for _, features in pairs],
            np.array([features[1] for _, features in pairs]),
            np.array([features[2] for _, features in pairs], np.int64),
            [features[3] for _, features in pairs],
            np.array([sort[0] for sort in sorts], np.float64),
            _shares(query, [hit for hit, _ in pairs]),
            np.array([sort[MARK + 1] or 0.0 if by_improvement else 0.0 for sort in sorts], np.float64),
        )


def sort_of(query: Query) -> list[Json]:
    """Stage one's order; behind what decides stands the mark, which comes back with each hit, and what the order after
    stage two needs."""
    sort: list[Json] = [{"_score": "desc"}, {"number": "asc"}, {"mark": "asc"}]
    return [*sort, asking.by_improvement(query.measured[0])] if sorts_by_improvement(query) else sort


def _features(statistics: Statistics, query: Query, hits: list[dict[str, Any]]) -> Sequence[Unpacked | None]:
    """What stage two needs of each hit: sent along, remembered, or asked for here."""
    memory = statistics.features
    marks = [hit["sort"][MARK] for hit in hits]
    known = memory.get(marks)
    missing = [mark for mark, features in zip(marks, known, strict=True) if features is None]
    if not missing:
        return known
    sent = {hit["sort"][MARK]: hit["fields"] for hit in hits if "features" in hit.get("fields", ())}
    if not all(mark in sent for mark in missing):
        sent = _sent_apart(statistics, query, missing)
    fresh = {mark: read_features(sent[mark]["features"][0]) for mark in missing if mark in sent}
    for mark, features in fresh.items():
        memory.put(mark, features)
    return [
        features if features is not None else fresh.get(mark)
        for mark, features in zip(marks, known, strict=True)
    ]


def _sent_apart(statistics: Statistics, query: Query, marks: list[int]) -> dict[int, Json]:
    """The features of the documents with these marks, in a request of their own."""
    conditions: list[Json] = [{"terms": {"mark": marks}}, asking.readable(query.audience)]
    body: Json = {
        "size": len(marks),
        "track_total_hits": False,
        "query": {"bool": {"filter": conditions}},
        "stored_fields": "_none_",
        "docvalue_fields": ["mark", "features"],
    }
    (answer,) = statistics.index.searches(statistics.clock, [body])
    return {hit["fields"]["mark"][0]: hit["fields"] for hit in answer["hits"]["hits"]}


def _shares(query: Query, hits: list[dict[str, Any]]) -> Floats:
    labels = [asking.labels(facet, values) for facet, values in asking.wanted_preferences(query).items()]
    if not labels:
        return np.zeros(len(hits))
    held = [frozenset(hit.get("fields", {}).get("facets", ())) for hit in hits]
    return np.array([sum(not own.isdisjoint(each) for each in labels) / len(labels) for own in held])


def sorts_by_improvement(query: Query) -> bool:
    return query.sort == "improvement" and bool(query.measured)


def ordered(
    statistics: Statistics,
    query: Query,
    ranked: ranking.RankQuery,
    found: Candidates,
    count: int,
    *,
    is_all: bool,
) -> list[Place]:
    """The first `count` candidates in their final order, and behind them what else was found.

    By date only those that fit well, unless the candidates are all there is: the rest by date is the server's.
    """
    order, scores = _ranked(statistics, ranked, found, count)
    if query.sort == "newest":
        is_good = scores >= stages.NEWEST_BAND * scores[0]
        by_date = np.lexsort((-found.published[order], ~is_good))
        chosen = by_date if is_all else by_date[: int(is_good.sum())]
        return places_of([found.ids[place] for place in order[chosen].tolist()], scores[chosen])
    if sorts_by_improvement(query):
        best = np.argsort(-found.improvements[order], kind="stable")
        order, scores = order[best], scores[best]
    # The two stages' scores have different scales: what follows must not seem better.
    behind = np.minimum(found.scores[count:], scores.min())
    ids = [found.ids[place] for place in order.tolist()] + found.ids[count:]
    return places_of(ids, np.concatenate([scores, behind]))


def _ranked(
    statistics: Statistics, ranked: ranking.RankQuery, found: Candidates, count: int
) -> tuple[npt.NDArray[np.int64], Floats]:
    weights = statistics.analyser.lexicon.gram_weights
    average = statistics.numbers.average_passage
    scores = ranking.score(found.blobs[:count], ranked, average, weights) * found.boosts[:count]
    scores += stages.PREFERRED_BONUS * scores.max() * found.shares[:count]
    order = np.argsort(-scores, kind="stable")
    return order, scores[order]


def places_of(ids: Iterable[str], scores: Floats) -> list[Place]:
    return [Place(identity, score) for identity, score in zip(ids, scores.tolist(), strict=True)]
