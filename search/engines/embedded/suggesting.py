"""Titles and words of the index that continue the letters typed so far."""

from __future__ import annotations

import numpy as np

from search.engines.embedded.searching import Moment
from search.results import Suggestion
from search.suggesting import LOOKED_AT, SHORTEST_BEGINNING, WORDS, Beginning, Heading, suggestions


def suggest(moment: Moment, prefix: str, audience: frozenset[str], limit: int) -> tuple[Suggestion, ...]:
    beginning = Beginning.of(prefix)
    if beginning is None or limit < 1:
        return ()
    headings = _headings(moment, beginning, audience) if beginning.opens_titles else []
    completions: list[str] = []
    if beginning.completes_words:
        completions = moment.reader(audience).completions(beginning.last, WORDS)
    return suggestions(beginning, headings, completions, limit)


def _headings(moment: Moment, beginning: Beginning, audience: frozenset[str]) -> list[Heading]:
    wanted = [f'"{word}"' for word in beginning.whole]
    if len(beginning.last) >= SHORTEST_BEGINNING:
        wanted.append(f'"{beginning.last}"*')
    found = moment.connection.execute(
        "SELECT rowid FROM heading WHERE heading MATCH ?", (" AND ".join(wanted),)
    )
    rows: list[int] = []
    while len(rows) < LOOKED_AT and (more := found.fetchmany(LOOKED_AT)):
        rows += moment.columns.visible(np.array([row[0] for row in more]), audience).tolist()
    marks = ",".join("?" * len(rows))
    documents = moment.connection.execute(
        f"SELECT id, title, url FROM document WHERE row IN ({marks})",  # noqa: S608
        rows,
    )
    return [Heading(*row) for row in documents]
