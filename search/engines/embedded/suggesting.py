"""What may continue the letters typed so far."""

from __future__ import annotations

from itertools import islice

import numpy as np

from search.dutch.fold import words_of
from search.engines.embedded.searching import Moment
from search.results import Suggestion

MAX_LETTERS = 100
LOOKED_AT = 1_000  # titles with these words, at most
WORDS = 3  # completed words among the suggestions


def suggest(moment: Moment, prefix: str, audience: frozenset[str], limit: int) -> tuple[Suggestion, ...]:
    """Titles first that begin with what was typed, then titles that hold it, short before long; then words."""
    typed = words_of(prefix[:MAX_LETTERS])[:8]
    if not typed or limit < 1:
        return ()
    titles = _titles(moment, typed, audience, limit)
    words = _words(moment, typed, audience)
    room = max(limit - len(words), limit - WORDS)
    return (*titles[:room], *words)[:limit]


def _titles(moment: Moment, typed: list[str], audience: frozenset[str], limit: int) -> list[Suggestion]:
    expression = " AND ".join([*(f'"{word}"' for word in typed[:-1]), f'"{typed[-1]}"*'])
    found = moment.connection.execute("SELECT rowid FROM heading WHERE heading MATCH ?", (expression,))
    rows = np.array([row[0] for row in islice(found, LOOKED_AT)], np.int64)
    visible = moment.columns.visible(rows, audience).tolist()
    marks = ",".join("?" * len(visible))
    documents = moment.connection.execute(
        # Title, address and id without the rest of the document.
        "SELECT json_extract(payload, '$[0]'), json_extract(payload, '$[2]'), json_extract(payload, '$[5]')"  # noqa: S608
        f" FROM document WHERE row IN ({marks})",
        visible,
    )
    start = " ".join(typed)
    best: dict[str, tuple[tuple[bool, int, str], Suggestion]] = {}
    for identity, title, url in documents:
        key = (not " ".join(words_of(title)).startswith(start), len(title), title)
        best.setdefault(title, (key, Suggestion(title, "title", identity, url)))
    return [suggestion for _, suggestion in sorted(best.values(), key=lambda pair: pair[0])[:limit]]


def _words(moment: Moment, typed: list[str], audience: frozenset[str]) -> list[Suggestion]:
    beginning = typed[-1]
    if len(beginning) < 2 or not beginning.isascii():
        return []
    before = " ".join(typed[:-1])
    completions = moment.reader(audience).completions(beginning, WORDS)
    return [Suggestion(f"{before} {word}".strip(), "word") for word in completions]
