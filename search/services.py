"""Searching for a person: ask the engine, check every hit in the database, and go on without an engine."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from search.checking import Found, checked, plain_hit
from search.documents import Reader, sources
from search.engine import engine
from search.engines.base import SearchUnavailable
from search.facets import ALL, GOAL, INDICATOR
from search.models import SearchEvent
from search.named import named_suggestions
from search.promoting import Recommended, recommended_for, with_promoted
from search.question import PAGE_SIZE, Question
from search.results import FacetCount, Query, Results, Suggestion
from search.similar import similar as similar
from search.steering.compiling import Steering, stems_of
from search.steering.current import portal_analyser, steering

logger = logging.getLogger(__name__)

MAX_WORDS = 6  # of a question, looked for in titles when no engine answers
TITLES_OF_A_TYPE = 8
SUGGESTIONS = 8
MOST_NAMED = 5  # themes, goals, indicators and organisations among them
MOST_BESIDE_TITLES = 4
LINES = 10
MIN_LETTERS = 2
MOST_SYNONYMS = 2  # that suggestions are looked up for as well


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets to see.

    `is_counted` False: something was just hidden and the index may still count it, so total and facets are withheld.
    `is_fallback`: no engine answered; titles from the database, without filters. `recommended` stands above the others
    on the first page and nowhere else; `others` counts what the pages are made of, `total` counts everything.
    """

    found: tuple[Found, ...] = ()
    recommended: tuple[Recommended, ...] = ()
    total: int = 0
    others: int = 0
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
    given = steering()
    query = question.query(
        reader.terms,
        preferred=preferred,
        facets=facets,
        # A correction comes from words in the index, and those may be of what was just hidden.
        literal=question.literal or not is_counted,
        guidance=given.guidance,
    )
    try:
        results, found = checked(query, reader)
        indicators = _indicators(question, query, results) if is_counted else ()
        promoted = with_promoted(question, reader, query, results, found, given)
    except SearchUnavailable as error:
        logger.warning("search falls back on titles", extra={"data": {"error": str(error)}})
        return _by_title(question, reader, given)
    plain = Answer(
        found=tuple(found),
        total=results.total if is_counted else len(found),
        others=results.total if is_counted else len(found),
        is_exact=results.is_exact,
        facets=results.facets if is_counted else None,
        indicators=indicators,
        results=results,
        is_counted=is_counted,
    )
    if promoted is None:
        return plain
    recommended = promoted.recommended if question.page == 1 else ()
    return replace(
        plain,
        found=tuple(promoted.found),
        recommended=recommended,
        total=promoted.total if is_counted else len(promoted.found) + len(recommended),
        others=promoted.others if is_counted else len(promoted.found),
        facets=promoted.facets if is_counted else None,
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
        query = question.query(reader.terms, facets=(), page=1, page_size=1, guidance=steering().guidance)
        return engine().search(query).total
    except SearchUnavailable:
        return 0


def suggestions(text: str, terms: frozenset[str], *, named: bool = True) -> tuple[Suggestion, ...]:
    """What may continue `text`, for a reader with these terms, or a synonym of it: titles, things with a name, words.

    `named` False: without themes, goals, indicators and organisations, which lead away from a place. Two queries;
    nothing while something is being hidden.
    """
    if len(text.strip()) < MIN_LETTERS or SearchEvent.objects.narrowing().exists():
        return ()
    try:
        found = {line.text: line for line in engine().suggest(text, terms, SUGGESTIONS)}
        for phrase in _synonyms(text)[:MOST_SYNONYMS] if len(found) < SUGGESTIONS else ():
            for line in engine().suggest(phrase, terms, SUGGESTIONS):
                found.setdefault(line.text, line)
        things = named_suggestions(text, terms)[:MOST_NAMED] if named else ()
    except SearchUnavailable:
        return ()
    titles = [line for line in found.values() if line.kind == "title"]
    words = [line for line in found.values() if line.kind == "word"]
    return (*titles[: SUGGESTIONS - min(len(words) + len(things), MOST_BESIDE_TITLES)], *things, *words)[
        :LINES
    ]


def _synonyms(text: str) -> list[str]:
    """What editors say that this text also means."""
    guidance = steering().guidance
    return list(guidance.expansions(stems_of(text, portal_analyser()))) if guidance.synonyms else []


def _indicators(question: Question, query: Query, results: Results) -> tuple[FacetCount, ...]:
    """Indicators with an improvement among the results, counted without the filter on one of them."""
    if not query.measured:
        return results.facets.get(INDICATOR, ())
    wider = replace(query, measured=(), facets=(INDICATOR,), page=1, page_size=1)
    return engine().search(wider).facets.get(INDICATOR, ())


def _by_title(question: Question, reader: Reader, given: Steering) -> Answer:
    words = [word.strip(".,;:!?\"'()") for word in question.text.split()]
    words = [word for word in dict.fromkeys(words) if len(word) > 2][:MAX_WORDS]
    recommended = _without_engine(question, reader, given)
    above = {each.hit.id for each in recommended}
    found: list[Found] = []
    for type_code, source in sources().items():
        if question.type in ("", type_code) and (words or not question.text):
            pks = source.titles(reader, words, TITLES_OF_A_TYPE)
            shown = source.hits(reader, pks) if pks else {}
            ids = {f"{type_code}:{pk}": shown[pk] for pk in pks if pk in shown}
            found += [(plain_hit(identity), hit) for identity, hit in ids.items() if identity not in above]
    found = found[: 2 * PAGE_SIZE]
    return Answer(
        found=tuple(found),
        recommended=tuple(recommended),
        total=len(found) + len(recommended),
        others=len(found),
        is_fallback=True,
    )


def _without_engine(question: Question, reader: Reader, given: Steering) -> list[Recommended]:
    """What editors recommend needs no engine; whether it meets a filter only an engine knows."""
    if question.has_filters or question.page > 1:
        return []
    known = recommended_for(question.text, reader, given)
    return [each for each in known if question.type in ("", each.hit.type)]
