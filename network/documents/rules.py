"""Who may put documents in an ecosystem. The caller knows that this person sees it."""

from __future__ import annotations

from typing import Any

from network.ecosystems.models import Ecosystem
from network.ecosystems.rules import can_manage

MOST_DOCUMENTS = 500  # of one ecosystem


def can_add(user: Any, ecosystem: Ecosystem) -> bool:
    """Its managers, as long as it isn't closed; they change documents too."""
    return ecosystem.closed_at is None and can_manage(user, ecosystem)


def can_remove(user: Any, ecosystem: Ecosystem) -> bool:
    """Also of one that is closed, where nothing comes in any more."""
    return can_manage(user, ecosystem)
