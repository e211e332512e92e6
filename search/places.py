"""Searching within one place of the portal, such as an ecosystem. Rooms above offer them in a `search_places.py`.

A place is a smaller audience: of all that a reader may find, only what those of the place may. So it can never show
more than the reader's own terms, in hits, totals, facets and suggestions alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PARAMETER = "in"
MOST = 100  # letters of a code


@dataclass(frozen=True, slots=True)
class Place:
    """`code` stands in the address, `name` and `url` are shown, `terms` are the audience terms of who is there."""

    code: str
    name: str
    url: str
    terms: frozenset[str]


#: From a person and a code to the place, or nothing where there is none for this person: unknown and closed are alike.
Finder = Callable[[Any, str], Place | None]

_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Usable as a decorator."""
    _finders.append(finder)
    return finder


def find_place(user: Any, code: str) -> Place | None:
    """The place that `user` may search in, by what the address says."""
    if not code or len(code) > MOST or "\x00" in code:
        return None
    return next((found for finder in _finders if (found := finder(user, code)) is not None), None)


def within(terms: frozenset[str], place: Place | None) -> frozenset[str]:
    """Of a reader's terms those that count in `place`; all of them everywhere."""
    return terms if place is None else terms & place.terms
