"""Ecosystems, the companies that belong to them, the people who take part, and the ways in."""

from network.ecosystems.models.belonging import CompanyMembership, Participation
from network.ecosystems.models.ecosystems import RESERVED_SLUGS, Ecosystem
from network.ecosystems.models.joining import EcosystemInvitation, JoinRequest

__all__ = [
    "RESERVED_SLUGS",
    "CompanyMembership",
    "Ecosystem",
    "EcosystemInvitation",
    "JoinRequest",
    "Participation",
]
