"""Through which of their companies a person may come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from network.ecosystems.models import CompanyMembership, Ecosystem
from portal.organisations.models import Membership, Organisation


@dataclass(frozen=True, slots=True)
class Companies:
    """Own companies: those that belong, those that one may let belong, and those whose managers have to do that."""

    belonging: tuple[Organisation, ...] = ()
    own: tuple[Organisation, ...] = ()
    others: tuple[Organisation, ...] = ()

    @property
    def usable(self) -> tuple[Organisation, ...]:
        return (*self.belonging, *self.own)


def companies_of(user: Any, ecosystem: Ecosystem) -> Companies:
    """None for a working group: one takes part there as in its parent."""
    if ecosystem.is_group:
        return Companies()
    mine = Membership.objects.filter(user=user, organisation__merged_into=None).current(timezone.localdate())
    rows = list(mine.select_related("organisation").order_by("organisation__name_key", "pk"))
    known = CompanyMembership.objects.current().filter(ecosystem=ecosystem)
    inside = set(
        known.filter(organisation__in=[row.organisation_id for row in rows]).values_list(
            "organisation", flat=True
        )
    )
    belonging = [row.organisation for row in rows if row.organisation_id in inside]
    outside = [row for row in rows if row.organisation_id not in inside]
    runs = [row.organisation for row in outside if row.role == Membership.Role.MANAGER]
    others = [row.organisation for row in outside if row.role != Membership.Role.MANAGER]
    return Companies(tuple(belonging), tuple(runs), tuple(others))
