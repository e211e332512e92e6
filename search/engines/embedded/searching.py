"""One search: words, matches, filters and facets, stage two, highlights."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search import ranking, stages
from search.analysis import AnalysedQuery, analyse_query, choose_terms, rank_query, term_weights
from search.correcting import Understood, understand
from search.dutch.analyser import Analyser
from search.engines.embedded.columns import Columns, Rows
from search.engines.embedded.facets import Narrowed, browse, narrow, preference
from search.engines.embedded.postings import weigh
from search.engines.embedded.vocabulary import Known, Reader, Words
from search.explaining import Material
from search.highlight import Highlighter
from search.hits import make_hit, marked_weights
from search.payload import from_payload
from search.results import Correction, Hit, Query, Results

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moment:
    """The index as one transaction sees it."""

    connection: sqlite3.Connection
    columns: Columns
    documents: int
    average_passage: float
    load_words: Callable[[], Words]

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many documents each of these stems and parts stands; those in none are left out."""
        marks = ",".join("?" * len(terms))
        found = self.connection.execute(
            f"SELECT term, documents FROM term WHERE term IN ({marks})",  # noqa: S608
            terms,
        )
        return dict(found.fetchall())

    def reader(self, audience: frozenset[str]) -> Reader:
        return Reader(self.connection, np.flatnonzero(self.columns.readable(audience)).tolist())


@dataclass(frozen=True, slots=True)
class Ordered:
    """Rows in the order to show, with their scores, and which the reader prefers."""

    rows: Rows
    scores: Floats
    preferred: npt.NDArray[np.bool_]

    def page(self, query: Query) -> Ordered:
        chosen = stages.page_of(query)
        return Ordered(self.rows[chosen], self.scores[chosen], self.preferred[chosen])


def search(moment: Moment, query: Query, analyser: Analyser) -> Results:
    """Answer one query within the transaction of the moment."""
    started = time.perf_counter()
    asked = analyse_query(query.text, analyser, query.guidance)
    if not asked.text:
        results = _browse(moment, query, analyser)
    else:
        results = _find(moment, query, asked, analyser)
    return _timed(results, started)


def _timed(results: Results, started: float) -> Results:
    took = (time.perf_counter() - started) * 1000
    return Results(
        results.hits, results.total, results.is_exact, results.facets, results.correction, results.words, took
    )


def _browse(moment: Moment, query: Query, analyser: Analyser) -> Results:
    """Everything the reader may find: preferred first, then what is boosted, then what is new."""
    narrowed, ordered = browsed(moment, query, max(stages.page_of(query).stop, 1))
    hits = _hits(moment, query, ordered.page(query), Highlighter(analyser, {}))
    return Results(hits, len(narrowed.rows), True, narrowed.facets)


def browsed(moment: Moment, query: Query, needed: int) -> tuple[Narrowed, Ordered]:
    """All that fits, and the first rows of it in order."""
    if query.exclude or query.measured or any(query.filters.values()):
        rows = _without(moment, moment.columns.all_visible(query.audience), query.exclude)
        narrowed = narrow(moment.columns, rows, query)
    else:
        narrowed = browse(moment.columns, query)
    share = preference(moment.columns, narrowed.rows, query.preferred)
    boost = moment.columns.boost[narrowed.rows].astype(np.float64)
    published = moment.columns.published[narrowed.rows]
    if query.sort == "newest":
        first = np.zeros(len(share))
    elif query.sort == "improvement" and query.measured:
        first = _improvements(moment, query, narrowed.rows)
    else:
        first = share * 1000 + np.clip(boost, 0, 100)
    order = _top(np.round(first * 1000).astype(np.int64) * (1 << 36) + published, needed)
    return narrowed, Ordered(narrowed.rows[order], first[order], share[order] > 0)


def _top(keys: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
    """Places of the highest keys in order, equal ones as they came: without sorting a million for ten."""
    if count >= len(keys):
        return np.argsort(-keys, kind="stable")
    least = np.partition(keys, len(keys) - count)[len(keys) - count]
    above = np.flatnonzero(keys > least)
    equal = np.flatnonzero(keys == least)[: count - len(above)]
    places = np.sort(np.concatenate([above, equal]))
    return places[np.argsort(-keys[places], kind="stable")]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text finds: how it was understood, all that fits, and its order."""

    understood: Understood
    narrowed: Narrowed
    ordered: Ordered
    highlighter: Highlighter


def _find(moment: Moment, query: Query, asked: AnalysedQuery, analyser: Analyser) -> Results:
    found = find(moment, query, asked, analyser)
    correction = None
    if found.understood.query.text != asked.text:
        correction = Correction(asked.text, found.understood.query.text)
    hits = _hits(moment, query, found.ordered.page(query), found.highlighter)
    facets = found.narrowed.facets
    return Results(hits, len(found.narrowed.rows), True, facets, correction, found.understood.words)


def find(moment: Moment, query: Query, asked: AnalysedQuery, analyser: Analyser) -> Finding:
    reader = moment.reader(query.audience)
    understood = understand(asked, Known(reader, moment.load_words, analyser), analyser, query)
    frequencies = moment.frequencies(list(understood.query.terms()))

    def frequency(term: str) -> int:
        return frequencies.get(term, 0)

    chosen = choose_terms(understood.query, frequency, stages.budget(moment.documents))
    weights = term_weights(understood.query, chosen, frequency, moment.documents)
    scores = weigh(moment.connection, weights, len(moment.columns.audience))  # stage one
    rows = np.flatnonzero(scores > 0)
    narrowed = narrow(moment.columns, _visible(moment, rows, query), query)
    ranked = rank_query(understood.query, frequency, moment.documents)
    ordered = _ordered(moment, query, ranked, narrowed.rows, scores[narrowed.rows], analyser)
    highlighter = Highlighter(analyser, marked_weights(understood.query, ranked))
    return Finding(understood, narrowed, ordered, highlighter)


def _visible(moment: Moment, rows: Rows, query: Query) -> Rows:
    return _without(moment, moment.columns.visible(rows, query.audience), query.exclude)


def _without(moment: Moment, rows: Rows, identities: frozenset[str]) -> Rows:
    return rows[~np.isin(rows, _rows_of(moment, identities))] if identities else rows


def _rows_of(moment: Moment, identities: frozenset[str]) -> Rows:
    wanted = list(identities)[:10_000]
    marks = ",".join("?" * len(wanted))
    found = moment.connection.execute(f"SELECT row FROM document WHERE id IN ({marks})", wanted)  # noqa: S608
    return np.array([row[0] for row in found], np.int64)


def _ordered(
    moment: Moment, query: Query, ranked: ranking.RankQuery, rows: Rows, scores: Floats, analyser: Analyser
) -> Ordered:
    """Stage two for the best candidates; after them the engine's order."""
    order = np.argsort(-scores, kind="stable")
    rows, scores = rows[order], scores[order]
    share = preference(moment.columns, rows, query.preferred)
    count = stages.candidates(moment.documents)
    best = rows[:count]
    if len(best):
        new = ranking.score(
            _features(moment, best), ranked, moment.average_passage, analyser.lexicon.gram_weights
        )
        new *= moment.columns.boost[best]
        new += stages.PREFERRED_BONUS * new.max() * share[:count]
        order = np.argsort(-new, kind="stable")
        rows = np.concatenate([best[order], rows[count:]])
        # The two stages' scores have different scales: what follows must not seem better.
        scores = np.concatenate([new[order], np.minimum(scores[count:], new.min())])
        share = np.concatenate([share[:count][order], share[count:]])
    if query.sort == "improvement" and query.measured:
        order = np.argsort(-_improvements(moment, query, rows), kind="stable")
        rows, scores, share = rows[order], scores[order], share[order]
    elif query.sort == "newest" and len(rows):
        is_good = scores >= stages.NEWEST_BAND * scores[0]
        order = np.lexsort((-moment.columns.published[rows], ~is_good))
        rows, scores, share = rows[order], scores[order], share[order]
    return Ordered(rows, scores, share > 0)


def _improvements(moment: Moment, query: Query, rows: Rows) -> Floats:
    """The best improvement of the first indicator asked for, of rows that have one."""
    return moment.columns.best_measured(rows, query.measured[0]).astype(np.float64)


def _features(moment: Moment, rows: Rows) -> list[bytes]:
    """Feature blobs in the order of the rows."""
    wanted = rows.tolist()
    marks = ",".join("?" * len(wanted))
    found = moment.connection.execute(f"SELECT row, data FROM feature WHERE row IN ({marks})", wanted)  # noqa: S608
    blobs = dict(found.fetchall())
    return [blobs[row] for row in wanted]


def _hits(moment: Moment, query: Query, ordered: Ordered, highlighter: Highlighter) -> tuple[Hit, ...]:
    wanted = ordered.rows.tolist()
    marks = ",".join("?" * len(wanted))
    found = moment.connection.execute(f"SELECT row, payload FROM document WHERE row IN ({marks})", wanted)  # noqa: S608
    payloads: Mapping[int, str] = dict(found.fetchall())
    return tuple(
        make_hit(from_payload(payloads[row]), query, float(score), bool(is_preferred), highlighter)
        for row, score, is_preferred in zip(wanted, ordered.scores, ordered.preferred, strict=True)
    )


def material_of(moment: Moment, identity: str, terms: Sequence[str]) -> Material | None:
    """What explaining needs of a document and of the index."""
    found = moment.connection.execute("SELECT payload FROM document WHERE id = ?", (identity,)).fetchone()
    if found is None:
        return None
    frequencies = moment.frequencies(terms)
    return Material(from_payload(found[0]), moment.documents, moment.average_passage, frequencies)
