"""A circuit breaker: an engine that doesn't answer is left alone for a while, so that nobody waits for it in vain.

Closed (all is well) → open after some failures in a row (nobody asks) → half open after a pause (one call may try) →
closed when that goes well, or open again for a longer pause.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Literal

StateName = Literal["closed", "open", "half-open"]

FAILURES = 3  # in a row
FIRST_PAUSE = 1.0  # seconds
LONGEST_PAUSE = 15.0  # an engine that is back is found back within this time
TRIAL = 10.0  # seconds after which a try that reported nothing is given up


@dataclass(frozen=True, slots=True)
class BreakerState:
    """How a breaker stands. `failures`: in a row, until now; `opened`: how often since the start; `retry_in`: seconds."""

    name: StateName = "closed"
    failures: int = 0
    opened: int = 0
    retry_in: float = 0.0

    @property
    def is_closed(self) -> bool:
        return self.name == "closed"


class Breaker:
    """Safe between threads. Whoever calls asks `allow()` first, and tells afterwards how it went.

    `clock` gives seconds that only grow. `on_change` is called with the new state's name, outside the lock.
    """

    def __init__(
        self,
        *,
        failures: int = FAILURES,
        first_pause: float = FIRST_PAUSE,
        longest_pause: float = LONGEST_PAUSE,
        clock: Callable[[], float] = time.monotonic,
        on_change: Callable[[StateName], None] | None = None,
    ) -> None:
        if failures < 1 or not 0 < first_pause <= longest_pause:
            raise ValueError("a breaker needs at least one failure and pauses that grow")
        self._limit = failures
        self._first_pause = first_pause
        self._longest_pause = longest_pause
        self._clock = clock
        self._on_change = on_change
        self._lock = Lock()
        self._name: StateName = "closed"
        self._failures = 0
        self._opened = 0
        self._pause = first_pause
        self._until = 0.0  # open: when a try may begin; half open: when the running try is given up

    def allow(self) -> bool:
        """Whether a call may be made now. One that may must be followed by `succeeded` or `failed`."""
        with self._lock:
            if self._name == "closed":
                return True
            now = self._clock()
            if now < self._until:
                return False
            changed = self._become("half-open")
            self._until = now + TRIAL
        self._tell(changed)
        return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0
            self._pause = self._first_pause
            changed = self._become("closed")
        self._tell(changed)

    def failed(self) -> None:
        """A call gave no answer. One that began before the breaker opened changes nothing any more."""
        with self._lock:
            if self._name == "open":
                return
            self._failures += 1
            if self._name == "half-open":
                self._pause = min(2 * self._pause, self._longest_pause)
            elif self._failures < self._limit:
                return
            self._until = self._clock() + self._pause
            self._opened += 1
            changed = self._become("open")
        self._tell(changed)

    @property
    def state(self) -> BreakerState:
        with self._lock:
            waits = max(0.0, self._until - self._clock()) if self._name == "open" else 0.0
            return BreakerState(self._name, self._failures, self._opened, waits)

    def _become(self, name: StateName) -> StateName | None:
        """The new name where it is another than before."""
        if name == self._name:
            return None
        self._name = name
        return name

    def _tell(self, changed: StateName | None) -> None:
        if changed is not None and self._on_change is not None:
            self._on_change(changed)
