"""Stage two: the order of the candidates that the server found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search import ranking, stages
from search.engines.elasticsearch import asking
from search.engines.elasticsearch.pages import Place
from search.engines.elasticsearch.sources import read_features
from search.engines.elasticsearch.statistics import Statistics
from search.results import Query

Floats = npt.NDArray[np.float64]


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
        by_improvement = sorts_by_improvement(query)
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
