"""The one way to the server: a request with what is left of the time, and every failure as the exception callers know."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

from elastic_transport import ConnectionTimeout, ObjectApiResponse, TransportError
from elasticsearch import ApiError, Elasticsearch

from search.engines.base import SearchUnavailable
from search.engines.elasticsearch.deadline import NodeInTime

CONNECTIONS = 32  # of one process to one node; a request that finds none free waits for one
STEP = 0.02  # seconds
MOST_VARIANTS = 500
BUSY = 429
LOST = "search_phase_execution_exception"  # what the server says of a search that lost its index


class Unreachable(SearchUnavailable):
    """The server doesn't answer, or answers that it can't: nothing is known of the index."""


class Interrupted(Unreachable):
    """A search lost its index on the way: it was just replaced, or has lost a part."""


class Missing(SearchUnavailable):
    """The server answers that there is no such index or alias."""


class Guard(Protocol):
    """Told of every request; one that doesn't allow them saves waiting for a server that is down."""

    def allow(self) -> bool: ...

    def succeeded(self) -> None: ...

    def failed(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server is and who we are there. `ca`: a file of certificates to trust instead of the usual ones."""

    urls: tuple[str, ...]
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca: str = ""


class Clock:
    """How much time is left of an allowance in seconds.

    `is_patient` False: so little that running out of it says nothing about the server.
    """

    def __init__(self, seconds: float, *, is_patient: bool = True) -> None:
        self._end = time.monotonic() + seconds
        self.is_patient = is_patient

    def left(self) -> float:
        """Seconds, above zero. Raises SearchUnavailable when they are used up."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise SearchUnavailable("the search took too long")
        return left


class Connection:
    """A client for each process, made at the first request. Safe between threads."""

    def __init__(self, address: Address, guard: Guard | None = None) -> None:
        self._address = address
        self._guard = guard
        self._lock = Lock()
        self._client: Elasticsearch | None = None
        self._process = 0
        self._variants: dict[tuple[float, tuple[int, ...]], Elasticsearch] = {}

    def ask(
        self,
        clock: Clock,
        call: Callable[[Elasticsearch], ObjectApiResponse[Any]],
        accept: Collection[int] = (),
    ) -> Any:
        """The body of the answer to one request; that of an error too when its status is in `accept`.

        Raises Unreachable, Missing (404), or SearchUnavailable for any other refusal.
        """
        client = self._timed(clock.left(), tuple(accept))
        if self._guard is not None and not self._guard.allow():
            raise Unreachable("the search server failed a moment ago and is left alone")
        try:
            answer = call(client)
        except ApiError as error:
            self._tell(error.status_code < 500 and error.status_code != BUSY)
            raise _as_unavailable(error) from error
        except TransportError as error:
            if clock.is_patient or not isinstance(error, ConnectionTimeout):
                self._tell(False)
            raise Unreachable(f"{type(error).__name__}: {error.message}") from error
        except BaseException:
            self._tell(False)
            raise
        self._tell(True)
        return answer.body

    def close(self) -> None:
        with self._lock:
            if self._client is not None and self._process == os.getpid():
                self._client.close()
            self._client = None
            self._variants.clear()

    def _timed(self, seconds: float, accept: tuple[int, ...]) -> Elasticsearch:
        """The client with a time limit. Making one takes as long as a small request, so times are rounded down."""
        step = STEP if seconds < 100 * STEP else 100 * STEP
        rounded = seconds - seconds % step or seconds
        client = self._open()
        found = self._variants.get((rounded, accept))
        if found is None:
            found = client.options(request_timeout=rounded, ignore_status=accept)
            if len(self._variants) < MOST_VARIANTS:
                self._variants[rounded, accept] = found
        return found

    def _tell(self, is_well: bool) -> None:
        if self._guard is not None:
            (self._guard.succeeded if is_well else self._guard.failed)()

    def _open(self) -> Elasticsearch:
        with self._lock:
            # A socket that a forked process inherits is its parent's.
            if self._client is None or self._process != os.getpid():
                self._client = _make_client(self._address)
                self._process = os.getpid()
                self._variants.clear()
            return self._client


def _make_client(address: Address) -> Elasticsearch:
    options: dict[str, Any] = {}
    if address.api_key:
        options["api_key"] = address.api_key
    elif address.user:
        options["basic_auth"] = (address.user, address.password)
    if address.ca:
        options["ca_certs"] = address.ca
    try:
        return Elasticsearch(
            list(address.urls),
            max_retries=0,
            retry_on_timeout=False,
            connections_per_node=CONNECTIONS,
            node_class=NodeInTime,
            **options,
        )
    except (ValueError, OSError) as error:
        raise Unreachable(f"the address of the search server can't be used: {error}") from error


def _as_unavailable(error: ApiError) -> SearchUnavailable:
    status = error.status_code
    if status >= 500 and error.message == LOST:
        return Interrupted(f"{status}: {error.message}")
    if status >= 500 or status == BUSY:
        return Unreachable(f"{status}: {error.message}")
    # `message` is the kind of error; the whole may quote what was searched, which is no business of the log.
    return Missing(str(error)) if status == 404 else SearchUnavailable(f"{status}: {error.message}")
