from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from portal.organisations.models import Membership, Organisation  # noqa: F401 - names of the generic parameters


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: Any) -> OrganisationQuerySet:
        """Organisations are public: name, kind and sector are what a case already shows."""
        return self


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: datetime.date) -> MembershipQuerySet:
        """Memberships in force on the day `on`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def visible_to(self, user: Any) -> MembershipQuerySet:
        """A person sees their own memberships; who else belongs to a company is shown once people can choose that."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(user=user)
