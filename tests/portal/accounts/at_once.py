"""The same request by many at the same moment, each with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

Answer = TypeVar("Answer")


def all_at_once(deeds: Iterable[Callable[[], Answer]]) -> list[Answer]:
    """Start them together; the answers in the order of the deeds."""
    waiting = list(deeds)
    together = threading.Barrier(len(waiting))

    def begin(deed: Callable[[], Answer]) -> Answer:
        together.wait()
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(waiting)) as pool:
        return list(pool.map(begin, waiting))
