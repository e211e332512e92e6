"""The texts of the hits on one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from search.documents import SearchDocument
from search.engines.elasticsearch.asking import Json, readable, wanted_preferences
from search.engines.elasticsearch.sources import key
from search.engines.elasticsearch.statistics import Statistics
from search.explaining import Material
from search.highlight import Highlighter
from search.hits import make_hit
from search.payload import from_payload
from search.results import Hit, Query

PAYLOAD: Json = {"stored_fields": ["payload"]}  # asks for documents as they were written


@dataclass(frozen=True, slots=True)
class Place:
    """A document that has its place in the order."""

    id: str
    score: float


def fetch(
    statistics: Statistics, query: Query, places: Sequence[Place], highlighter: Highlighter
) -> tuple[Hit, ...]:
    """The documents of these places. One that changed hands since it was found is left out."""
    if not places:
        return ()
    conditions = [{"ids": {"values": [key(place.id) for place in places]}}, readable(query.audience)]
    body = {"size": len(places), "track_total_hits": False, "query": {"bool": {"filter": conditions}}}
    (answer,) = statistics.index.searches(statistics.clock, [{**body, **PAYLOAD}])
    documents = {document.id: document for document in map(document_of, answer["hits"]["hits"])}
    found = [(documents[place.id], place.score) for place in places if place.id in documents]
    return shown(query, found, highlighter)


def material_of(statistics: Statistics, identity: str, terms: Iterable[str]) -> Material | None:
    """What explaining needs of a document that the reader may find, and of the index."""
    wanted = list(terms)
    statistics.load(wanted, (), spelling=False)
    conditions = [{"ids": {"values": [key(identity)]}}, readable(statistics.audience)]
    body = {"size": 1, "track_total_hits": False, "query": {"bool": {"filter": conditions}}, **PAYLOAD}
    (answer,) = statistics.index.searches(statistics.clock, [body])
    found = answer["hits"]["hits"]
    if not found:
        return None
    frequencies = {term: statistics.frequency(term) for term in wanted}
    numbers = statistics.numbers
    return Material(document_of(found[0]), numbers.documents, numbers.average_passage, frequencies)


def document_of(hit: dict[str, Any]) -> SearchDocument:
    return from_payload(hit["fields"]["payload"][0])


def shown(
    query: Query, found: Iterable[tuple[SearchDocument, float]], highlighter: Highlighter
) -> tuple[Hit, ...]:
    return tuple(
        make_hit(document, query, score, is_preferred(query, document), highlighter)
        for document, score in found
    )


def is_preferred(query: Query, document: SearchDocument) -> bool:
    """Has it a value of one of the preferred facets?"""
    return any(
        not frozenset(values).isdisjoint(
            (document.type,) if facet == "type" else document.facets.get(facet, ())
        )
        for facet, values in wanted_preferences(query).items()
    )
