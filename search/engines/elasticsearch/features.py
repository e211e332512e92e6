"""What stage two needs of documents, kept by this process: sending it takes longer than finding the documents.

They are kept under their mark, which is made of their content (the id is part of it): nothing here ever grows old, also
not when the index is built again, and no reader gets here what the server didn't just name to him. While most of what
is asked for is not here yet, a search has it sent along; from then on it asks for what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from search.engines.elasticsearch.sources import Unpacked

KEPT_BYTES = 144 << 20  # a hundred thousand documents: the candidates of one question lie all over them
WARM = 0.4  # share of candidates found here from which the rest is asked for apart
INERTIA = 0.8  # of that share, from one search to the next
OVERHEAD = 400  # bytes of Python objects for each document


class FeatureMemory:
    """The documents kept longest go first. Safe between threads."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes = kept_bytes
        self._lock = Lock()
        self._known: dict[int, Unpacked] = {}
        self._bytes = 0
        self._share = 0.0

    @property
    def is_warm(self) -> bool:
        return self._share >= WARM

    def get(self, marks: Sequence[int]) -> list[Unpacked | None]:
        """What is known of each of them."""
        found = list(map(self._known.get, marks))
        if marks:
            share = 1 - found.count(None) / len(marks)
            self._share = INERTIA * self._share + (1 - INERTIA) * share
        return found

    def put(self, mark: int, features: Unpacked) -> None:
        with self._lock:
            if mark not in self._known:
                self._known[mark] = features
                self._bytes += len(features[3]) + OVERHEAD
            while self._bytes > self._kept_bytes and self._known:
                oldest = next(iter(self._known))
                self._bytes -= len(self._known.pop(oldest)[3]) + OVERHEAD

    def clear(self) -> None:
        with self._lock:
            self._known.clear()
            self._bytes, self._share = 0, 0.0
