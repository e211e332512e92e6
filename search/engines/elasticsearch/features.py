"""What stage two needs of documents, kept by this process: sending it takes longer than finding the documents.

Each version of a document is kept under its own key, so nothing here ever grows old. While most of what is asked for is
not here yet, a search has it sent along; from then on it asks for what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from search.engines.elasticsearch.sources import Unpacked

KEPT_BYTES = 48 << 20
WARM = 0.9  # share of candidates found here from which the rest is asked for apart
INERTIA = 0.8  # of that share, from one search to the next
OVERHEAD = 400  # bytes of Python objects for each document

Key = tuple[str, str, int]  # index, id, version


class FeatureMemory:
    """The documents kept longest go first. Safe between threads."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes = kept_bytes
        self._lock = Lock()
        self._known: dict[Key, Unpacked] = {}
        self._bytes = 0
        self._share = 0.0

    @property
    def is_warm(self) -> bool:
        return self._share >= WARM

    def get(self, keys: Sequence[Key]) -> list[Unpacked | None]:
        """What is known of each of them."""
        found = list(map(self._known.get, keys))
        if keys:
            share = 1 - found.count(None) / len(keys)
            self._share = INERTIA * self._share + (1 - INERTIA) * share
        return found

    def put(self, key: Key, features: Unpacked) -> None:
        with self._lock:
            if key not in self._known:
                self._known[key] = features
                self._bytes += len(features[3]) + OVERHEAD
            while self._bytes > self._kept_bytes and self._known:
                oldest = next(iter(self._known))
                self._bytes -= len(self._known.pop(oldest)[3]) + OVERHEAD

    def clear(self) -> None:
        with self._lock:
            self._known.clear()
            self._bytes, self._share = 0, 0.0
