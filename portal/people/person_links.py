"""What a reader can do about somebody's profile; rooms above offer it in a `person_links.py` of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal.design.shapes import Link
from portal.people.models import Profile

# Of a profile that isn't the reader's own; None where there is nothing to offer.
Provider = Callable[[Profile, Any], Link | None]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Usable as a decorator."""
    _providers.append(provider)
    return provider


def links_for(profile: Profile, reader: Any) -> list[Link]:
    return [link for link in (provider(profile, reader) for provider in _providers) if link is not None]
