"""How the index is, in a few small requests."""

from __future__ import annotations

from typing import Any

from search.dutch.analyser import fingerprint
from search.engines.base import Health, SearchUnavailable
from search.engines.elasticsearch import lease
from search.engines.elasticsearch.connection import Clock, Missing, Unreachable
from search.engines.elasticsearch.indices import Indices
from search.engines.elasticsearch.mapping import SCHEMA_VERSION
from search.engines.elasticsearch.rebuilding import highest_version


def examine(indices: Indices, clock: Clock) -> Health:
    """Raises nothing of its own making; `unreachable` says that nothing is known of the index."""
    is_rebuilding = False
    try:
        is_rebuilding = lease.is_held(indices, clock)
        return _examine(indices, clock, is_rebuilding)
    except Unreachable as error:
        return Health("unreachable", is_rebuilding=is_rebuilding, detail=str(error))
    except Missing as error:
        return Health("missing", is_rebuilding=is_rebuilding, detail=str(error))
    except SearchUnavailable as error:
        return Health("corrupt", is_rebuilding=is_rebuilding, detail=str(error))


def _examine(indices: Indices, clock: Clock, is_rebuilding: bool) -> Health:
    live = indices.behind(clock).live
    if not live:
        return Health("missing", is_rebuilding=is_rebuilding, detail="there is no search index")
    meta = indices.meta(clock, live)
    if meta.schema != SCHEMA_VERSION:
        detail = f"the mapping is of version {meta.schema} instead of {SCHEMA_VERSION}"
        return Health("corrupt", fingerprint=meta.fingerprint, is_rebuilding=is_rebuilding, detail=detail)
    if meta.fingerprint != fingerprint():
        return Health("other-analyser", fingerprint=meta.fingerprint, is_rebuilding=is_rebuilding)
    shards = indices.connection.ask(clock, lambda client: client.cluster.health(index=live))
    if shards["status"] == "red":
        return _without_shards(shards, is_rebuilding)
    version = highest_version(indices.live, clock, meta.base_version)
    (found,) = indices.live.searches(
        clock, [{"size": 0, "track_total_hits": True, "query": {"term": {"gone": False}}}]
    )
    return Health("ok", found["hits"]["total"]["value"], version, meta.fingerprint, is_rebuilding)


def _without_shards(shards: dict[str, Any], is_rebuilding: bool) -> Health:
    """A server that just started has all its shards to open; others are lost."""
    on_the_way = ("initializing_shards", "number_of_in_flight_fetch", "number_of_pending_tasks")
    if any(shards.get(name) for name in on_the_way):
        return Health("unreachable", is_rebuilding=is_rebuilding, detail="the index is still being opened")
    return Health("corrupt", is_rebuilding=is_rebuilding, detail="a part of the index is lost")
