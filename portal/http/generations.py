"""What is worked out from content once, and kept by each process until something is published.

Only for what is the same whoever asks: who may see it is asked of the database every time, and never kept here.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from portal.http.page_cache import current_generation

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

# What moves no generation (a size of an image that was made, a site that was removed) shows after this at the latest.
SECONDS = 300.0


class KeptForGeneration(Generic[K, V]):
    """Values by key, the `most` that were used last; one of these for each kind of value, at the top of a module.

    The generation is read before a value is made, so that what was made from older content is never found after
    publishing. A transaction that published sees rows that nobody else sees yet: it has a generation of its own.
    `seconds`: the longest that a value is kept, for what doesn't come from the database alone.
    """

    def __init__(self, most: int = 2000, seconds: float = SECONDS) -> None:
        self.most = most
        self.seconds = seconds
        self._values: OrderedDict[K, tuple[str, float, V]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of `key`, from `make` where it isn't known."""
        return self.many([key], lambda keys: {key: make()})[key]

    def many(self, keys: Iterable[K], make: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
        """The values of `keys`, in their order. `make` is asked once for all that lack, and may leave some out."""
        asked = list(keys)
        generation = current_generation()
        found = self._find(asked, generation)
        if missing := [key for key in asked if key not in found]:
            made = make(missing)
            self._keep(made, generation)
            found.update(made)
        return {key: found[key] for key in asked if key in found}

    def _find(self, keys: list[K], generation: str) -> dict[K, V]:
        now, found = time.monotonic(), {}
        with self._lock:
            for key in keys:
                kept = self._values.get(key)
                if kept is not None and kept[0] == generation and kept[1] > now:
                    found[key] = kept[2]
                    self._values.move_to_end(key)
        return found

    def _keep(self, made: Mapping[K, V], generation: str) -> None:
        until = time.monotonic() + self.seconds
        with self._lock:
            for key, value in made.items():
                self._values[key] = (generation, until, value)
                self._values.move_to_end(key)
            while len(self._values) > self.most:
                self._values.popitem(last=False)
