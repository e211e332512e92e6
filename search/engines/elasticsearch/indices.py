"""The indices behind one prefix: which is read, which are written, and how one is made.

`<prefix>-<moment>-<chance>` are the indices. `<prefix>-read` names the live one, `<prefix>-write` the live one and,
during a rebuild, the one being built. Each index has a door besides, an alias of its own through which alone it is
written: a bulk request that must go through an alias makes no new index where one has just been removed.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from search.dutch.analyser import fingerprint
from search.engines.base import SearchUnavailable
from search.engines.elasticsearch.asking import Json
from search.engines.elasticsearch.connection import LOST, Clock, Connection, Interrupted, Missing
from search.engines.elasticsearch.mapping import SCHEMA_VERSION, mapping

DOOR = "-in"
NOT_FOUND = (404,)
PATIENCE = (1, 2, 10, 60, 600, 3_600)  # seconds


@dataclass(frozen=True, slots=True)
class Shape:
    """How an index is laid out; `refresh` is the server's refresh interval. A change shows itself at once anyway."""

    shards: int = 1
    replicas: int = 1
    refresh: str = "1s"


@dataclass(frozen=True, slots=True)
class Meta:
    """What an index says of itself."""

    schema: int = 0
    fingerprint: str = ""
    base_version: int = 0

    @property
    def is_ours(self) -> bool:
        return self.schema == SCHEMA_VERSION and self.fingerprint == fingerprint()


@dataclass(frozen=True, slots=True)
class Behind:
    """The indices behind the aliases. `live` is empty without one."""

    live: str
    written: tuple[str, ...]


class Indices:
    def __init__(self, connection: Connection, prefix: str, shape: Shape) -> None:
        self.connection = connection
        self.prefix = prefix
        self.shape = shape

    @property
    def read_alias(self) -> str:
        return f"{self.prefix}-read"

    @property
    def write_alias(self) -> str:
        return f"{self.prefix}-write"

    @property
    def control(self) -> str:
        return f"{self.prefix}-control"

    @property
    def live(self) -> Index:
        return Index(self.connection, self.read_alias)

    def behind(self, clock: Clock) -> Behind:
        """One small request. Raises SearchUnavailable when the read alias names more than one index."""
        names = f"{self.read_alias},{self.write_alias}"
        found = self.connection.ask(
            clock, lambda client: client.indices.get_alias(name=names, ignore_unavailable=True), NOT_FOUND
        )
        aliases = {
            index: facts["aliases"]
            for index, facts in found.items()
            if isinstance(facts, dict) and "aliases" in facts
        }
        read = [index for index, names in aliases.items() if self.read_alias in names]
        if len(read) > 1:
            raise SearchUnavailable("the read alias names more than one index")
        written = [index for index, names in aliases.items() if self.write_alias in names]
        return Behind(read[0] if read else "", tuple(dict.fromkeys([*read, *written])))

    def all(self, clock: Clock) -> dict[str, Meta]:
        """Every index of ours, also half-built and forgotten ones."""
        found = self.connection.ask(
            clock,
            lambda client: client.indices.get_mapping(index=f"{self.prefix}-2*", expand_wildcards="all"),
        )
        return {index: _meta(facts) for index, facts in found.items()}

    def meta(self, clock: Clock, index: str = "") -> Meta:
        """Of the live index, or of this one. Raises Missing."""
        name = index or self.read_alias
        found = self.connection.ask(clock, lambda client: client.indices.get_mapping(index=name))
        for facts in found.values():
            return _meta(facts)
        raise Missing(f"there is no index {name}")

    def create(self, clock: Clock, base_version: int) -> str:
        """An empty index that takes part in writing; not refreshed and not copied until it is live."""
        moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        name = f"{self.prefix}-{moment}-{secrets.token_hex(3)}"
        settings: Json = {
            "number_of_shards": self.shape.shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
        }
        self.connection.ask(
            clock,
            lambda client: client.indices.create(
                index=name,
                mappings=mapping(fingerprint(), base_version),
                settings=settings,
                aliases={self.write_alias: {}, name + DOOR: {}},
            ),
        )
        return name

    def change_settings(self, clock: Clock, index: str, **settings: Any) -> None:
        self.connection.ask(clock, lambda client: client.indices.put_settings(index=index, settings=settings))

    def swap(self, clock: Clock, old: str, new: str) -> None:
        """Readers and writers go to the new index, in one step."""
        both = (self.read_alias, self.write_alias)
        actions: list[Json] = [
            {"remove": {"index": old, "alias": alias, "must_exist": False}} for alias in both if old
        ]
        actions += [{"add": {"index": new, "alias": alias}} for alias in both]
        self.connection.ask(clock, lambda client: client.indices.update_aliases(actions=actions))

    def is_searched(self, clock: Clock, index: str) -> bool:
        """Whether a search that began is still looking at it."""
        found = self.connection.ask(clock, lambda client: client.indices.stats(index=index, metric="search"))
        running = found["_all"]["total"].get("search", {})
        return bool(running.get("query_current") or running.get("fetch_current"))

    def remove(self, clock: Clock, index: str) -> None:
        self.connection.ask(clock, lambda client: client.indices.delete(index=index), NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Index:
    """One index, or the alias that names it."""

    connection: Connection
    name: str

    def searches(self, clock: Clock, bodies: Sequence[Json]) -> list[dict[str, Any]]:
        """The answers to some searches, in one request. Raises SearchUnavailable unless all are whole."""
        if not bodies:
            return []
        timeout = {"timeout": _patience(clock.left())}
        if len(bodies) == 1:
            body = {**timeout, **bodies[0]}
            answers = [self.connection.ask(clock, lambda client: client.search(index=self.name, body=body))]
        else:
            parts = [part for body in bodies for part in ({}, {**timeout, **body})]
            found = self.connection.ask(clock, lambda client: client.msearch(index=self.name, searches=parts))
            answers = found["responses"]
        for answer in answers:
            _check(answer)
        return list(answers)

    def merge(self, clock: Clock) -> None:
        """One segment for each shard: a question looks into every segment, and those of a bulk are dozens."""
        self.connection.ask(
            clock, lambda client: client.indices.forcemerge(index=self.name, max_num_segments=1)
        )

    def refresh(self, clock: Clock) -> None:
        self.connection.ask(clock, lambda client: client.indices.refresh(index=self.name))


def _patience(seconds: float) -> str:
    """How long the server goes on, in a few sizes: it remembers counts by all the words of a request."""
    return f"{next((step for step in PATIENCE if step >= seconds), PATIENCE[-1])}s"


def _check(answer: dict[str, Any]) -> None:
    if "error" in answer:
        # The kind alone: the server's reason may quote what was searched, and this stands in the log.
        kind = str(answer["error"].get("type", "unknown"))
        if answer.get("status") == 404:
            raise Missing(kind)
        raise Interrupted(kind) if kind == LOST else SearchUnavailable(f"the search failed: {kind}")
    if answer.get("timed_out"):
        raise SearchUnavailable("the search took too long")
    if answer.get("_shards", {}).get("failed"):
        raise SearchUnavailable(f"{answer['_shards']['failed']} shards of the index failed")


def _meta(facts: dict[str, Any]) -> Meta:
    found = facts.get("mappings", {}).get("_meta", {})
    try:
        return Meta(int(found["schema"]), str(found["fingerprint"]), int(found["base_version"]))
    except (KeyError, TypeError, ValueError):
        return Meta()
