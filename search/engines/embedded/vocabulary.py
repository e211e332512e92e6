"""Words as they stand in documents: which are known to a reader, which were meant, which continue a beginning.

A word that stands only in documents that a reader may not find does not exist for him: not as a known word, not as a
correction, not as a suggestion.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from search.correcting import offered
from search.dutch.analyser import Analyser
from search.dutch.spelling import Near, WordList, correct
from search.engines.base import VocabularyWord

FRESH_WORDS = 2_000  # so many words written since the list was made are looked through one by one
COMPLETIONS_LOOKED_AT = 600


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the index at one moment. Whether a reader may see one is always asked in the index itself."""

    change: int
    listed: WordList
    fresh: WordList
    fresh_since: int

    @classmethod
    def load(cls, connection: sqlite3.Connection, change: int, before: Words | None) -> Words:
        """All words, or those known before and what was written since."""
        if before is not None:
            found = connection.execute(
                "SELECT DISTINCT word FROM vocabulary WHERE changed > ? LIMIT ?",
                (before.fresh_since, FRESH_WORDS),
            ).fetchall()
            if len(found) < FRESH_WORDS:
                return cls(change, before.listed, WordList(row[0] for row in found), before.fresh_since)
        words = connection.execute("SELECT DISTINCT word FROM vocabulary")
        return cls(change, WordList(row[0] for row in words), WordList(()), change)

    def near(self, word: str, distance: int) -> Iterator[Near]:
        yield from self.listed.near(word, distance)
        yield from self.fresh.near(word, distance)


class Reader:
    """The vocabulary as one reader sees it. `audiences`: the numbers of the audiences he belongs to."""

    def __init__(self, connection: sqlite3.Connection, audiences: Iterable[int]) -> None:
        self._connection = connection
        self._audiences = frozenset(audiences)

    def documents(self, word: str) -> int:
        """In how many documents that he may find."""
        found = self._connection.execute("SELECT audience, documents FROM vocabulary WHERE word = ?", (word,))
        return sum(count for audience, count in found if audience in self._audiences)

    def completions(self, beginning: str, limit: int) -> list[str]:
        """The most frequent words that begin so and are longer."""
        end = beginning[:-1] + chr(ord(beginning[-1]) + 1)
        found = self._connection.execute(
            "SELECT word, audience, documents FROM vocabulary WHERE word > ? AND word < ? AND documents > 0 LIMIT ?",
            (beginning, end, COMPLETIONS_LOOKED_AT),
        )
        counts: dict[str, int] = {}
        for word, audience, count in found:
            if audience in self._audiences:
                counts[word] = counts.get(word, 0) + count
        return sorted(counts, key=lambda word: (-counts[word], word))[:limit]

    def all(self) -> Iterator[VocabularyWord]:
        current, count = "", 0
        for word, audience, documents in self._connection.execute(
            "SELECT word, audience, documents FROM vocabulary ORDER BY word"
        ):
            if word != current:
                if count:
                    yield VocabularyWord(current, count)
                current, count = word, 0
            count += documents if audience in self._audiences else 0
        if count:
            yield VocabularyWord(current, count)


@dataclass(frozen=True, slots=True)
class Known:
    """The words that one reader may know of, for correcting."""

    reader: Reader
    load_words: Callable[[], Words]
    analyser: Analyser

    def holds(self, word: str) -> bool:
        return self.reader.documents(word) > 0

    def correction(self, word: str) -> str | None:
        return correct(
            word,
            self.load_words().near,
            lambda candidate: offered(candidate, self.reader.documents(candidate), self.analyser),
        )
