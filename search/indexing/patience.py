"""How long whoever makes a change waits for the engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from search.engines.base import SearchUnavailable

T = TypeVar("T")


class Patience:
    """So many seconds for all calls together, or for each call; None is as long as the engine itself takes.

    `in_all`: each call is told what is left, and once nothing is left no next call is made. Otherwise each call gets all
    of it: for an engine within this process, whose work is no waiting.
    """

    def __init__(
        self,
        seconds: float | None = None,
        *,
        in_all: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._left = seconds
        self._in_all = in_all
        self._clock = clock

    def spend(self, call: Callable[[float | None], T]) -> T:
        """Make the call with the time that is left. Raises SearchUnavailable when there is none, and what it raises."""
        if self._left is None:
            return call(None)
        if self._left <= 0:
            raise SearchUnavailable("no time left for the index in this request")
        started = self._clock()
        try:
            return call(self._left)
        finally:
            if self._in_all:
                self._left -= self._clock() - started
