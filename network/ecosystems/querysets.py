"""Who takes part where, today; and which ecosystems a person may know of."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from network.ecosystems import prepared
from portal.joining import querysets as joining

if TYPE_CHECKING:
    from network.ecosystems.models import (  # noqa: F401 - names of the generic parameters
        CompanyMembership,
        Ecosystem,
        EcosystemInvitation,
        JoinRequest,
        Participation,
    )


def is_person(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def standing(self, on: datetime.date) -> ParticipationQuerySet:
        """Those that hold on the day `on`, as far as the row and its company go.

        Through a company only as long as the company belongs and the person belongs to the company: who leaves either
        is out at once, whether or not anybody ended the row.
        """
        membership = apps.get_model("organisations", "Membership")
        employed = membership.objects.current(on).filter(
            user=OuterRef("user"), organisation=OuterRef("company__organisation")
        )
        return self.filter(
            Q(guest_until__gte=on) | Q(Exists(employed), company__ended_at=None, company__isnull=False),
            ended_at=None,
        )

    def active(self, on: datetime.date) -> ParticipationQuerySet:
        """Those that hold on the day `on`; in a working group only together with that in its parent."""
        above = self.model._default_manager.standing(on).filter(  # type: ignore[attr-defined] # made from this class
            user=OuterRef("user"), ecosystem=OuterRef("ecosystem__parent")
        )
        return self.standing(on).filter(Q(ecosystem__parent=None) | Exists(above))

    def visible_to(self, user: Any) -> ParticipationQuerySet:
        """Who takes part where one is oneself; besides, one's own."""
        if not is_person(user):
            return self.none()
        inside = apps.get_model("ecosystems", "Ecosystem").objects.inside(user, timezone.localdate())
        return self.filter(Q(user=user) | Q(ecosystem__in=inside))


class CompanyMembershipQuerySet(models.QuerySet["CompanyMembership"]):
    def current(self) -> CompanyMembershipQuerySet:
        return self.filter(ended_at=None)

    def visible_to(self, user: Any) -> CompanyMembershipQuerySet:
        """Which companies belong is for who takes part; of a public ecosystem for everybody."""
        public = Q(ecosystem__visibility="public")
        if not is_person(user):
            return self.filter(public)
        return self.filter(public | Q(ecosystem__in=prepared.inside(user, timezone.localdate())))


class EcosystemRequestQuerySet(joining.RequestQuerySet["JoinRequest"]):
    def visible_to(self, user: Any) -> EcosystemRequestQuerySet:
        """One's own, and those of the ecosystems that one manages."""
        if not is_person(user):
            return self.none()
        return self.filter(Q(user=user) | Q(ecosystem__in=_managed(user)))


class EcosystemInvitationQuerySet(joining.InvitationQuerySet["EcosystemInvitation"]):
    def visible_to(self, user: Any) -> EcosystemInvitationQuerySet:
        """Those of the ecosystems that one manages."""
        return self.filter(ecosystem__in=_managed(user))


def _managed(user: Any) -> Any:
    """For `ecosystem__in`; nothing for who isn't signed in."""
    return prepared.managed(user, timezone.localdate()) if is_person(user) else []


class EcosystemQuerySet(models.QuerySet["Ecosystem"]):
    def open(self) -> EcosystemQuerySet:
        return self.filter(closed_at=None)

    def managed_by(self, user: Any, on: datetime.date) -> EcosystemQuerySet:
        """Managers of an ecosystem, of its parent, or of the organisation that it belongs to."""
        return self.filter(pk__in=prepared.managed(user, on)) if is_person(user) else self.none()

    def inside(self, user: Any, on: datetime.date) -> EcosystemQuerySet:
        """Where the person takes part or manages: what is said there is theirs to read."""
        return self.filter(pk__in=prepared.inside(user, on)) if is_person(user) else self.none()

    def visible_to(self, user: Any) -> EcosystemQuerySet:
        """Those that the person may know of; what is said there is another matter (`inside`).

        A working group is known to who takes part in its parent, and where both are public to everybody; a hidden one
        to nobody but who takes part in it or manages it.
        """
        public = Q(visibility="public") & (Q(parent=None) | Q(parent__visibility="public"))
        if not is_person(user):
            return self.filter(public)
        inside = prepared.inside(user, timezone.localdate())
        known = ~Q(visibility="hidden") & (Q(parent__in=inside) | Q(parent=None, visibility="members"))
        return self.filter(public | known | Q(pk__in=inside))
