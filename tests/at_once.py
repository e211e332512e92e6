"""Deeds of many at the same moment, each in a thread and with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connections

Answer = TypeVar("Answer")
PATIENCE = 60.0  # seconds, for threads of a busy machine to be there


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Begin them together; what each gave or raised, in their order."""
    together = threading.Barrier(len(deeds))

    def begin(deed: Callable[[], Any]) -> Any:
        together.wait(PATIENCE)
        try:
            return deed()
        except Exception as error:  # whatever it was, it is what the test asks about
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(begin, deeds))


def all_at_once(deeds: Iterable[Callable[[], Answer]]) -> list[Answer]:
    """The same where none of them may raise."""
    answers = at_once(*deeds)
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers
