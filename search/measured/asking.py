"""Which indicators have results, and the results of one: counted by the engine, read from the database."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal.evidence.models import EstablishmentChoices
from search.checking import Found, checked
from search.documents import Reader, ShownHit
from search.engine import engine
from search.engines.base import SearchUnavailable
from search.facets import ESTABLISHED, INDICATOR, REGION, SECTOR, SIZE, Facet
from search.models import SearchEvent
from search.question import Question
from search.results import FacetCount, Query, Results
from search.steering.current import steering

logger = logging.getLogger(__name__)

PAGE_SIZE = 20
ESTABLISHED_CODES = tuple(EstablishmentChoices.values)
#: What one indicator's results can be narrowed by, beside how they were established.
FACETS: tuple[Facet, ...] = (SIZE, SECTOR, REGION)


@dataclass(frozen=True, slots=True)
class Measurements:
    """What a reader gets to see of one indicator, or of all.

    `indicators` counts documents, whatever indicator is chosen. `is_counted` False: something was just hidden and the
    index may still count it, so counts are withheld. `is_down`: no engine answered.
    """

    found: tuple[Found, ...] = ()
    total: int = 0
    indicators: tuple[FacetCount, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] | None = None
    is_counted: bool = True
    is_down: bool = False


def measurements(question: Question, reader: Reader) -> Measurements:
    """The page that `question` asks for, most improved first; never raises on an engine that is down."""
    is_counted = not SearchEvent.objects.narrowing().exists()
    if not question.indicator and not is_counted:
        return Measurements(is_counted=False)
    query = replace(
        question.query(reader.terms, guidance=steering().guidance),
        sort="improvement",
        literal=True,
        facets=tuple(facet.name for facet in FACETS) if is_counted else (),
    )
    try:
        if not question.indicator:
            return Measurements(indicators=_indicators(query))
        results, found = checked(query, reader)
        return Measurements(
            found=tuple(_in_order(found, question)),
            total=results.total if is_counted else len(found),
            indicators=_indicators(query) if is_counted else (),
            facets=_counts(query, results, question) if is_counted else None,
            is_counted=is_counted,
        )
    except SearchUnavailable as error:
        logger.warning("no measured results without an engine", extra={"data": {"error": str(error)}})
        return Measurements(is_down=True)


def _indicators(query: Query) -> tuple[FacetCount, ...]:
    """All indicators with an improvement that this reader may find, whatever else is asked."""
    everything = Query(audience=query.audience, exclude=query.exclude, facets=(INDICATOR,), page_size=1)
    return engine().search(everything).facets.get(INDICATOR, ())


def _counts(query: Query, results: Results, question: Question) -> dict[str, tuple[FacetCount, ...]]:
    """The engine's counts, and for each way of establishing the number that choosing it alone would give."""
    counted = []
    for way in ESTABLISHED_CODES:
        wanted = tuple(replace(each, established=(way,)) for each in query.measured)
        total = engine().search(replace(query, measured=wanted, facets=(), page=1, page_size=1)).total
        if total:
            counted.append(FacetCount(way, total, way in question.established))
    return {**results.facets, ESTABLISHED.name: tuple(counted)}


def _in_order(found: list[Found], question: Question) -> list[Found]:
    """By what the database says today; what no longer is what was asked for waits for the index to hear of it."""
    kept = [(hit, shown) for hit, shown in found if _is_asked_for(shown, question)]
    return sorted(kept, key=lambda each: -(each[1].result.improvement if each[1].result else 0.0))


def _is_asked_for(shown: ShownHit, question: Question) -> bool:
    result = shown.result
    return (
        result is not None
        and shown.proof is not None
        and result.indicator == question.indicator
        and result.improvement > 0
        and result.improvement >= question.at_least
    )
