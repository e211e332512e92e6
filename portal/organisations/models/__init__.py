"""Organisations and their members. Roles belong to the organisation and survive people who leave."""

from portal.organisations.models.belonging import Invitation, JoinRequest, Membership
from portal.organisations.models.log import OrganisationEvent
from portal.organisations.models.organisations import (
    KVK_NUMBER,
    RESERVED_SLUGS,
    EmailDomain,
    Establishment,
    Organisation,
)

__all__ = [
    "KVK_NUMBER",
    "RESERVED_SLUGS",
    "EmailDomain",
    "Establishment",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Organisation",
    "OrganisationEvent",
]
