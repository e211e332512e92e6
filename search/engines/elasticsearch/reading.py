"""Going through a whole index in one state of it, portion by portion."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from search.engines.base import Indexed, SearchUnavailable, VocabularyWord
from search.engines.elasticsearch.asking import Json, readable
from search.engines.elasticsearch.connection import Clock, Connection
from search.engines.elasticsearch.indices import Index

PORTION = 5_000
KEPT_OPEN = "2m"  # between two portions
PATIENCE = 30.0  # seconds for one portion


def walk(connection: Connection, index: str, body: Json, portion: int = PORTION) -> Iterator[dict[str, Any]]:
    """Every hit of a search, by a point in time and `search_after`. `body` may hold a sort; without it order is free."""
    opened = connection.ask(
        Clock(PATIENCE), lambda client: client.open_point_in_time(index=index, keep_alive=KEPT_OPEN)
    )
    point = opened["id"]
    asked: Json = {"sort": ["_shard_doc"], "track_total_hits": False, **body, "size": portion}
    try:
        while True:
            asked["pit"] = {"id": point, "keep_alive": KEPT_OPEN}
            answer = connection.ask(Clock(PATIENCE), lambda client: client.search(body=asked))
            if answer.get("timed_out") or answer["_shards"]["failed"]:
                raise SearchUnavailable("a part of the index failed")
            point = answer["pit_id"]
            hits = answer["hits"]["hits"]
            yield from hits
            if len(hits) < portion:
                return
            asked["search_after"] = hits[-1]["sort"]
    finally:
        with contextlib.suppress(SearchUnavailable):
            connection.ask(Clock(PATIENCE), lambda client: client.close_point_in_time(id=point))


def contents(index: Index) -> Iterator[Indexed]:
    body: Json = {
        "query": {"term": {"gone": False}},
        "stored_fields": "_none_",
        "docvalue_fields": ["id", "version", "digest"],
    }
    for hit in walk(index.connection, index.name, body):
        fields = hit["fields"]
        yield Indexed(fields["id"][0], int(fields["version"][0]), fields["digest"][0])


def vocabulary(index: Index, audience: frozenset[str]) -> Iterator[VocabularyWord]:
    composite: Json = {"size": PORTION, "sources": [{"word": {"terms": {"field": "words"}}}]}
    body: Json = {
        "size": 0,
        "query": {"bool": {"filter": [readable(audience)]}},
        "aggs": {"words": {"composite": composite}},
    }
    while True:
        (answer,) = index.searches(Clock(PATIENCE), [body])
        found = answer["aggregations"]["words"]
        for bucket in found["buckets"]:
            yield VocabularyWord(bucket["key"]["word"], bucket["doc_count"])
        if "after_key" not in found:
            return
        composite["after"] = found["after_key"]
