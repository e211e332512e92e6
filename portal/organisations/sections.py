"""What stands on the page of an organisation beyond itself: rooms offer it in an `organisation_sections.py`.

Only what is offered shows, and each room shows what this reader may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from portal.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, drawn with components of the design system."""

    title: str
    body: SafeString


# From an organisation and a reader; nothing where there is nothing to show.
Provider = Callable[[Organisation, Any], Iterable[Section]]

_providers: list[tuple[int, Provider]] = []


def register(rank: int) -> Callable[[Provider], Provider]:
    """Offer sections; the lower `rank`, the earlier they stand on the page."""

    def add(provider: Provider) -> Provider:
        _providers.append((rank, provider))
        _providers.sort(key=lambda item: item[0])
        return provider

    return add


def sections_for(organisation: Organisation, user: Any) -> list[Section]:
    return [section for _rank, provider in _providers for section in provider(organisation, user)]
