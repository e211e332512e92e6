"""What a query becomes, word by word, for editors who want to see what they said at work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from search.analysis import MAX_SYNONYM_WORDS, analyse_query
from search.checking import Found, checked
from search.documents import Reader
from search.dutch.analyser import Analyser
from search.dutch.analyser import Word as Analysed
from search.engines.base import SearchUnavailable
from search.guidance import LONGEST_PHRASE, Guidance
from search.models import SearchEvent
from search.promoting import Recommended, recommended_for
from search.results import Query, Results, WordStatus
from search.steering.compiling import Steering
from search.steering.current import portal_analyser, steering

FIRST = 5  # results of each of the two lists


@dataclass(frozen=True, slots=True)
class ShownWord:
    """One word as it was typed. `replacement` only where it was corrected; `parts` are searched beside it.

    `whole`: it has parts, and editors say that they are not searched.
    """

    text: str
    status: WordStatus
    replacement: str = ""
    parts: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What editors add, and the words that call for it."""

    because: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A query and its first results for an anonymous visitor, with what editors say and without.

    `terms`: the stems that are searched for the words themselves, for their parts, and for synonyms.
    """

    text: str
    searched: str
    words: tuple[ShownWord, ...]
    added: tuple[Added, ...]
    word_terms: tuple[str, ...]
    part_terms: tuple[str, ...]
    synonym_terms: tuple[str, ...]
    recommended: tuple[Recommended, ...]
    with_guidance: tuple[Found, ...]
    without_guidance: tuple[Found, ...]
    total_with: int = 0
    total_without: int = 0

    @property
    def new(self) -> set[str]:
        """The ids among the first results that stand there because of the editors."""
        return {hit.id for hit, _shown in self.with_guidance} - {hit.id for hit, _s in self.without_guidance}


def explain(text: str) -> Explained:
    """Raises SearchUnavailable, also while something is being hidden: totals and corrections may hold it still."""
    if SearchEvent.objects.narrowing().exists():
        raise SearchUnavailable("something is being hidden")
    given, analyser, reader = steering(), portal_analyser(), Reader(AnonymousUser())
    plain, without = _ask(text, reader, Guidance())
    steered, below = _ask(text, reader, given.guidance)
    searched = steered.correction.corrected if steered.correction else text
    recommended = recommended_for(searched, reader, given)
    above = {each.hit.id for each in recommended}
    query = analyse_query(searched, analyser, given.guidance)
    words, synonyms = query.words, query.synonyms
    return Explained(
        text=text,
        searched=searched,
        words=_words(steered, analyser, given),
        added=added_phrases(words, given.guidance),
        word_terms=_once(word.stem for word in words),
        part_terms=_once(part for word in words for part in word.parts),
        synonym_terms=_once(term for word in synonyms for term in (word.stem, *word.parts)),
        recommended=tuple(recommended),
        with_guidance=tuple(each for each in below if each[0].id not in above)[:FIRST],
        without_guidance=tuple(without[:FIRST]),
        total_with=steered.total,
        total_without=plain.total,
    )


def _ask(text: str, reader: Reader, guidance: Guidance) -> tuple[Results, list[Found]]:
    query = Query(text=text, audience=reader.terms, facets=(), page_size=FIRST + 3, guidance=guidance)
    return checked(query, reader)


def _once(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))


def _words(results: Results, analyser: Analyser, given: Steering) -> tuple[ShownWord, ...]:
    found = []
    for said in results.words:
        words = analyser.words(said.replacement or said.text)
        whole = any(word.parts and word.text in given.guidance.whole for word in words)
        parts = tuple(part for word in words if word.text not in given.guidance.whole for part in word.parts)
        found.append(ShownWord(said.text, said.status, said.replacement, parts, whole))
    return tuple(found)


def added_phrases(words: Sequence[Analysed], guidance: Guidance) -> tuple[Added, ...]:
    """The synonyms that these words call for, alone or next to each other."""
    if not guidance.synonyms:
        return ()
    return tuple(
        Added(" ".join(word.text for word in words[start:end]), phrases)
        for start in range(len(words))
        for end in range(start + 1, min(start + LONGEST_PHRASE, len(words)) + 1)
        if (phrases := guidance.synonyms.get(tuple(word.stem for word in words[start:end]), ()))
    )


def is_cut(explained: Explained) -> bool:
    """More synonyms are called for than are searched."""
    return len(explained.synonym_terms) >= MAX_SYNONYM_WORDS
