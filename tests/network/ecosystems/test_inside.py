"""Where somebody is inside and what they manage, by person and by day: the SQL is made once, for whoever asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from network.ecosystems.models import CompanyMembership, Ecosystem, Participation
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db


def inside(user: User | AnonymousUser, on: date) -> set[str]:
    return set(Ecosystem.objects.inside(user, on).values_list("name", flat=True))


def managed(user: User | AnonymousUser, on: date) -> set[str]:
    return set(Ecosystem.objects.managed_by(user, on).values_list("name", flat=True))


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

    assert managed(manager, today) == {"kring", "ver", "groep"}
    assert managed(member, today) == managed(guest, today) == managed(stranger, today) == set()
    Participation.objects.filter(ecosystem=trees["kring"], user=member).update(role="manager")
    assert managed(member, today) == {"kring", "groep"}
    assert managed(member, today + timedelta(days=4)) == set()


def test_for_who_is_not_signed_in_or_not_any_more_there_is_nothing() -> None:
    today = timezone.localdate()
    company = Organisation.objects.create(name="Stroom", slug="stroom")
    Ecosystem.objects.create(organisation=company, name="kring", slug="kring")
    gone = User.objects.create_user("weg@x.example", is_active=False)
    Membership.objects.create(organisation=company, user=gone, role="manager")
    for user in (gone, AnonymousUser()):
        assert inside(user, today) == managed(user, today) == set()
