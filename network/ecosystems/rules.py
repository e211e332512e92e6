"""Who may do what in an ecosystem; each a question to the database, asked by services and screens alike."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from network.ecosystems.models import Ecosystem, Participation
from portal.accounts.models import User
from portal.joining.services import Limits
from portal.organisations.models import Membership, Organisation

INVITATIONS = Limits(at_once=50, open=300, a_day=200)
MOST_OPEN_REQUESTS = 5  # of one person
MOST_REQUESTS_A_MONTH = 3  # of one person to one ecosystem
MOST_GUEST_DAYS = 366
QUIET_DAYS = 90  # who didn't sign in for so long is shown as inactive to managers


def is_inside(user: Any, ecosystem: Ecosystem) -> bool:
    return Ecosystem.objects.inside(user, timezone.localdate()).filter(pk=ecosystem.pk).exists()


def is_known_to(user: Any, ecosystem: Ecosystem) -> bool:
    return Ecosystem.objects.visible_to(user).filter(pk=ecosystem.pk).exists()


def can_manage(user: Any, ecosystem: Ecosystem) -> bool:
    return Ecosystem.objects.managed_by(user, timezone.localdate()).filter(pk=ecosystem.pk).exists()


def can_take_part(user: Any, ecosystem: Ecosystem) -> bool:
    """May this person join without being asked: an open ecosystem that they may know of, and of a group its parent."""
    return ecosystem.joining == Ecosystem.Joining.OPEN and _can_come_near(user, ecosystem)


def can_ask(user: Any, ecosystem: Ecosystem) -> bool:
    """May this person put themselves before the managers."""
    return ecosystem.joining == Ecosystem.Joining.REQUEST and _can_come_near(user, ecosystem)


def _can_come_near(user: Any, ecosystem: Ecosystem) -> bool:
    if ecosystem.closed_at is not None or not is_known_to(user, ecosystem):
        return False
    return ecosystem.parent is None or is_inside(user, ecosystem.parent)


def runs_organisation(user: Any, organisation: Organisation) -> bool:
    """A manager of the organisation itself."""
    mine = Membership.objects.current(timezone.localdate()).filter(user=user, organisation=organisation)
    return bool(mine.filter(role=Membership.Role.MANAGER).exists())


def managers_of(ecosystem: Ecosystem) -> list[User]:
    """Those of the ecosystem, of its parent and of the organisation that it belongs to."""
    today = timezone.localdate()
    here = Q(ecosystem=ecosystem) | Q(ecosystem=ecosystem.parent_id, ecosystem__isnull=False)
    taking_part = Participation.objects.active(today).filter(here, role=Participation.Role.MANAGER)
    running = Membership.objects.current(today).managers().filter(organisation=ecosystem.organisation_id)
    wanted = Q(pk__in=taking_part.order_by().values("user")) | Q(pk__in=running.order_by().values("user"))
    return list(User.objects.filter(wanted, is_active=True).order_by("name", "pk"))


def has_rules(ecosystem: Ecosystem) -> bool:
    return bool(ecosystem.house_rules.strip())


def must_accept_rules(participation: Participation) -> bool:
    """Are there house rules that this person has not accepted as they are now?"""
    ecosystem = participation.ecosystem
    return has_rules(ecosystem) and participation.rules_version < ecosystem.rules_version


def needs_rules(user: Any, ecosystem: Ecosystem) -> Participation | None:
    """The person's participation, where they must accept the house rules before anything else; else None."""
    if not has_rules(ecosystem):
        return None
    mine = Participation.objects.active(timezone.localdate()).filter(user=user, ecosystem=ecosystem)
    return mine.filter(rules_version__lt=ecosystem.rules_version).select_related("ecosystem").first()
