"""Who looks at a photo because it was reported; rooms above say so in an `overseers.py` of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

# From a reader and the numbers of profiles: those that lie before this reader now.
Provider = Callable[[Any, Collection[int]], set[int]]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Usable as a decorator."""
    _providers.append(provider)
    return provider


def overseen(reader: Any, profile_ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    if profile_ids:
        for provider in _providers:
            found |= provider(reader, profile_ids)
    return found
