"""What leads from a person's place in an organisation to more of them: a page of their own, a photo.

Rooms above offer it in their `organisation_sections.py`; each shows what this reader may see.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Face:
    url: str = ""
    photo_url: str = ""


NO_FACE = Face()
# From the ids of people and a reader, for all of them at once.
Provider = Callable[[Collection[int], Any], Mapping[int, Face]]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Usable as a decorator."""
    _providers.append(provider)
    return provider


def faces_of(user_ids: Collection[int], reader: Any) -> dict[int, Face]:
    """Of the people of whom there is more to see."""
    found: dict[int, Face] = {}
    for provider in _providers if user_ids else []:
        found.update(provider(user_ids, reader))
    return found
