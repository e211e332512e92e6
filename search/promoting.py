"""What editors recommend, above what the words find: checked like any hit, counted once, and nowhere shown twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from search.checking import Found, checked, plain_hit, shown_documents
from search.documents import Reader, ShownHit
from search.engine import engine
from search.facets import TYPE
from search.question import Question
from search.results import FacetCount, Hit, Query, Results
from search.steering.compiling import MOST_PROMOTED, Promotion, Steering, stems_of
from search.steering.current import portal_analyser


@dataclass(frozen=True, slots=True)
class Recommended:
    """A document that editors put on top, and the sentence that they give with it."""

    hit: Hit
    shown: ShownHit
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WithPromoted:
    """The page with what is recommended taken out of it. `others` counts the list below, `facets` counts all."""

    recommended: tuple[Recommended, ...]
    found: list[Found]
    total: int
    others: int
    facets: Mapping[str, tuple[FacetCount, ...]]


def recommended_for(text: str, reader: Reader, given: Steering) -> list[Recommended]:
    """What this reader may see today of what editors put on top for this text; no filter is looked at."""
    if not given.promotions:
        return []
    promotions = given.promoted(stems_of(text, portal_analyser()), timezone.localdate())
    shown = shown_documents([each.document_id for each in promotions], reader)
    return [_recommended(each, shown[each.document_id]) for each in promotions if each.document_id in shown][
        :MOST_PROMOTED
    ]


def _recommended(promotion: Promotion, shown: ShownHit) -> Recommended:
    return Recommended(plain_hit(promotion.document_id), shown, promotion.reason)


def with_promoted(
    question: Question, reader: Reader, query: Query, results: Results, found: list[Found], given: Steering
) -> WithPromoted | None:
    """The same answer with what is recommended on top; None where nothing is. Raises SearchUnavailable.

    What the words find too is counted as it was. What they don't find counts as one more, unless filters are chosen:
    nobody knows whether it meets those, so it stays away.
    """
    text = results.correction.corrected if results.correction else question.text
    known = recommended_for(text, reader, given)
    if not known:
        return None
    without = replace(query, exclude=query.exclude | {each.hit.id for each in known})
    others, below = checked(replace(without, facets=(TYPE.name,)), reader)
    matched = _matched(query, results, others, known)
    if question.has_filters:
        known = [each for each in known if each.hit.id in matched]
    here = [each for each in known if question.type in ("", each.hit.type)]
    added = Counter(each.hit.type for each in known if each.hit.id not in matched)
    highlighted = {hit.id: hit for hit, _shown in found}
    return WithPromoted(
        recommended=tuple(replace(each, hit=highlighted.get(each.hit.id, each.hit)) for each in here),
        found=below,
        total=others.total + len(here),
        others=others.total,
        facets={**results.facets, TYPE.name: _with_added(results.facets.get(TYPE.name, ()), added)}
        if results.facets
        else results.facets,
    )


def _matched(query: Query, results: Results, others: Results, known: Sequence[Recommended]) -> set[str]:
    """Those among `known` that the words and filters find by themselves; by type, since counts of types tell most."""
    all_types, other_types = _counts(results), _counts(others)
    by_type = Counter(each.hit.type for each in known)
    matched: set[str] = set()
    for type_code, number in by_type.items():
        ids = {each.hit.id for each in known if each.hit.type == type_code}
        if results.facets:
            difference = all_types[type_code] - other_types[type_code]
        else:
            difference = -1  # counts are withheld: ask for each
        if difference >= number:
            matched |= ids
        elif difference != 0:
            matched |= {identity for identity in ids if _is_found(query, identity, ids)}
    return matched


def _is_found(query: Query, identity: str, of_its_type: set[str]) -> bool:
    """Whether leaving out this one of the recommended documents leaves one less."""
    type_code = identity.partition(":")[0]
    filters = {**query.filters, TYPE.name: (type_code,)}
    alone = replace(query, filters=filters, facets=(), page=1, page_size=1)
    without_all = engine().search(replace(alone, exclude=query.exclude | of_its_type)).total
    without_others = engine().search(replace(alone, exclude=query.exclude | (of_its_type - {identity}))).total
    return without_others > without_all


def _counts(results: Results) -> Counter[str]:
    return Counter({count.value: count.count for count in results.facets.get(TYPE.name, ())})


def _with_added(counts: Sequence[FacetCount], added: Counter[str]) -> tuple[FacetCount, ...]:
    changed = [replace(each, count=each.count + added.pop(each.value, 0)) for each in counts]
    return (*changed, *(FacetCount(value, count) for value, count in added.items()))
