"""Where organisations appear in public: rooms say it in their `organisation_sections.py`.

An organisation that staff made for what isn't published yet is nobody's business until it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

# A query for the primary keys of organisations that something open to everybody names; it asks nothing by itself.
Provider = Callable[[], Any]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Usable as a decorator."""
    _providers.append(provider)
    return provider


def appearing() -> Q:
    """Those that anything public names."""
    found = Q(pk__in=[])
    for provider in _providers:
        found |= Q(pk__in=provider())
    return found
