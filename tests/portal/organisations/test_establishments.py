"""Where an organisation works."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal.accounts.models import User
from portal.organisations.models import Establishment, Organisation
from tests.factories.pages import Portal
from tests.factories.taxonomy import CoropFactory
from tests.portal.organisations.people import EDITOR, browser_of, join, make_organisation

pytestmark = pytest.mark.django_db
BASE = "/organisaties/kozijnfabriek-de-lat/beheer/vestigingen/"


def test_an_editor_adds_changes_and_removes_one(portal: Portal, organisation: Organisation) -> None:
    client = browser_of(join(organisation, role=EDITOR).user)
    region = CoropFactory.create()
    values = {"name": "Zagerij", "place": "Ommen", "region": region.pk}
    for _time in range(2):
        assert client.post(f"{BASE}nieuw/", values).status_code == 302
    row = Establishment.objects.get()
    client.post(f"{BASE}{row.pk}/", {**values, "place": "Hardenberg"})
    row.refresh_from_db()
    assert (row.place, row.region) == ("Hardenberg", region)
    assert "Hardenberg" in Client().get("/organisaties/kozijnfabriek-de-lat/").content.decode()
    # It is found in the province, though the organisation itself names none.
    assert "De Lat" in Client().get("/organisaties/?regio=PV23").content.decode()
    for _time in range(2):
        assert client.post(f"{BASE}{row.pk}/weg/").status_code == 302
    assert not Establishment.objects.exists()


def test_a_new_main_one_takes_the_place_of_the_first(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    client = browser_of(manager)
    for place in ("Ommen", "Zwolle"):
        client.post(f"{BASE}nieuw/", {"name": "Kantoor", "place": place, "is_main": "on"})
    found = dict(Establishment.objects.values_list("place", "is_main"))
    assert found == {"Ommen": False, "Zwolle": True}
    with pytest.raises(IntegrityError), transaction.atomic():
        Establishment.objects.update(is_main=True)


def test_a_province_is_no_region_of_an_establishment(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    province = CoropFactory.create().parent
    values = {"name": "Kantoor", "place": "Zwolle", "region": province.pk}
    page = browser_of(manager).post(f"{BASE}nieuw/", values).content.decode()
    assert "error-summary" in page
    assert 'value="Zwolle"' in page
    assert not Establishment.objects.exists()


def test_that_of_another_company_is_out_of_reach(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    row = Establishment.objects.create(organisation=make_organisation("Elders"), name="X", place="Y")
    client = browser_of(manager)
    assert client.get(f"{BASE}{row.pk}/").status_code == 404
    client.post(f"{BASE}{row.pk}/weg/")
    assert Establishment.objects.filter(pk=row.pk).exists()
