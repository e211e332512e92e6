"""The check of every hit in the database: the index is never trusted with who may see what."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from search.documents import Reader, SearchSource, ShownHit, sources
from search.engine import engine
from search.results import Hit, Query, Results

logger = logging.getLogger(__name__)

CHECKS = 3  # rounds of asking again without what the database refused

Found = tuple[Hit, ShownHit]


def checked(query: Query, reader: Reader) -> tuple[Results, list[Found]]:
    """Hits that the database lets this reader see; what it refuses is left out of the page, the total and the counts.

    Raises SearchUnavailable.
    """
    shown: dict[str, ShownHit] = {}
    results = Results()
    for _round in range(CHECKS):
        results = engine().search(query)
        fresh = [hit.id for hit in results.hits if hit.id not in shown]
        shown.update(shown_documents(fresh, reader))
        refused = {identity for identity in fresh if identity not in shown}
        if not refused:
            break
        logger.error(
            "the search index offered what may not be shown", extra={"data": {"ids": sorted(refused)}}
        )
        query = replace(query, exclude=query.exclude | refused)
    return results, [(hit, shown[hit.id]) for hit in results.hits if hit.id in shown]


def shown_documents(
    identities: Iterable[str], reader: Reader, *, is_brief: bool = False
) -> dict[str, ShownHit]:
    """What this reader may see of these documents ("case:12"), as the database has it now; the rest is left out.

    `is_brief`: title, address and kind alone, in one query a type.
    """
    by_type: dict[str, list[int]] = defaultdict(list)
    for identity in identities:
        type_code, _, pk = identity.partition(":")
        if pk.isdigit():
            by_type[type_code].append(int(pk))
    known = sources()
    return {
        f"{type_code}:{pk}": shown
        for type_code, pks in by_type.items()
        if type_code in known
        for pk, shown in _look_up(known[type_code], reader, pks, is_brief).items()
    }


def _look_up(
    source: SearchSource, reader: Reader, pks: Sequence[int], is_brief: bool
) -> Mapping[int, ShownHit]:
    return source.glimpses(reader, pks) if is_brief else source.hits(reader, pks)


def plain_hit(identity: str) -> Hit:
    """A hit that no engine found: without highlights."""
    return Hit(id=identity, type=identity.partition(":")[0], score=0.0, title=(), snippet=())
