"""One Dutch for indexing, searching and highlighting."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from zlib import crc32

import Stemmer

from search.dutch import compounds
from search.dutch.compounds import CompoundSplitter
from search.dutch.fold import SURFACE, fold, normalise
from search.dutch.grams import gram_hashes
from search.dutch.lexicon import Lexicon, lexicon_version, load_lexicon
from search.dutch.words import STOP_WORDS, SUFFIXES, WHOLE_WORDS

# Raise when the same text would give other words, stems, parts or grams than before, or features laid out otherwise.
ANALYSIS_VERSION = 4

OWN_S = 3.0  # as natural log: twenty times as frequent with its s as without
PLURALS = ("ers", "aars", "eurs")  # of people and tools, whose singular may well be missing from a word list
LONG_PLURAL = 7
VOCABULARY_LETTERS = range(3, 25)


@dataclass(
    frozen=True, slots=True, eq=False
)  # compared as objects: sets of words are made for every document
class Word:
    """A folded word with all that is ever asked about it."""

    text: str
    stem: str
    parts: tuple[str, ...]  # stems of its compound parts, empty when it is not a compound
    grams: tuple[int, ...]
    stem_hash: int
    part_hashes: tuple[int, ...]
    is_listed: bool  # fit for spelling and suggestions: letters alone, neither very short nor very long


def term_hash(term: str) -> int:
    """A stem or part as the 32 bits that document features hold."""
    return crc32(term.encode())


class _Surfaces(dict[str, tuple[Word, ...]]):
    """What is known by surface. A word of a text is looked up without a call, unless it is new."""

    def __init__(self, learn: Callable[[str], tuple[Word, ...]]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, surface: str) -> tuple[Word, ...]:
        return self._learn(surface)


class Analyser:
    """Turns text into words. Answers are remembered up to `memory` distinct surfaces; safe between threads."""

    def __init__(self, lexicon: Lexicon, memory: int = 20_000) -> None:
        self.lexicon = lexicon
        self._memory = memory
        self._splitter = CompoundSplitter(lexicon)
        self._stemmer = Stemmer.Stemmer("dutch", 0)
        self._stemmer_lock = Lock()  # a PyStemmer object keeps its working space
        self._surfaces = _Surfaces(self._learn)

    def words(self, surface: str) -> tuple[Word, ...]:
        """The words of one surface, without stop words."""
        return self._surfaces[surface]

    def _learn(self, surface: str) -> tuple[Word, ...]:
        words = tuple(self._word(text) for text in fold(surface) if text not in STOP_WORDS)
        if len(self._surfaces) >= self._memory:
            self._surfaces.clear()
        self._surfaces[surface] = words
        return words

    def analyse(self, text: str) -> list[Word]:
        """All words of a text in order, without stop words."""
        known = self._surfaces
        return [word for surface in SURFACE.findall(normalise(text)) for word in known[surface]]

    def stem(self, word: str) -> str:
        """Kraaij-Pohlmann's stem, without its one frequent mistake: "proces" and "mens" end in an s of their own."""
        with self._stemmer_lock:
            stem: str = self._stemmer.stemWord(word)
        if stem == word[:-1] and word[-1] == "s" and self._owns_its_s(word):
            return word
        return stem or word

    def _owns_its_s(self, word: str) -> bool:
        """A known word that is hardly ever seen without its s is no plural."""
        with_s, without = self.lexicon.log_frequency(word), self.lexicon.log_frequency(word[:-1])
        if with_s is None or (len(word) >= LONG_PLURAL and word.endswith(PLURALS)):
            return False
        return without is None or with_s - without > OWN_S

    def _word(self, text: str) -> Word:
        stem = self.stem(text)
        parts = tuple(self.stem(part) for part in self._splitter.split(text))
        grams = tuple(dict.fromkeys(gram_hashes(text)))
        is_listed = len(text) in VOCABULARY_LETTERS and text.isalpha() and text.isascii()
        return Word(
            text, stem, parts, grams, term_hash(stem), tuple(term_hash(part) for part in parts), is_listed
        )


def fingerprint() -> str:
    """Changes when an index made before must be made again."""
    ingredients = (
        str(ANALYSIS_VERSION),
        lexicon_version(),
        f"PyStemmer-{version('PyStemmer')}",
        repr((compounds.SHORTEST_PART, compounds.LINKS, compounds.WHOLE_BONUS)),
        " ".join(sorted(STOP_WORDS)),
        " ".join(sorted(WHOLE_WORDS)),
        " ".join(sorted(SUFFIXES)),
    )
    return hashlib.sha256("\n".join(ingredients).encode()).hexdigest()[:16]


MOST_ANALYSERS = (
    4  # a portal has one; tools and tests that make index after index would keep the words of all
)
_analysers: dict[Path | None, Analyser] = {}
_analysers_lock = Lock()


def get_analyser(directory: Path | None = None) -> Analyser:
    """The process's analyser, with its word list kept in this directory."""
    with _analysers_lock:
        if directory not in _analysers:
            if len(_analysers) >= MOST_ANALYSERS:
                del _analysers[next(iter(_analysers))]
            _analysers[directory] = Analyser(load_lexicon(directory))
        return _analysers[directory]
