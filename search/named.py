"""Themes, goals, indicators and organisations as suggestions: those behind which a reader can find something."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils.text import capfirst

from portal.http.page_cache import current_generation
from search.dutch.fold import words_of
from search.engine import engine
from search.facets import GOAL, INDICATOR, THEME, Facet, Vocabulary, read_vocabulary
from search.question import Question
from search.results import FacetCount, Query, Suggestion, SuggestionKind

ORGANISATION = "organisation"  # the engine's facet of the names of organisations
OF_A_KIND = 2  # suggestions
SECONDS = 30.0  # that names are kept; what is hidden moves the generation on, and they are gone at once
MOST_READERS = 64  # kinds of readers whose names are kept


@dataclass(frozen=True, slots=True)
class Named:
    """A suggestion with the folded words of its name."""

    words: tuple[str, ...]
    suggestion: Suggestion

    def continues(self, typed: Sequence[str]) -> bool:
        """Whether each typed word begins a word of the name; one that stands whole in it more than once counts once."""
        return all(any(word.startswith(beginning) for word in self.words) for beginning in typed)


_lock = threading.Lock()
_kept: dict[tuple[str, frozenset[str]], tuple[float, tuple[Named, ...]]] = {}


def named_suggestions(text: str, terms: frozenset[str]) -> list[Suggestion]:
    """At most two of each kind whose names continue `text`, those with most behind them first.

    Raises SearchUnavailable. Not to be asked while something is being hidden: the counts may hold it still.
    """
    typed = words_of(text[:100])[:8]
    if not typed:
        return []
    found: dict[str, list[Suggestion]] = {}
    for each in _names(terms):
        of_its_kind = found.setdefault(each.suggestion.kind, [])
        if len(of_its_kind) < OF_A_KIND and each.continues(typed):
            of_its_kind.append(each.suggestion)
    return [suggestion for kind in found.values() for suggestion in kind]


def _names(terms: frozenset[str]) -> tuple[Named, ...]:
    if connection.in_atomic_block:
        return _read(terms)
    key = (current_generation(), terms)
    known = _kept.get(key)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    names = _read(terms)
    with _lock:
        if len(_kept) >= MOST_READERS or any(generation != key[0] for generation, _terms in _kept):
            _kept.clear()
        _kept[key] = (time.monotonic() + SECONDS, names)
    return names


def _read(terms: frozenset[str]) -> tuple[Named, ...]:
    facets = (THEME.name, GOAL.name, INDICATOR, ORGANISATION)
    counts = engine().search(Query(audience=terms, facets=facets, page_size=1)).facets
    words = read_vocabulary()
    return (
        *_labelled("theme", THEME, counts.get(THEME.name, ()), words),
        *_labelled("goal", GOAL, counts.get(GOAL.name, ()), words),
        *_measured(counts.get(INDICATOR, ()), words),
        *_organisations(counts.get(ORGANISATION, ())),
    )


def _labelled(
    kind: SuggestionKind, facet: Facet, counts: Sequence[FacetCount], words: Vocabulary
) -> Iterator[Named]:
    known, base = words.of(facet.name), reverse("search:results")
    for count in counts:
        if count.value in known:
            url = Question().with_value(facet.name, count.value).address(base)
            yield _named(known[count.value].name, kind, url)


def _measured(counts: Sequence[FacetCount], words: Vocabulary) -> Iterator[Named]:
    known, base = words.of(INDICATOR), reverse("search:measured")
    for count in counts:
        if count.value in known:
            yield _named(known[count.value].name, "indicator", Question(indicator=count.value).address(base))


def _organisations(counts: Sequence[FacetCount]) -> Iterator[Named]:
    base = reverse("search:results")
    for count in counts:
        yield _named(count.value, "organisation", Question(text=count.value).address(base))


def _named(name: str, kind: SuggestionKind, url: str) -> Named:
    return Named(tuple(words_of(name)), Suggestion(capfirst(name), kind, url=url))
