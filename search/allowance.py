"""How long one answer to a person waits for the engine, over all the calls that it takes: hits, counts, other ideas.

Engines ask `seconds_for_call` at every search. Without an allowance, as in a command, they take their own deadline.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Of the time for an answer: what is left is for going on without the engine.
ENGINE_SHARE = 0.6
# What a next call gets when a slow one used everything, as the first in a process does that loads words.
LEAST = 0.1

_end: ContextVar[float | None] = ContextVar("search_allowance", default=None)


def engine_seconds() -> float:
    """How long an answer may wait for the engine."""
    return float(settings.SEARCH_DEADLINE_SECONDS) * ENGINE_SHARE


@contextlib.contextmanager
def allowance(seconds: float) -> Iterator[None]:
    """All searches within wait so many seconds together, from now; within another allowance the shorter one holds."""
    outer = _end.get()
    mine = time.monotonic() + seconds
    token = _end.set(mine if outer is None else min(outer, mine))
    try:
        yield
    finally:
        _end.reset(token)


def seconds_for_call(deadline: float, timeout: float | None = None) -> float:
    """How long one search may take: the least of the engine's deadline, the caller's timeout and what is left."""
    seconds = deadline if timeout is None else min(deadline, timeout)
    end = _end.get()
    return seconds if end is None else min(seconds, max(LEAST, end - time.monotonic()))


class SearchAllowanceMiddleware:
    """One allowance for each request, whatever its view asks the engine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with allowance(engine_seconds()):
            return self.get_response(request)
