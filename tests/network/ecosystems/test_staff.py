"""The staff admin: founding an ecosystem for an organisation goes through the service, and nothing is deleted."""

from __future__ import annotations

import pytest
from django.test import Client

from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from tests.factories.pages import Portal
from tests.network.ecosystems.conftest import Circle
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db
ADMIN = "/beheer/snippets/ecosystems/ecosystem/"


@pytest.fixture
def staff(portal: Portal) -> Client:
    return browser_of(User.objects.create_superuser("baas@portaal.example", name="Baas"))


def found(staff: Client, circle: Circle, **values: str) -> str:
    typed = {
        "organisation": str(circle.stroomhuis.pk),
        "name": "Nieuwe kring",
        "summary": "",
        "about": "",
        "visibility": "members",
        "joining": "request",
        **values,
    }
    return staff.post(f"{ADMIN}add/", typed, follow=True).content.decode()


def test_founding(staff: Client, circle: Circle) -> None:
    found(staff, circle, name="  Nieuwe   kring ")
    made = Ecosystem.objects.get(slug="nieuwe-kring")
    assert (made.name, made.organisation, made.parent) == ("Nieuwe kring", circle.stroomhuis, None)
    assert "Er is al een ecosysteem" in found(staff, circle, name="nieuwe kring")
    assert "alleen op uitnodiging" in found(staff, circle, name="Stille kring", visibility="hidden")
    assert Ecosystem.objects.filter(parent=None).count() == 2


def test_the_list_counts_companies_and_can_be_narrowed(staff: Client, circle: Circle) -> None:
    page = staff.get(ADMIN).content.decode()
    assert "ElektroKring" in page and "Lassen" in page
    hidden = staff.get(f"{ADMIN}?visibility=hidden").content.decode()
    assert "ElektroKring" not in hidden.split("<main")[1]


def test_nothing_is_deleted(staff: Client, circle: Circle) -> None:
    staff.post(f"{ADMIN}delete/{circle.sibling.pk}/")
    assert Ecosystem.objects.filter(pk=circle.sibling.pk).exists()
    assert f"{ADMIN}delete/" not in staff.get(ADMIN).content.decode()
