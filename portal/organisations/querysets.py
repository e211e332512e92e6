"""Sets of organisations, and of who belongs to them; what a person sees starts from `.visible_to(user)`."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.joining import querysets as joining
from portal.organisations.appearances import appearing
from portal.organisations.names import fold_name

if TYPE_CHECKING:
    from portal.organisations.models import (  # noqa: F401 - names of the generic parameters
        Invitation,
        JoinRequest,
        Membership,
        Organisation,
        OrganisationEvent,
    )
    from portal.taxonomy.models import Region, Sector

SEE_ALL = "organisations.view_organisation"


def sees_all(user: Any) -> bool:
    """Staff who look after organisations."""
    return bool(getattr(user, "is_active", False) and user.has_perm(SEE_ALL)) if is_staff(user) else False


def is_staff(user: Any) -> bool:
    return bool(getattr(user, "is_staff", False) or getattr(user, "is_superuser", False))


def is_person(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def standing(self) -> OrganisationQuerySet:
        """All but those that went into another one."""
        return self.filter(merged_into=None)

    def merged(self) -> OrganisationQuerySet:
        return self.exclude(merged_into=None)

    def public(self) -> OrganisationQuerySet:
        """Verified by staff, or made by them and named by something that everybody may read.

        What members founded is for their own people until staff have looked at it.
        """
        return self.standing().filter(_public())

    def visible_to(self, user: Any) -> OrganisationQuerySet:
        """Public ones for everybody; those that nobody verified yet for their own people and for staff.

        What staff made for what isn't published yet stands in the staff admin alone.
        """
        if not is_person(user):
            return self.public()
        seen = _public() | Q(pk__in=_own(user))
        return self.standing().filter(seen | Q(origin="member") if sees_all(user) else seen)

    def of(self, user: Any) -> OrganisationQuerySet:
        """Those that `user` belongs to today."""
        return self.standing().filter(pk__in=_own(user)) if is_person(user) else self.none()

    def named(self, name: str) -> OrganisationQuerySet:
        """Of this name, whatever its capitals and accents; merged ones too, since their names stay taken."""
        return self.filter(name_key=fold_name(name))

    def with_name_like(self, text: str) -> OrganisationQuerySet:
        return self.filter(name_key__contains=fold_name(text))

    def in_sector(self, sector: Sector) -> OrganisationQuerySet:
        """In the sector or in what lies below it, three levels deep."""
        return self.filter(
            Q(sector=sector) | Q(sector__parent=sector) | Q(sector__parent__parent=sector)
            | Q(sector__parent__parent__parent=sector)
        )  # fmt: skip

    def in_region(self, region: Region) -> OrganisationQuerySet:
        """In the region or in a part of it, itself or with one of its establishments."""
        places = _rows("Establishment").filter(organisation=OuterRef("pk"))
        here = places.filter(Q(region=region) | Q(region__parent=region))
        return self.filter(Q(region=region) | Q(region__parent=region) | Exists(here))

    def without_manager(self, on: datetime.date) -> OrganisationQuerySet:
        """Those that people joined, and that nobody can manage on the day `on`.

        An organisation that only a case names never had people, and lacks nobody.
        """
        people = _memberships().filter(organisation=OuterRef("pk"))
        managers = people.current(on).filter(role="manager", user__is_active=True)
        joined = _rows("OrganisationEvent").filter(
            organisation=OuterRef("pk"), kind__in=["founded", "joined"]
        )
        return self.standing().filter(Exists(people) | Exists(joined)).exclude(Exists(managers))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: datetime.date) -> MembershipQuerySet:
        """Memberships in force on the day `on`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def managers(self) -> MembershipQuerySet:
        """Of people who can still sign in."""
        return self.filter(role="manager", user__is_active=True)

    def by_rank(self) -> MembershipQuerySet:
        """Managers first, then by name."""
        rank = models.Case(
            models.When(role="manager", then=models.Value(0)),
            models.When(role="editor", then=models.Value(1)),
            default=models.Value(2),
            output_field=models.IntegerField(),
        )
        return self.order_by(rank, "user__name", "pk")

    def visible_to(self, user: Any) -> MembershipQuerySet:
        """Everybody's who is in force and wants to be seen; besides one's own, and those of one's own organisations."""
        today = _today()
        if sees_all(user):
            return self.filter(organisation__merged_into=None)
        shown = _rows("Organisation").visible_to(user)
        listed = Q(is_listed=True, user__is_active=True, organisation__in=shown) & _in_force(today)
        if not is_person(user):
            return self.filter(listed)
        return self.filter(listed | Q(user=user) | Q(organisation__in=_own(user)))


class InvitationQuerySet(joining.InvitationQuerySet["Invitation"]):
    def visible_to(self, user: Any) -> InvitationQuerySet:
        """Those of the organisations that `user` manages."""
        return self.filter(organisation__in=_managed(user))


class JoinRequestQuerySet(joining.RequestQuerySet["JoinRequest"]):
    def visible_to(self, user: Any) -> JoinRequestQuerySet:
        """One's own, and those of the organisations that one manages."""
        if not is_person(user):
            return self.none()
        return self.filter(Q(user=user) | Q(organisation__in=_managed(user)))


class OrganisationEventQuerySet(models.QuerySet["OrganisationEvent"]):
    """What happened stays: rows are added, never changed or removed by code."""

    def update(self, **values: Any) -> int:
        raise TypeError("the log of an organisation is only added to")

    def delete(self) -> Any:
        raise TypeError("the log of an organisation is only added to")

    def carry_over(self, organisation: Organisation) -> int:
        """To the organisation that the one it was about went into: the one thing that may change."""
        return super().update(organisation=organisation)

    def visible_to(self, user: Any) -> OrganisationEventQuerySet:
        if sees_all(user):
            return self
        return self.filter(organisation__in=_managed(user))


def _public() -> Q:
    return Q(verified_at__isnull=False) | (Q(origin="staff") & appearing())


def _rows(model: str) -> Any:
    return apps.get_model("organisations", model).objects


def _memberships() -> Any:
    return _rows("Membership")


def _today() -> datetime.date:
    return timezone.localdate()


def _in_force(on: datetime.date) -> Q:
    return Q(ends_on__isnull=True) | Q(ends_on__gte=on)


def _own(user: Any) -> Any:
    return _memberships().filter(user=user).current(_today()).values("organisation")


def _managed(user: Any) -> Any:
    if not is_person(user):
        return _memberships().none().values("organisation")
    return _memberships().filter(user=user, role="manager").current(_today()).values("organisation")
