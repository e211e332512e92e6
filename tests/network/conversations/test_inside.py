"""The prepared subquery of where somebody is inside says what `Ecosystem.objects.inside` says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from network.conversations.inside import ecosystems_inside
from network.ecosystems.models import CompanyMembership, Ecosystem, Participation
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db


def inside(user: User, on: date) -> set[str]:
    prepared = Ecosystem.objects.filter(pk__in=ecosystems_inside(user, on))
    by_rule = Ecosystem.objects.inside(user, on)
    names = set(prepared.values_list("name", flat=True))
    assert names == set(by_rule.values_list("name", flat=True))
    return names


def test_by_person_and_by_day() -> None:
    today = timezone.localdate()
    company = Organisation.objects.create(name="Stroom", slug="stroom")
    trees = {
        name: Ecosystem.objects.create(organisation=company, name=name, slug=name)
        for name in ("kring", "ver")
    }
    group = Ecosystem.objects.create(organisation=company, name="groep", slug="groep", parent=trees["kring"])
    manager, member, guest, stranger = (User.objects.create_user(f"{name}@x.example") for name in "abcd")
    Membership.objects.create(organisation=company, user=manager, role="manager")
    Membership.objects.create(organisation=company, user=member, ends_on=today + timedelta(days=3))
    belongs = CompanyMembership.objects.create(ecosystem=trees["kring"], organisation=company)
    Participation.objects.create(ecosystem=trees["kring"], user=member, company=belongs)
    Participation.objects.create(ecosystem=group, user=member, company=belongs)
    Participation.objects.create(ecosystem=trees["ver"], user=guest, guest_until=today)

    assert inside(manager, today) == {"kring", "ver", "groep"}
    assert inside(member, today) == {"kring", "groep"}
    assert inside(member, today + timedelta(days=4)) == set()
    assert inside(guest, today) == {"ver"}
    assert inside(guest, today + timedelta(days=1)) == set()
    assert inside(stranger, today) == set()
