"""Who sees what members sent: the room that it belongs to says it, in a module of a fixed name.

An `image_readers.py` for images, a `file_readers.py` for files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar


class Sent(Protocol):
    """An image or a file of a member."""

    pk: Any
    purpose: Any


Thing = TypeVar("Thing", bound=Sent)

# From primary keys: those that there still are.
Standing = Callable[[Sequence[int]], set[int]]


@dataclass(frozen=True, slots=True)
class Reader(Generic[Thing]):
    """`visible`: from a reader and things of one purpose the primary keys of those that the reader may see. A list is
    asked at once, in a number of queries that doesn't grow with it."""

    visible: Callable[[Any, Sequence[Thing]], set[int]]
    standing: Standing | None = None


class Readers(Generic[Thing]):
    """By purpose, what the rooms said."""

    def __init__(self) -> None:
        self._by_purpose: dict[str, Reader[Thing]] = {}

    def register(
        self,
        purpose: str,
        visible: Callable[[Any, Sequence[Thing]], set[int]],
        *,
        standing: Standing | None = None,
    ) -> None:
        """Say who sees what belongs to `purpose`. Without `standing` it stays until the room removes it."""
        self._by_purpose[purpose] = Reader(visible, standing)

    def known(self) -> dict[str, Reader[Thing]]:
        return dict(self._by_purpose)

    def seen_among(self, user: Any, things: Iterable[Thing]) -> set[int]:
        """The primary keys of those that `user` may see. What no room speaks for, nobody sees."""
        grouped: dict[str, list[Thing]] = {}
        for thing in things:
            grouped.setdefault(thing.purpose, []).append(thing)
        seen: set[int] = set()
        for purpose, group in grouped.items():
            if purpose in self._by_purpose:
                seen |= self._by_purpose[purpose].visible(user, group) & {thing.pk for thing in group}
        return seen
