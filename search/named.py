"""Themes, goals, indicators and organisations as suggestions: those behind which a reader can find something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from portal.http.generations import KeptForGeneration
from search.dutch.fold import words_of
from search.engine import engine
from search.facets import GOAL, INDICATOR, THEME, Facet, Vocabulary, read_vocabulary
from search.question import Question
from search.results import FacetCount, Query, Suggestion, SuggestionKind

ORGANISATION = "organisation"  # the engine's facet of the names of organisations
OF_A_KIND = 2  # suggestions
SECONDS = 30.0  # that names are kept: the index hears of what was published a little later than the generation moves
MOST_READERS = 64  # kinds of readers whose names are kept


@dataclass(frozen=True, slots=True)
class Named:
    """A suggestion with the folded words of its name."""

    words: tuple[str, ...]
    suggestion: Suggestion

    def continues(self, typed: Sequence[str]) -> bool:
        """Whether each typed word begins a word of the name; one that stands whole in it more than once counts once."""
        return all(any(word.startswith(beginning) for word in self.words) for beginning in typed)


_names: KeptForGeneration[frozenset[str], tuple[Named, ...]] = KeptForGeneration(MOST_READERS, SECONDS)


def named_suggestions(text: str, terms: frozenset[str]) -> list[Suggestion]:
    """At most two of each kind whose names continue `text`, those with most behind them first.

    Raises SearchUnavailable. Not to be asked while something is being hidden: the counts may hold it still.
    """
    typed = words_of(text[:100])[:8]
    if not typed:
        return []
    found: dict[str, list[Suggestion]] = {}
    for each in _names.get(terms, lambda: _read(terms)):
        of_its_kind = found.setdefault(each.suggestion.kind, [])
        if len(of_its_kind) < OF_A_KIND and each.continues(typed):
            of_its_kind.append(each.suggestion)
    return [suggestion for kind in found.values() for suggestion in kind]


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
