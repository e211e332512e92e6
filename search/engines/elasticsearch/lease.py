"""One rebuild at a time over all machines: a document that one process holds and keeps renewing."""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from search.engines.base import SearchUnavailable
from search.engines.elasticsearch.asking import Json
from search.engines.elasticsearch.connection import Clock
from search.engines.elasticsearch.indices import NOT_FOUND, Indices

logger = logging.getLogger(__name__)

LASTS = 60.0  # seconds; a process that died is waited for no longer
RENEWED_EVERY = LASTS / 4
PATIENCE = 10.0  # seconds for one request
_ID = "rebuild"
_TAKEN = (400, 404, 409)  # 400: somebody else made the index a moment earlier
_MAPPING: Json = {
    "dynamic": "strict",
    "properties": {
        "owner": {"type": "keyword"},
        "until": {"type": "double"},  # seconds since 1970
    },
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Which state of the document is ours."""

    number: int
    term: int

    @classmethod
    def of(cls, answer: dict[str, Any]) -> _Place:
        return cls(answer["_seq_no"], answer["_primary_term"])


class Lease:
    """Held from `hold` to its end; renewed by a thread."""

    def __init__(self, indices: Indices) -> None:
        self._indices = indices
        self._owner = secrets.token_hex(8)
        self._place: _Place | None = None
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """Raises SearchUnavailable when another process has it."""
        self._place = self._take()
        ended = threading.Event()
        thread = threading.Thread(target=self._keep, args=(ended,), name="search-rebuild-lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(PATIENCE)
            self._release()

    def confirm(self) -> None:
        """Renew it now. Raises SearchUnavailable when it was lost: another process may be rebuilding."""
        with self._lock:
            if self._place is None:
                raise SearchUnavailable("the lease on rebuilding was lost")
            found = self._write(if_seq_no=self._place.number, if_primary_term=self._place.term)
            self._place = found
            if found is None:
                raise SearchUnavailable("another process took over the rebuild")

    def _take(self) -> _Place:
        connection, control = self._indices.connection, self._indices.control
        settings = {"number_of_shards": 1, "number_of_replicas": self._indices.shape.replicas}
        found = self._read()
        if found is None:
            connection.ask(
                Clock(PATIENCE),
                lambda client: client.indices.create(index=control, mappings=_MAPPING, settings=settings),
                _TAKEN,
            )
            place = self._write(op_type="create")
        elif found["_source"]["until"] < time.time():
            place = self._write(if_seq_no=found["_seq_no"], if_primary_term=found["_primary_term"])
        else:
            place = None
        if place is None:
            raise SearchUnavailable("another process is rebuilding the index")
        return place

    def _write(self, **condition: Any) -> _Place | None:
        """None where somebody else was first."""
        document = {"owner": self._owner, "until": time.time() + LASTS}
        answer = self._indices.connection.ask(
            Clock(PATIENCE),
            lambda client: client.index(index=self._indices.control, id=_ID, document=document, **condition),
            _TAKEN,
        )
        return _Place.of(answer) if "_seq_no" in answer else None

    def _read(self) -> dict[str, Any] | None:
        return read(self._indices, Clock(PATIENCE))

    def _keep(self, ended: threading.Event) -> None:
        while not ended.wait(RENEWED_EVERY):
            try:
                self.confirm()
            except SearchUnavailable as error:
                logger.warning("the lease on rebuilding isn't renewed", extra={"data": {"error": str(error)}})

    def _release(self) -> None:
        place = self._place
        if place is None:
            return
        with contextlib.suppress(SearchUnavailable):
            self._indices.connection.ask(
                Clock(PATIENCE),
                lambda client: client.delete(
                    index=self._indices.control, id=_ID, if_seq_no=place.number, if_primary_term=place.term
                ),
                _TAKEN,
            )


def read(indices: Indices, clock: Clock) -> dict[str, Any] | None:
    """The lease as it stands, whoever holds it; None when nobody does."""
    answer = indices.connection.ask(
        clock, lambda client: client.get(index=indices.control, id=_ID), NOT_FOUND
    )
    return answer if answer.get("found") else None


def is_held(indices: Indices, clock: Clock) -> bool:
    found = read(indices, clock)
    return found is not None and float(found["_source"]["until"]) > time.time()
