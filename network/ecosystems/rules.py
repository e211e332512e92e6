"""Who may do what in an ecosystem; each a question to the database, asked by services and screens alike."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from network.ecosystems.models import Ecosystem, Participation
from portal.organisations.models import Membership, Organisation


def is_inside(user: Any, ecosystem: Ecosystem) -> bool:
    return Ecosystem.objects.inside(user, timezone.localdate()).filter(pk=ecosystem.pk).exists()


def can_manage(user: Any, ecosystem: Ecosystem) -> bool:
    return Ecosystem.objects.managed_by(user, timezone.localdate()).filter(pk=ecosystem.pk).exists()


def can_take_part(user: Any, ecosystem: Ecosystem) -> bool:
    """May this person join without being asked: an open ecosystem that they may know of, and of a group its parent."""
    if ecosystem.closed_at is not None or ecosystem.joining != Ecosystem.Joining.OPEN:
        return False
    if not Ecosystem.objects.visible_to(user).filter(pk=ecosystem.pk).exists():
        return False
    return ecosystem.parent is None or is_inside(user, ecosystem.parent)


def runs_organisation(user: Any, organisation: Organisation) -> bool:
    """A manager of the organisation itself."""
    mine = Membership.objects.current(timezone.localdate()).filter(user=user, organisation=organisation)
    return bool(mine.filter(role=Membership.Role.MANAGER).exists())


def must_accept_rules(participation: Participation) -> bool:
    """Are there house rules that this person has not accepted as they are now?"""
    ecosystem = participation.ecosystem
    return bool(ecosystem.house_rules.strip()) and participation.rules_version < ecosystem.rules_version
