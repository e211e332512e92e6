"""Signing in by one's company, against an issuer on loopback: what is trusted of it, and what is not."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from portal.accounts.models import User
from tests.portal.accounts.company_ways import (
    BACK,
    DOOR,
    OWN,
    SANNE,
    SIGN_UP,
    back,
    known,
    through,
    to_issuer,
)
from tests.portal.accounts.issuer import Issuer
from tests.portal.accounts.people import (
    ADDRESS_CODE,
    SECOND_STEP,
    app_code,
    code_in_mail,
    give_app,
    is_signed_in,
    last_mail,
    make_person,
    prove,
    sign_in,
)

pytestmark = pytest.mark.django_db


def test_the_first_time_an_address_is_proved_and_the_second_time_one_is_in(
    client: Client, issuer: Issuer
) -> None:
    assert "Ga verder met eHerkenning" in client.get("/inloggen/").content.decode()
    assert through(client, issuer)["Location"] == SIGN_UP
    page = client.get(SIGN_UP).content.decode()
    assert f'value="{SANNE}"' in page
    assert 'value="Sanne de Vries"' in page
    assert not User.objects.exists()

    assert client.post(SIGN_UP, {"name": "Sanne", "email": SANNE, "terms": "on"})["Location"] == ADDRESS_CODE
    assert not is_signed_in(client)  # whatever the issuer says of the address
    assert not EmailAddress.objects.get().verified
    client.post(ADDRESS_CODE, {"code": code_in_mail(SANNE)})
    assert is_signed_in(client)
    assert (User.objects.get().name, User.objects.get().has_usable_password()) == ("Sanne", False)
    assert SocialAccount.objects.get().extra_data == {
        "sub": "kvk-12345678-sanne",
        "name": "Sanne de Vries",
        "email": SANNE,
    }

    other = Client()
    assert through(other, issuer)["Location"] == "/mijn/"
    assert is_signed_in(other)


def test_one_goes_back_to_where_one_was_and_never_off_the_site(client: Client, issuer: Issuer) -> None:
    known(client, issuer)
    assert through(Client(), issuer, next="/kennis/")["Location"] == "/kennis/"
    assert through(Client(), issuer, next="https://elders.example/")["Location"] == "/mijn/"


def test_the_second_step_is_asked_here_too(client: Client, issuer: Issuer) -> None:
    app = give_app(known(client, issuer))
    assert through(client, issuer)["Location"] == SECOND_STEP
    assert not is_signed_in(client)
    client.post(SECOND_STEP, {"code": app_code(app)})
    assert is_signed_in(client)


def test_an_address_that_has_an_account_is_not_linked_to_it(client: Client, issuer: Issuer) -> None:
    """The issuer says that the address is his and proved; here that proves nothing."""
    make_person()
    assert through(client, issuer)["Location"] == SIGN_UP
    assert (
        client.post(SIGN_UP, {"name": "Een ander", "email": SANNE, "terms": "on"})["Location"] == ADDRESS_CODE
    )
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert last_mail(SANNE).kind == "account_already_exists"


def test_the_link_is_made_by_who_is_signed_in(client: Client, issuer: Issuer) -> None:
    make_person()
    sign_in(client)
    prove(client)
    assert "Koppel eHerkenning" in client.get(OWN).content.decode()
    response = back(client, issuer.authorize(to_issuer(client, OWN + "bedrijf/", next=OWN)))
    assert response["Location"] == OWN
    assert SocialAccount.objects.get().user.email == SANNE
    assert last_mail(SANNE).kind == "account_connected"
    assert through(Client(), issuer)["Location"] == "/mijn/"

    client.post(OWN, {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()
    assert last_mail(SANNE).kind == "account_disconnected"


def test_a_link_is_made_after_proving_who_one_is(client: Client, issuer: Issuer) -> None:
    make_person()
    sign_in(client)
    response = back(client, issuer.authorize(to_issuer(client, OWN + "bedrijf/")))
    assert response["Location"] == "/account/bevestigen/"
    assert not SocialAccount.objects.exists()


def test_somebody_elses_link_is_not_taken_away(client: Client, issuer: Issuer) -> None:
    known(client, issuer)
    link = SocialAccount.objects.get()
    make_person("piet@bedrijf.example")
    other = Client()
    sign_in(other, "piet@bedrijf.example")
    prove(other)
    other.post(OWN, {"account": link.pk})
    back(other, issuer.authorize(to_issuer(other, OWN + "bedrijf/")))
    assert SocialAccount.objects.get().user.email == SANNE


def test_without_an_issuer_there_is_nothing_of_it(client: Client) -> None:
    assert "eHerkenning" not in client.get("/inloggen/").content.decode()
    assert client.post(DOOR).status_code == 404
    for path in (BACK, SIGN_UP, "/inloggen/via/afgebroken/", "/inloggen/via/mislukt/"):
        assert client.get(path).status_code == 404
    make_person()
    sign_in(client)
    assert client.get(OWN).status_code == 404
    assert client.post(OWN + "bedrijf/").status_code in (302, 404)
    assert "Inloggen via je bedrijf" not in client.get("/account/").content.decode()


def test_another_party_is_none(client: Client, issuer: Issuer) -> None:
    assert client.post("/inloggen/via/iemand/").status_code == 404
    assert client.get("/inloggen/via/iemand/terug/").status_code == 404
