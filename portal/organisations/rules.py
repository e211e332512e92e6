"""Who may do what in an organisation. Asked of a membership that is in force today; None is who doesn't belong to it.

A role holds in one organisation: who manages a holding doesn't manage what lies below it.
"""

from __future__ import annotations

import datetime
from typing import Any

from portal.joining.services import Limits
from portal.organisations.models import Membership, Organisation
from portal.organisations.querysets import is_staff

Role = Membership.Role
RANK = {Role.MEMBER.value: 1, Role.EDITOR.value: 2, Role.MANAGER.value: 3}

INVITATIONS = Limits(at_once=50, open=100, a_day=200)
# Anybody may found an organisation and call it what they like, and each of these is a mail to a stranger.
UNVERIFIED_INVITATIONS = Limits(at_once=25, open=25, a_day=25)
MOST_FOUNDED_A_DAY = 3  # by one person
MOST_OPEN_REQUESTS = 5  # of one person
MOST_REQUESTS_A_MONTH = 3  # of one person to one organisation
MOST_DOMAINS = 10
MOST_ESTABLISHMENTS = 100

CHANGE = "organisations.change_organisation"
DELETE = "organisations.delete_organisation"


def higher_role(one: str, other: str) -> str:
    return one if RANK[one] >= RANK[other] else other


def is_manager(membership: Membership | None) -> bool:
    return membership is not None and membership.role == Role.MANAGER


def can_edit_organisation(membership: Membership | None) -> bool:
    """Its details and establishments."""
    return membership is not None and RANK[membership.role] >= RANK[Role.EDITOR]


def invitation_limits(organisation: Organisation) -> Limits:
    return INVITATIONS if organisation.verified_at is not None else UNVERIFIED_INVITATIONS


def can_invite(membership: Membership | None) -> bool:
    return is_manager(membership)


def can_decide_requests(membership: Membership | None) -> bool:
    return is_manager(membership)


def can_change_roles(membership: Membership | None) -> bool:
    return is_manager(membership)


def can_propose_domains(membership: Membership | None) -> bool:
    return is_manager(membership)


def can_see_members(membership: Membership | None) -> bool:
    """All of them, also who isn't shown to others; their addresses are for managers."""
    return membership is not None


def can_export_members(membership: Membership | None) -> bool:
    return is_manager(membership)


def can_rename(membership: Membership | None, organisation: Organisation) -> bool:
    """What staff verified is who it is: name and KvK number are theirs to change from then on."""
    return can_edit_organisation(membership) and organisation.verified_at is None


def can_fill_kvk_number(membership: Membership | None, organisation: Organisation) -> bool:
    """An empty one may be filled in at any time."""
    if not can_edit_organisation(membership):
        return False
    return not organisation.kvk_number or can_rename(membership, organisation)


def can_verify(user: Any) -> bool:
    """Verify, appoint a manager, confirm a domain, say what its holding is."""
    return is_staff(user) and bool(user.is_active and user.has_perm(CHANGE))


def can_merge(user: Any) -> bool:
    """It can't be undone, so it asks what deleting asks."""
    return is_staff(user) and bool(user.is_active and user.has_perm(DELETE))


def is_last_manager(membership: Membership, managers: int) -> bool:
    """`managers`: how many the organisation has today, this one included."""
    return membership.role == Role.MANAGER and managers <= 1


def is_current(ends_on: datetime.date | None, on: datetime.date) -> bool:
    return ends_on is None or ends_on >= on
