"""Changes to the index: many in one request, each with its version, each with its own outcome."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from search.engines.base import Refused, SearchUnavailable
from search.engines.elasticsearch.asking import Json
from search.engines.elasticsearch.connection import BUSY, Clock, Connection, Missing, Unreachable
from search.engines.elasticsearch.indices import DOOR
from search.engines.elasticsearch.sources import key

logger = logging.getLogger(__name__)

REQUEST_BYTES = 8 << 20  # of one request, more or less
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 5.0  # seconds that a busy server is left alone
ATTEMPTS = 8  # of the same lines, while the server is busy
LONGEST_REASON = 200  # letters
TOLD = (
    "items.*.status",
    "items.*.error",
    "error",
    "status",
)  # of the answer; the rest is as long as our request
OLDER, FORBIDDEN, NOT_FOUND = 409, 403, 404


class Blocked(SearchUnavailable):
    """The index takes no changes: it is about to be replaced, or just was."""


@dataclass(frozen=True, slots=True)
class Line:
    """One document or tombstone of some version."""

    id: str
    version: int
    source: bytes

    @property
    def action(self) -> bytes:
        """What is to be done with the source, as the server wants it told."""
        return b'{"index":{"_id":%s,"version":%d,"version_type":"external_gte"}}' % (
            json.dumps(key(self.id)).encode(),
            self.version,
        )


@dataclass(slots=True)
class Outcome:
    """How many lines were newer than what the index held, and why some were not taken, by id."""

    applied: int = 0
    refused: dict[str, str] = field(default_factory=dict)

    def add(self, other: Outcome) -> None:
        self.applied += other.applied
        self.refused.update(other.refused)

    def check(self) -> int:
        """The number applied. Raises Refused where documents were not taken."""
        if self.refused:
            raise Refused(self.refused, self.applied)
        return self.applied


def send(
    connection: Connection, clock: Clock, index: str, lines: Iterable[Line], *, refresh: bool
) -> Outcome:
    """Write these lines to one index. Raises Blocked, Missing, Unreachable; what was written before that stays."""
    outcome = Outcome()
    for portion in _portions(lines):
        outcome.add(_send_portion(connection, clock, index, portion, refresh=refresh))
    return outcome


def _portions(lines: Iterable[Line]) -> Iterator[list[Line]]:
    portion: list[Line] = []
    size = 0
    for line in lines:
        portion.append(line)
        size += len(line.source)
        if size >= REQUEST_BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _send_portion(
    connection: Connection, clock: Clock, index: str, portion: Sequence[Line], *, refresh: bool
) -> Outcome:
    """What a busy server turns away is offered again, later and later."""
    outcome = Outcome()
    waiting, pause = portion, FIRST_PAUSE
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(min(pause, clock.left()))
            pause = min(2 * pause, LONGEST_PAUSE)
        answer = _bulk(connection, clock, index, waiting, refresh=refresh)
        waiting = waiting if answer is None else _read(answer, waiting, outcome)
        if not waiting:
            return outcome
    raise Unreachable("the search server stays too busy to take changes")


def _bulk(
    connection: Connection, clock: Clock, index: str, portion: Sequence[Line], *, refresh: bool
) -> Json | None:
    """The server's answer; None when it turned the whole request away."""
    operations: list[Any] = [piece for line in portion for piece in (line.action, line.source)]
    answer: Json = connection.ask(
        clock,
        lambda client: client.bulk(
            index=index + DOOR,
            operations=operations,
            refresh=refresh,
            require_alias=True,
            filter_path=TOLD,
        ),
        accept=(BUSY,),
    )
    return answer if "items" in answer else None


def _read(answer: Json, portion: Sequence[Line], outcome: Outcome) -> list[Line]:
    """Count what was applied, and tell which lines must be offered again."""
    again: list[Line] = []
    for line, item in zip(portion, answer["items"], strict=True):
        found = item["index"]
        status = found["status"]
        reason = _reason(found.get("error", {}))
        if status < 300:
            outcome.applied += 1
        elif status == BUSY:
            again.append(line)
        elif status == FORBIDDEN:
            raise Blocked(reason)
        elif status == NOT_FOUND:
            raise Missing(reason)
        elif status >= 500:
            raise Unreachable(reason)
        elif status != OLDER:
            logger.error("a document was refused", extra={"data": {"document": line.id, "reason": reason}})
            outcome.refused[line.id] = reason
    return again


def _reason(error: Json) -> str:
    """Why an item failed, without the pieces of the document that the server quotes: this goes to logs."""
    told = str(error.get("reason", "")).partition("Preview of field")[0]
    cause = str(error.get("caused_by", {}).get("type", ""))
    return f"{error.get('type', '')}: {told[:LONGEST_REASON]} {cause}".strip()
