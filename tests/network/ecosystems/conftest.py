"""ElektroKring of Stroomhuis: two companies, a working group and a sibling, a guest and an outsider. All fictional."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from network.ecosystems.models import CompanyMembership, Ecosystem
from network.ecosystems.services import admit_company, found_ecosystem, take_part
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from tests.factories.pages import Portal, make_portal
from tests.portal.organisations.people import browser_of, make_person
from tests.scenes import scene


def person(name: str) -> User:
    return make_person(name.title(), f"{name}@voorbeeld.example")


def company(name: str, *people: User, role: str = "member") -> Organisation:
    """One that staff verified, so that everybody may know of it."""
    made = Organisation.objects.create(
        name=name, slug=name.lower().replace(" ", "-"), verified_at=timezone.now()
    )
    for each in people:
        Membership.objects.create(organisation=made, user=each, role=role)
    return made


@pytest.fixture
def portal(db: None) -> Portal:
    return make_portal()


def address(ecosystem: Ecosystem, rest: str = "") -> str:
    return f"/ecosystemen/{ecosystem.slug}/{rest}"


def read(user: User | None, path: str, status: int = 200) -> str:
    response = browser_of(user).get(path)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return unescape(response.content.decode())


def send(user: User | None, path: str, status: int = 200, **values: Any) -> str:
    """The page that comes after the form; `status` of the last answer."""
    response = browser_of(user).post(path, values, follow=True)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return unescape(response.content.decode())


def change(ecosystem: Ecosystem, **values: Any) -> Ecosystem:
    """As if somebody had set it up so from the beginning."""
    Ecosystem.objects.filter(pk=ecosystem.pk).update(**values)
    ecosystem.refresh_from_db()
    return ecosystem


@dataclass
class Circle:
    host: User
    anna: User
    bram: User
    guest: User
    outsider: User
    stroomhuis: Organisation
    anna_bv: Organisation
    bram_bv: Organisation
    kring: Ecosystem
    group: Ecosystem
    sibling: Ecosystem

    def take_part(self, user: User, ecosystem: Ecosystem | None = None, **values: Any) -> Any:
        return take_part(ecosystem or self.kring, user=user, by=self.host, **values)

    def company_row(self, organisation: Organisation) -> CompanyMembership:
        return CompanyMembership.objects.current().get(ecosystem=self.kring, organisation=organisation)


@pytest.fixture
def circle(db: None) -> Circle:
    return make_circle()


@scene(User, Organisation)
def make_circle() -> Circle:
    host, anna, bram, guest, outsider = (person(name) for name in ("host", "anna", "bram", "gast", "buiten"))
    stroomhuis = company("Stroomhuis", host, role="manager")
    anna_bv, bram_bv = company("Anna BV", anna), company("Bram BV", bram)
    kring = found_ecosystem(organisation=stroomhuis, name="ElektroKring", by=host)
    group = found_ecosystem(organisation=stroomhuis, name="Lassen", by=host, parent=kring)
    sibling = found_ecosystem(organisation=stroomhuis, name="Plannen", by=host, parent=kring)
    circle = Circle(host, anna, bram, guest, outsider, stroomhuis, anna_bv, bram_bv, kring, group, sibling)
    for organisation in (anna_bv, bram_bv):
        admit_company(kring, organisation=organisation, by=host)
    circle.take_part(anna)
    circle.take_part(bram)
    circle.take_part(guest, guest_until=timezone.localdate() + datetime.timedelta(days=30))
    circle.take_part(anna, group)
    circle.take_part(bram, sibling)
    return circle
