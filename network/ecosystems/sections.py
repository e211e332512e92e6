"""What rooms above show in the home of an ecosystem, to who takes part. They offer it in an `ecosystem_sections.py`.

A section is a title and HTML drawn with components of the design system, made for one reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from network.ecosystems.models import Ecosystem
from portal.organisations.sections import Section

__all__ = ["Section", "register", "sections_for"]

# From an ecosystem and a reader who is inside; nothing where there is nothing to show.
Provider = Callable[[Ecosystem, Any], Iterable[Section]]

_providers: list[tuple[int, Provider]] = []


def register(rank: int) -> Callable[[Provider], Provider]:
    """Offer sections; the lower `rank`, the earlier they stand in the home."""

    def add(provider: Provider) -> Provider:
        _providers.append((rank, provider))
        _providers.sort(key=lambda item: item[0])
        return provider

    return add


def sections_for(ecosystem: Ecosystem, user: Any) -> list[Section]:
    return [section for _rank, provider in _providers for section in provider(ecosystem, user)]
