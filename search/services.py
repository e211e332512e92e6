"""Searching for a person: ask the engine, check every hit in the database, and go on without an engine."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from search.documents import Reader, ShownHit, sources
from search.engine import engine
from search.engines.base import SearchUnavailable
from search.facets import ALL, GOAL, INDICATOR
from search.models import SearchEvent
from search.question import PAGE_SIZE, Question
from search.results import FacetCount, Hit, Query, Results, Suggestion

logger = logging.getLogger(__name__)

CHECKS = 3  # rounds of asking again without what the database refused
MAX_WORDS = 6  # of a question, looked for in titles when no engine answers
TITLES_OF_A_TYPE = 8
SUGGESTIONS = 8
MIN_LETTERS = 2

Found = tuple[Hit, ShownHit]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets to see.

    `is_counted` False: something was just hidden and the index may still count it, so total and facets are withheld.
    `is_fallback`: no engine answered; titles from the database, without filters.
    """

    found: tuple[Found, ...] = ()
    total: int = 0
    is_exact: bool = True
    facets: Mapping[str, tuple[FacetCount, ...]] | None = None
    indicators: tuple[FacetCount, ...] = ()
    results: Results | None = None
    is_counted: bool = True
    is_fallback: bool = False


def answer(question: Question, reader: Reader, preferred: Mapping[str, tuple[str, ...]]) -> Answer:
    """The page of hits that `question` asks for; never raises on an engine that is down."""
    is_counted = not SearchEvent.objects.narrowing().exists()
    facets = (*(facet.name for facet in ALL), INDICATOR) if is_counted else ()
    query = question.query(
        reader.terms,
        preferred=preferred,
        facets=facets,
        # A correction comes from words in the index, and those may be of what was just hidden.
        literal=question.literal or not is_counted,
    )
    try:
        results, found = _checked(query, reader)
        indicators = _indicators(question, query, results) if is_counted else ()
    except SearchUnavailable as error:
        logger.warning("search falls back on titles", extra={"data": {"error": str(error)}})
        return _by_title(question, reader)
    return Answer(
        found=tuple(found),
        total=results.total if is_counted else len(found),
        is_exact=results.is_exact,
        facets=results.facets if is_counted else None,
        indicators=indicators,
        results=results,
        is_counted=is_counted,
    )


def goals_to_try(reader: Reader) -> list[str]:
    """Goals with something behind them for this reader, most first; nothing when no engine answers.

    Not to be asked while counts are withheld.
    """
    try:
        results = engine().search(Query(audience=reader.terms, facets=(GOAL.name,), page_size=1))
    except SearchUnavailable:
        return []
    return [count.value for count in results.facets.get(GOAL.name, ())]


def count_of(question: Question, reader: Reader) -> int:
    """How many results another question would give; 0 when no engine answers."""
    try:
        return engine().search(question.query(reader.terms, facets=(), page=1, page_size=1)).total
    except SearchUnavailable:
        return 0


def suggestions(text: str, terms: frozenset[str]) -> tuple[Suggestion, ...]:
    """What may continue `text`, for a reader with these terms. One query; nothing while something is being hidden."""
    if len(text.strip()) < MIN_LETTERS or SearchEvent.objects.narrowing().exists():
        return ()
    try:
        return engine().suggest(text, terms, SUGGESTIONS)
    except SearchUnavailable:
        return ()


def _checked(query: Query, reader: Reader) -> tuple[Results, list[Found]]:
    """Hits that the database lets this reader see; what it refuses is left out of the page, the total and the counts."""
    shown: dict[str, ShownHit] = {}
    results = Results()
    for _round in range(CHECKS):
        results = engine().search(query)
        fresh = [hit for hit in results.hits if hit.id not in shown]
        shown.update(_shown(fresh, reader))
        refused = {hit.id for hit in fresh if hit.id not in shown}
        if not refused:
            break
        logger.error(
            "the search index offered what may not be shown", extra={"data": {"ids": sorted(refused)}}
        )
        query = replace(query, exclude=query.exclude | refused)
    return results, [(hit, shown[hit.id]) for hit in results.hits if hit.id in shown]


def _shown(hits: Iterable[Hit], reader: Reader) -> dict[str, ShownHit]:
    by_type: dict[str, list[int]] = defaultdict(list)
    for hit in hits:
        pk = hit.id.partition(":")[2]
        if pk.isdigit():
            by_type[hit.type].append(int(pk))
    known = sources()
    return {
        f"{type_code}:{pk}": shown
        for type_code, pks in by_type.items()
        if type_code in known
        for pk, shown in known[type_code].hits(reader, pks).items()
    }


def _indicators(question: Question, query: Query, results: Results) -> tuple[FacetCount, ...]:
    """Indicators with an improvement among the results, counted without the filter on one of them."""
    if not query.measured:
        return results.facets.get(INDICATOR, ())
    wider = replace(query, measured=(), facets=(INDICATOR,), page=1, page_size=1)
    return engine().search(wider).facets.get(INDICATOR, ())


def _by_title(question: Question, reader: Reader) -> Answer:
    words = [word.strip(".,;:!?\"'()") for word in question.text.split()]
    words = [word for word in dict.fromkeys(words) if len(word) > 2][:MAX_WORDS]
    found: list[Found] = []
    for type_code, source in sources().items():
        if question.type in ("", type_code) and (words or not question.text):
            pks = source.titles(reader, words, TITLES_OF_A_TYPE)
            shown = source.hits(reader, pks) if pks else {}
            found += [(_plain(type_code, pk), shown[pk]) for pk in pks if pk in shown]
    return Answer(found=tuple(found[: 2 * PAGE_SIZE]), total=len(found[: 2 * PAGE_SIZE]), is_fallback=True)


def _plain(type_code: str, pk: int) -> Hit:
    return Hit(id=f"{type_code}:{pk}", type=type_code, score=0.0, title=(), snippet=())
