"""Every hit of a query, in two steps: all ids at one moment, then their documents portion by portion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from search.analysis import analyse_query
from search.dutch.analyser import Analyser
from search.engines.embedded.columns import Rows
from search.engines.embedded.searching import Moment, browsed, find
from search.highlight import Highlighter
from search.hits import make_hit
from search.payload import from_payload
from search.results import Hit, Query

AT_ONCE = 100
IDS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Listed:
    """What a query finds, in order. Rows mean something in one index file only, ids in all that follow it."""

    ids: list[str]
    scores: list[float]
    preferred: list[bool]
    highlighter: Highlighter

    def portions(self) -> list[slice]:
        return [slice(start, start + AT_ONCE) for start in range(0, len(self.ids), AT_ONCE)]


def list_all(moment: Moment, query: Query, analyser: Analyser) -> Listed:
    asked = analyse_query(query.text, analyser, query.guidance)
    if asked.text:
        found = find(moment, query, asked, analyser)
        ordered, highlighter = found.ordered, found.highlighter
    else:
        _, ordered = browsed(moment, query, len(moment.columns.audience) + 1)
        highlighter = Highlighter(analyser, {})
    ids = _ids(moment, ordered.rows)
    return Listed(ids, ordered.scores.tolist(), ordered.preferred.tolist(), highlighter)


def _ids(moment: Moment, rows: Rows) -> list[str]:
    wanted = rows.tolist()
    known: dict[int, str] = {}
    for start in range(0, len(wanted), IDS_AT_ONCE):
        portion = wanted[start : start + IDS_AT_ONCE]
        marks = ",".join("?" * len(portion))
        known.update(
            moment.connection.execute(f"SELECT row, id FROM document WHERE row IN ({marks})", portion)  # noqa: S608
        )
    return [known[row] for row in wanted]


def hits_of(moment: Moment, query: Query, listed: Listed, portion: slice) -> list[Hit]:
    """The documents of this portion as they are now, for as far as the reader may find them still."""
    wanted = listed.ids[portion]
    marks = ",".join("?" * len(wanted))
    found = moment.connection.execute(
        f"SELECT id, row, payload FROM document WHERE id IN ({marks})",  # noqa: S608
        wanted,
    ).fetchall()
    visible = set(
        moment.columns.visible(np.array([row for _, row, _ in found], np.int64), query.audience).tolist()
    )
    payloads = {identity: payload for identity, row, payload in found if row in visible}
    return [
        make_hit(from_payload(payloads[identity]), query, score, is_preferred, listed.highlighter)
        for identity, score, is_preferred in zip(
            wanted, listed.scores[portion], listed.preferred[portion], strict=True
        )
        if identity in payloads
    ]
