"""What may continue the letters typed so far."""

from __future__ import annotations

import numpy as np

from search.dutch.fold import fold_letters, words_of
from search.engines.embedded.searching import Moment
from search.results import Suggestion

MAX_LETTERS = 100
MAX_WORDS = 8
LOOKED_AT = 120  # titles with these words, at most
SHORTEST_BEGINNING = 2  # letters of the last word; fewer begin half of all titles
SHORTEST_COMPLETED = 3
WORDS = 3  # completed words among the suggestions


def suggest(moment: Moment, prefix: str, audience: frozenset[str], limit: int) -> tuple[Suggestion, ...]:
    """Titles that begin with what was typed, then titles that hold it, short before long; then words."""
    typed = words_of(prefix[:MAX_LETTERS])[:MAX_WORDS]
    if not typed or limit < 1:
        return ()
    words = _words(moment, typed, audience)
    titles = _titles(moment, typed, audience)
    room = max(limit - len(words), limit - WORDS)
    return (*titles[:room], *words)[:limit]


def _titles(moment: Moment, typed: list[str], audience: frozenset[str]) -> list[Suggestion]:
    wanted = [f'"{word}"' for word in typed[:-1]]
    if len(typed[-1]) >= SHORTEST_BEGINNING:
        wanted.append(f'"{typed[-1]}"*')
    if not wanted:
        return []
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
    start = " ".join(typed)
    best: dict[str, tuple[bool, int, Suggestion]] = {}
    for identity, title, url in documents:
        begins_otherwise = not fold_letters(title).startswith(start)
        best.setdefault(title, (begins_otherwise, len(title), Suggestion(title, "title", identity, url)))
    ordered = sorted(best.values(), key=lambda each: (each[0], each[1], each[2].text))
    return [suggestion for _, _, suggestion in ordered]


def _words(moment: Moment, typed: list[str], audience: frozenset[str]) -> list[Suggestion]:
    beginning = typed[-1]
    if len(beginning) < SHORTEST_COMPLETED or not beginning.isascii():
        return []
    before = " ".join(typed[:-1])
    completions = moment.reader(audience).completions(beginning, WORDS)
    return [Suggestion(f"{before} {word}".strip(), "word") for word in completions]
