"""What became of each word that was typed, and the query with its misspelled words replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from search.analysis import AnalysedQuery, Typed, analyse_query
from search.dutch.analyser import Analyser
from search.dutch.spelling import SHORTEST
from search.engines.embedded.vocabulary import Reader, Words
from search.guidance import Guidance
from search.results import Query, Word, WordStatus

MAX_CORRECTED = 4  # words; looking for more would take too long


@dataclass(frozen=True, slots=True)
class Understood:
    """The query as it is searched, and its words as they were typed."""

    query: AnalysedQuery
    words: tuple[Word, ...]


def understand(
    asked: AnalysedQuery,
    reader: Reader,
    load_words: Callable[[], Words],
    analyser: Analyser,
    query: Query,
) -> Understood:
    """Replace words that the reader's documents lack by the likeliest that they hold."""
    words: list[Word] = []
    text, end, corrected = "", 0, 0
    for typed in asked.typed:
        status, replacement = _status(typed, reader, query.guidance)
        if status == "unknown" and not query.literal and corrected < MAX_CORRECTED and _is_correctable(typed):
            corrected += 1
            replacement = reader.correction(typed.words[0].text, load_words(), analyser) or ""
            if replacement:
                status = "corrected"
        words.append(Word(typed.surface, status, replacement))
        text += asked.text[end : typed.start] + (replacement or typed.surface)
        end = typed.end
    text += asked.text[end:]
    return Understood(
        asked if text == asked.text else analyse_query(text, analyser, query.guidance), tuple(words)
    )


def _status(typed: Typed, reader: Reader, guidance: Guidance) -> tuple[WordStatus, str]:
    if not typed.words:
        return "ignored", ""
    is_known = any(
        not _is_listed(word.text) or guidance.knows(word.stem) or reader.documents(word.text)
        for word in typed.words
    )
    return ("known" if is_known else "unknown"), ""


def _is_listed(word: str) -> bool:
    """Only words of letters stand in the vocabulary; of others nothing is claimed."""
    return len(word) >= SHORTEST and word.isalpha() and word.isascii()


def _is_correctable(typed: Typed) -> bool:
    return len(typed.words) == 1 and _is_listed(typed.words[0].text)
