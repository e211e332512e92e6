"""What all services of this room share: the lock, and what an ecosystem asks of who comes in."""

from __future__ import annotations

from network.ecosystems.models import Ecosystem
from network.ecosystems.rules import has_rules
from network.ecosystems.services.refusals import NotAllowed, RulesNotAccepted


def locked(ecosystem: Ecosystem) -> Ecosystem:
    """The row as it is now, held until the transaction ends: what concerns its people happens one after another."""
    row = Ecosystem.objects.select_for_update(of=("self",)).select_related("parent", "organisation")
    return row.get(pk=ecosystem.pk)


def require_allowed(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed


def require_rules(ecosystem: Ecosystem, accepted: int) -> None:
    """Raises RulesNotAccepted unless `accepted` is the version that holds now."""
    if has_rules(ecosystem) and accepted != ecosystem.rules_version:
        raise RulesNotAccepted
