"""What became of each word that was typed, and the query with its misspelled words replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from search.analysis import AnalysedQuery, Typed, analyse_query
from search.dutch.analyser import Analyser
from search.dutch.spelling import SHORTEST
from search.guidance import Guidance
from search.results import Query, Word, WordStatus

MAX_CORRECTED = 4  # words; looking for more would take too long
RARE = 3  # a word in fewer documents counts as a correction only when the word list knows it


class KnownWords(Protocol):
    """The words in documents that one reader may find: what stands elsewhere does not exist for him."""

    def holds(self, word: str) -> bool:
        """Does this folded word stand in one of them?"""

    def correction(self, word: str) -> str | None:
        """The likeliest of them for a word that they lack."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The query as it is searched, and its words as they were typed."""

    query: AnalysedQuery
    words: tuple[Word, ...]


def understand(
    asked: AnalysedQuery,
    known: KnownWords,
    analyser: Analyser,
    query: Query,
) -> Understood:
    """Replace words that the reader's documents lack by the likeliest that they hold."""
    words: list[Word] = []
    text, end, corrected = "", 0, 0
    for typed in asked.typed:
        status, replacement = _status(typed, known, query.guidance)
        if status == "unknown" and not query.literal and corrected < MAX_CORRECTED and is_correctable(typed):
            corrected += 1
            replacement = known.correction(typed.words[0].text) or ""
            if replacement:
                status = "corrected"
        words.append(Word(typed.surface, status, replacement))
        text += asked.text[end : typed.start] + (replacement or typed.surface)
        end = typed.end
    text += asked.text[end:]
    return Understood(
        asked if text == asked.text else analyse_query(text, analyser, query.guidance), tuple(words)
    )


def _status(typed: Typed, known: KnownWords, guidance: Guidance) -> tuple[WordStatus, str]:
    if not typed.words:
        return "ignored", ""
    is_known = any(
        not is_listed(word.text) or guidance.knows(word.stem) or known.holds(word.text)
        for word in typed.words
    )
    return ("known" if is_known else "unknown"), ""


def offered(word: str, documents: int, analyser: Analyser) -> int:
    """In how many documents a word counts as standing when it is offered as a correction."""
    return documents if documents >= RARE or word in analyser.lexicon else 0


def is_listed(word: str) -> bool:
    """Only words of letters stand in the vocabulary; of others nothing is claimed."""
    return len(word) >= SHORTEST and word.isalpha() and word.isascii()


def is_correctable(typed: Typed) -> bool:
    return len(typed.words) == 1 and is_listed(typed.words[0].text)
