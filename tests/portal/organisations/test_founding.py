"""Founding an organisation, and changing what it says of itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.models import Membership, Organisation
from portal.organisations.services import (
    Details,
    NameTaken,
    NotAllowed,
    Refused,
    found_organisation,
    merge_organisations,
    set_holding,
    verify_organisation,
    withdraw_verification,
)
from tests.factories.pages import Portal
from tests.factories.taxonomy import OrganisationFactory
from tests.portal.organisations.people import (
    EDITOR,
    MANAGER,
    browser_of,
    join,
    log_of,
    mails,
    make_organisation,
    make_person,
    make_staff,
    membership,
)

pytestmark = pytest.mark.django_db


def test_who_founds_it_manages_it_and_nobody_else_sees_it(portal: Portal) -> None:
    founder = make_person()
    client = browser_of(founder)
    response = client.post("/organisaties/nieuw/", {"name": "  Café   't Hoekje ", "kind": "company"})
    organisation = Organisation.objects.get()
    assert response["Location"] == "/organisaties/cafe-t-hoekje/beheer/"
    assert (organisation.name, organisation.origin) == ("Café 't Hoekje", "member")
    assert membership(organisation, founder).role == MANAGER
    assert log_of(organisation) == ["founded"]
    page = client.get("/organisaties/cafe-t-hoekje/")
    assert "Alleen jullie zien deze pagina" in page.content.decode()
    assert Client().get("/organisaties/cafe-t-hoekje/").status_code == 404


def test_the_same_form_twice_founds_once(portal: Portal) -> None:
    client = browser_of(make_person())
    first = client.post("/organisaties/nieuw/", {"name": "Dubbel BV", "kind": "company"})
    second = client.post("/organisaties/nieuw/", {"name": "Dubbel BV", "kind": "company"})
    assert first["Location"] == second["Location"]
    assert (Organisation.objects.count(), Membership.objects.count()) == (1, 1)
    assert log_of(Organisation.objects.get()) == ["founded"]


@pytest.mark.parametrize("name", ["Cafe 't Hoekje", "CAFÉ 'T HOEKJE", "café  't hoekje"])
def test_a_name_that_is_there_is_refused_with_the_way_to_join(portal: Portal, name: str) -> None:
    make_organisation("Café 't Hoekje")
    response = browser_of(make_person()).post("/organisaties/nieuw/", {"name": name, "kind": "company"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Er is al een organisatie met deze naam of dit KvK-nummer." in page
    assert 'href="/organisaties/cafe-t-hoekje/aanvragen/"' in page
    assert 'value="' in page
    assert Organisation.objects.count() == 1


def test_a_kvk_number_that_is_there_is_refused_too(portal: Portal) -> None:
    OrganisationFactory.create(name="Staal NV", kvk_number="12345678", verified_at=timezone.now())
    values = {"name": "Heel anders", "kind": "company", "kvk_number": "1234 5678"}
    page = browser_of(make_person()).post("/organisaties/nieuw/", values).content.decode()
    assert 'href="/organisaties/staal-nv/aanvragen/"' in page


def test_a_taken_name_of_a_hidden_one_names_nothing(portal: Portal) -> None:
    make_organisation("Kanariepiet Techniek", is_public=False)
    values = {"name": "kanariepiet techniek", "kind": "company"}
    page = browser_of(make_person()).post("/organisaties/nieuw/", values).content.decode()
    assert "Vraag een collega om je uit te nodigen, of vraag het ons." in page
    assert "Kanariepiet" not in page
    assert "/aanvragen/" not in page


def test_what_went_into_another_leads_there(portal: Portal) -> None:
    old, new = OrganisationFactory.create(name="Oud BV"), OrganisationFactory.create(name="Nieuw BV")
    merge_organisations(old, into=new, by=make_staff(), reason="Overname")
    with pytest.raises(NameTaken) as refused:
        found_organisation(Details(name="oud bv"), by=make_person())
    assert refused.value.organisation == new


@pytest.mark.parametrize("name", ["", "   ", "-- !!", "\u0301", "x" * 201])
def test_a_name_without_a_name_is_refused_in_words(portal: Portal, name: str) -> None:
    response = browser_of(make_person()).post("/organisaties/nieuw/", {"name": name, "kind": "company"})
    assert (response.status_code, Organisation.objects.count()) == (200, 0)
    assert "error-summary" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kvk_number", "1234567", "Een KvK-nummer heeft acht cijfers."),
        ("kvk_number", "١٢٣٤٥٦٧٨", "Een KvK-nummer heeft acht cijfers."),
        ("website", "javascript:alert(1)", "geldige URL"),
        ("kind", "staatsgreep", "staatsgreep"),
        ("sector", "999999", "keuze"),
    ],
)
def test_bad_input_comes_back_as_typed(portal: Portal, field: str, value: str, said: str) -> None:
    values = {"name": "Getypte Naam", "kind": "company", "description": "Blijft staan", field: value}
    page = browser_of(make_person()).post("/organisaties/nieuw/", values).content.decode()
    assert said in page
    assert "Getypte Naam" in page
    assert "Blijft staan" in page
    assert not Organisation.objects.exists()


def test_nobody_founds_dozens_a_day() -> None:
    founder = make_person()
    for number in range(rules.MOST_FOUNDED_A_DAY):
        found_organisation(Details(name=f"Bedrijf nummer {number}"), by=founder)
    with pytest.raises(Refused, match="vandaag al genoeg"):
        found_organisation(Details(name="Nog een"), by=founder)


def test_nieuw_is_no_address_of_an_organisation() -> None:
    assert found_organisation(Details(name="Nieuw"), by=make_person()).slug == "nieuw-2"


def test_names_that_make_the_same_address_get_their_own() -> None:
    slugs = {found_organisation(Details(name=name), by=make_person()).slug for name in ("A B", "A-B", "A+ B")}
    assert slugs == {"a-b", "a-b-2", "a-b-3"}


# --- details


def details(**values: str) -> dict[str, str]:
    return {"name": "Kozijnfabriek De Lat", "kind": "company", **values}


def test_an_editor_keeps_the_details(portal: Portal, organisation: Organisation) -> None:
    Organisation.objects.update(verified_at=None, origin="staff")
    editor = join(organisation, role=EDITOR).user
    client = browser_of(editor)
    response = client.post(
        "/organisaties/kozijnfabriek-de-lat/beheer/gegevens/", details(website="lat.example")
    )
    organisation.refresh_from_db()
    assert (response.status_code, organisation.website) == (302, "https://lat.example")
    assert log_of(organisation)[-1] == "changed"


def test_a_member_does_not(portal: Portal, organisation: Organisation) -> None:
    client = browser_of(join(organisation).user)
    assert client.get("/organisaties/kozijnfabriek-de-lat/beheer/gegevens/").status_code == 404
    assert client.post("/organisaties/kozijnfabriek-de-lat/beheer/gegevens/", details()).status_code == 404


def test_what_staff_verified_is_called_what_it_is_called(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    client = browser_of(manager)
    client.post(
        "/organisaties/kozijnfabriek-de-lat/beheer/gegevens/",
        details(name="Schatrijk NV", kvk_number="12345678"),
    )
    organisation.refresh_from_db()
    # An empty KvK number may be filled in; a filled one is staff's from then on.
    assert (organisation.name, organisation.kvk_number) == ("Kozijnfabriek De Lat", "12345678")
    client.post("/organisaties/kozijnfabriek-de-lat/beheer/gegevens/", details(kvk_number="87654321"))
    organisation.refresh_from_db()
    assert organisation.kvk_number == "12345678"


def test_a_manager_is_asked_for_the_kvk_number_until_it_is_there(
    portal: Portal, organisation: Organisation, manager: User
) -> None:
    client = browser_of(manager)
    assert "Vul het KvK-nummer in" in client.get(organisation.get_absolute_url()).content.decode()
    assert "Vul het KvK-nummer in" not in Client().get(organisation.get_absolute_url()).content.decode()
    client.post("/organisaties/kozijnfabriek-de-lat/beheer/gegevens/", details(kvk_number="12345678"))
    assert "Vul het KvK-nummer in" not in client.get(organisation.get_absolute_url()).content.decode()


def test_who_saved_later_gets_both_texts(portal: Portal, organisation: Organisation, manager: User) -> None:
    url = "/organisaties/kozijnfabriek-de-lat/beheer/gegevens/"
    one, other = browser_of(manager), browser_of(join(organisation, role=EDITOR).user)
    stand = one.get(url).context["form"]["stand"].value()
    assert other.post(url, details(description="Van de ander", stand=stand)).status_code == 302
    late = one.post(url, details(description="Van de een", stand=stand))
    page = late.content.decode()
    assert late.status_code == 200
    assert "Iemand anders wijzigde dit intussen" in page
    assert "Van de ander" in page
    assert "Van de een" in page
    organisation.refresh_from_db()
    assert organisation.description == "Van de ander"
    # Having seen it, saving again is on purpose.
    again = one.post(url, details(description="Van de een", stand=late.context["form"]["stand"].value()))
    organisation.refresh_from_db()
    assert (again.status_code, organisation.description) == (302, "Van de een")


# --- verification


def test_verifying_shows_it_to_everybody_once(
    portal: Portal, django_capture_on_commit_callbacks: Any
) -> None:
    founder, staff = make_person(), make_staff()
    organisation = make_organisation("Net Begonnen", by=founder, is_public=False)
    assert verify_organisation(organisation, by=staff, reason="Staat in het handelsregister")
    assert not verify_organisation(organisation, by=staff, reason="Nog eens")
    assert Client().get("/organisaties/net-begonnen/").status_code == 200
    assert log_of(organisation) == ["founded", "verified"]
    assert [mail.subject for mail in mails(founder.email)] == ["Net Begonnen is gecontroleerd"]
    # The page that is kept for all is forgotten with it.
    with django_capture_on_commit_callbacks(execute=True):
        assert withdraw_verification(organisation, by=staff, reason="Toch niet")
    assert Client().get("/organisaties/net-begonnen/").status_code == 404


@pytest.mark.parametrize("reason", ["", "   "])
def test_staff_say_why(reason: str) -> None:
    organisation = make_organisation(is_public=False)
    with pytest.raises(Refused, match="waarom"):
        verify_organisation(organisation, by=make_staff(), reason=reason)
    assert log_of(organisation) == ["founded"]


def test_a_manager_does_not_verify_his_own() -> None:
    founder = make_person()
    organisation = make_organisation(by=founder, is_public=False)
    with pytest.raises(NotAllowed):
        verify_organisation(organisation, by=founder, reason="Ik ben het echt")


# --- holdings


def test_a_circle_of_holdings_is_refused() -> None:
    top, middle, bottom = (make_organisation(name) for name in ("Top", "Midden", "Onder"))
    staff = make_staff()
    set_holding(middle, holding=top, by=staff, reason="Jaarverslag")
    set_holding(bottom, holding=middle, by=staff, reason="Jaarverslag")
    for holding in (top, middle, bottom):
        with pytest.raises(Refused, match="staat zelf boven"):
            set_holding(top, holding=holding, by=staff, reason="Jaarverslag")
    assert log_of(top) == ["founded"]


def test_who_manages_the_holding_does_not_manage_what_lies_below(portal: Portal) -> None:
    manager = make_person()
    top, bottom = make_organisation("Top", by=manager), make_organisation("Onder")
    set_holding(bottom, holding=top, by=make_staff(), reason="Jaarverslag")
    assert browser_of(manager).get("/organisaties/onder/beheer/").status_code == 404
    assert "Onder" in browser_of(manager).get("/organisaties/top/").content.decode()


# --- the database holds by itself


@pytest.mark.parametrize(
    "values", [{"parent": "self"}, {"merged_into": "self"}, {"origin": "x"}, {"slug": "a"}]
)
def test_the_database_refuses_what_cannot_be(values: dict[str, str], organisation: Organisation) -> None:
    OrganisationFactory.create(name="Ander", slug="a")
    changed = {name: organisation.pk if value == "self" else value for name, value in values.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=organisation.pk).update(**changed)


def test_the_database_knows_one_name_whatever_its_accents(organisation: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="KOZIJNFABRIEK  DE LÁT", slug="anders")
