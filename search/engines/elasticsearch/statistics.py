"""Numbers about the index: how frequent terms and words are, how many documents there are, which words are near."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from search.correcting import is_listed, offered
from search.dutch.analyser import Analyser
from search.dutch.spelling import Near, correct, edit_distance
from search.engines.elasticsearch.asking import Json, readable
from search.engines.elasticsearch.connection import Clock
from search.engines.elasticsearch.features import FeatureMemory
from search.engines.elasticsearch.indices import Index

NUMBERS_FOR = 5.0  # seconds that numbers of the whole index are remembered
MOST_FREQUENCIES = 50_000  # of terms that a process remembers to guess by; some 6 MB
WORTH_GUESSING = 0.5  # share of guesses that came true, below which none is sent
INERTIA = 0.9  # of that share, from one guess to the next
OFFERED = 100  # near words that the server looks up for one word
TWO_EDITS_FROM = 6  # letters
MIN_LETTERS = 4  # of a word that the server corrects


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of the whole index, whoever asks."""

    documents: int
    average_passage: float


@dataclass(slots=True)
class Remembered:
    """What a process keeps: the numbers of the index for a few seconds or until it writes, and features.

    Frequencies it keeps to guess what a search will ask for, never to answer by.
    """

    _lock: Lock = field(default_factory=Lock)
    features: FeatureMemory = field(default_factory=FeatureMemory)
    _numbers: Numbers | None = None
    _until: float = 0.0
    _frequencies: dict[str, int] = field(default_factory=dict)
    _came_true: float = 1.0

    def get(self) -> Numbers | None:
        with self._lock:
            return self._numbers if time.monotonic() < self._until else None

    def put(self, numbers: Numbers) -> None:
        with self._lock:
            self._numbers, self._until = numbers, time.monotonic() + NUMBERS_FOR

    def forget(self) -> None:
        with self._lock:
            self._until = 0.0

    # --- what a search will probably ask for

    def guess(self, terms: Iterable[str]) -> tuple[int, Mapping[str, int]] | None:
        """How many documents there were, and the frequencies as last heard; None where one of them never was."""
        numbers = self._numbers
        found = {term: self._frequencies.get(term) for term in terms}
        known = {term: frequency for term, frequency in found.items() if frequency is not None}
        if numbers is None or len(known) < len(found):
            return None
        if self._came_true < WORTH_GUESSING:
            self._came_true = INERTIA * self._came_true + 1 - INERTIA  # so that it is tried again by and by
            return None
        return numbers.documents, known

    def heard(self, frequencies: Mapping[str, int]) -> None:
        with self._lock:
            self._frequencies.update(frequencies)
            while len(self._frequencies) > MOST_FREQUENCIES:
                self._frequencies.pop(next(iter(self._frequencies)))

    def guessed(self, *, came_true: bool) -> None:
        self._came_true = INERTIA * self._came_true + (1 - INERTIA) * came_true


_NUMBERS: Json = {
    "size": 0,
    "timeout": "10s",  # always the same words, so that the server remembers the answer
    "track_total_hits": True,
    "query": {"term": {"gone": False}},
    "aggs": {"passages": {"sum": {"field": "passages"}}, "length": {"sum": {"field": "length"}}},
}


@dataclass(slots=True)
class Statistics:
    """What one search learns of the index; asked for as it goes on. `documents` and the like are of now."""

    index: Index
    clock: Clock
    audience: frozenset[str]
    analyser: Analyser
    remembered: Remembered
    numbers: Numbers = Numbers(0, 0.0)
    _frequencies: dict[str, int] = field(default_factory=dict)
    _known: dict[str, int] = field(default_factory=dict)  # typed words; not zero where this reader has them
    _words: dict[str, int] = field(default_factory=dict)
    _near: dict[str, list[str]] = field(default_factory=dict)

    # --- asked for beforehand, all in one request

    @property
    def features(self) -> FeatureMemory:
        return self.remembered.features

    def load(
        self, terms: Iterable[str], words: Iterable[str], *, spelling: bool, along: Sequence[Json] = ()
    ) -> list[dict[str, Any]]:
        """Frequencies of terms, and of words in documents of this reader; near words of those that stand nowhere.

        The answers are to the searches that are sent `along`.
        """
        wanted = list(terms)
        listed = [word for word in dict.fromkeys(words) if is_listed(word)]
        spelled = [word for word in listed if spelling and len(word) >= MIN_LETTERS]
        numbers = self.remembered.get()
        bodies = [*map(_count, wanted), *[self._standing(word) for word in listed]]
        bodies += [_suggestions(spelled, "missing")] if spelled else []
        bodies += [_NUMBERS] if numbers is None else []
        answers = self.index.searches(self.clock, [*bodies, *along])
        early = answers[len(bodies) :]
        del answers[len(bodies) :]
        totals = [_total(answer) for answer in answers[: len(wanted) + len(listed)]]
        self._frequencies.update(zip(wanted, totals, strict=False))
        self.remembered.heard(dict(zip(wanted, totals, strict=False)))
        self._known.update(zip(listed, totals[len(wanted) :], strict=True))
        if spelled:
            self._near.update(_options(answers[len(totals)]))
        if numbers is None:
            numbers = _read_numbers(answers[-1])
            self.remembered.put(numbers)
        self.numbers = numbers
        return early

    def frequency(self, term: str) -> int:
        """In how many documents of the whole index this stem or part stands."""
        return self._frequencies.get(term, 0)

    def load_frequencies(self, terms: Iterable[str]) -> None:
        """Those that are not known yet."""
        missing = [term for term in terms if term not in self._frequencies]
        answers = self.index.searches(self.clock, [_count(term) for term in missing])
        found = dict(zip(missing, map(_total, answers), strict=True))
        self._frequencies.update(found)
        self.remembered.heard(found)

    # --- the words that this reader may know of

    def holds(self, word: str) -> bool:
        return bool(self._known.get(word))

    def correction(self, word: str) -> str | None:
        near = self._near_words(word)
        if not near:
            return None
        unknown = [each.word for each in near if each.word not in self._words]
        if unknown:
            self._load_words(unknown)
        return correct(
            word,
            lambda _word, distance: (each for each in near if each.distance <= distance),
            lambda candidate: offered(candidate, self._words[candidate], self.analyser),
        )

    def _near_words(self, word: str) -> list[Near]:
        found = self._near.get(word, [])
        if not found:
            # It may stand in documents of others: the server then holds it for known.
            (answer,) = self.index.searches(self.clock, [_suggestions([word], "always")])
            found = _options(answer).get(word, [])
        letters = word.encode()
        return [Near(other, edit_distance(letters, other.encode())) for other in found]

    def _standing(self, word: str) -> Json:
        """Does it stand in a document of this reader? The first one is enough to know."""
        return {"size": 0, "track_total_hits": 1, "query": self._holding(word)}

    def _holding(self, word: str) -> Json:
        return {"bool": {"filter": [{"term": {"words": word}}, readable(self.audience)]}}

    def _load_words(self, words: Sequence[str]) -> None:
        """In how many documents of this reader each of many words stands."""
        filters = {word: self._holding(word) for word in words}
        body: Json = {
            "size": 0,
            "track_total_hits": False,
            "aggs": {"words": {"filters": {"filters": filters}}},
        }
        (answer,) = self.index.searches(self.clock, [body])
        for word, bucket in answer["aggregations"]["words"]["buckets"].items():
            self._words[word] = bucket["doc_count"]


def _count(term: str) -> Json:
    """A search for the number alone: the server reads it from its list of terms where nothing was removed."""
    return {"size": 0, "track_total_hits": True, "query": {"term": {"tokens": term}}}


def _total(answer: dict[str, Any]) -> int:
    return int(answer["hits"]["total"]["value"])


def _options(answer: dict[str, Any]) -> dict[str, list[str]]:
    """Near words by word."""
    return {
        word: [option["text"] for entry in found for option in entry["options"]]
        for word, found in answer.get("suggest", {}).items()
    }


def _read_numbers(answer: dict[str, Any]) -> Numbers:
    found = answer["aggregations"]
    passages = max(found["passages"]["value"], 1)
    return Numbers(answer["hits"]["total"]["value"], found["length"]["value"] / passages)


def _suggestions(words: Iterable[str], mode: str) -> Json:
    """A search for words that are near these."""
    return {"size": 0, "suggest": {word: _suggestion(word, mode) for word in words}}


def _suggestion(word: str, mode: str) -> Json:
    looked_for = {
        "field": "words",
        "suggest_mode": mode,
        "size": OFFERED,
        "shard_size": OFFERED,
        "prefix_length": 0,
        "min_word_length": MIN_LETTERS,
        "max_edits": 2 if len(word) >= TWO_EDITS_FROM else 1,
    }
    return {"text": word, "term": looked_for}
