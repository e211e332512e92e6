"""The ways in and around an account, as a person goes them."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.test import Client

from portal.accounts.models import User
from tests.portal.accounts.people import (
    ADDRESS_CODE,
    FORGOTTEN,
    FORGOTTEN_CODE,
    LOGIN_CODE,
    NEW,
    NEW_PASSWORD,
    PASSWORD,
    REQUEST_CODE,
    code_in_mail,
    is_signed_in,
    last_mail,
    mails_to,
    make_person,
    new_account,
    prove,
    sign_in,
    sign_up,
)

pytestmark = pytest.mark.django_db
SANNE = "sanne@bedrijf.example"


def test_an_account_is_made_with_the_code_from_the_mail(client: Client) -> None:
    assert sign_up(client, "Sanne@Bedrijf.example")["Location"] == ADDRESS_CODE
    assert SANNE in client.get(ADDRESS_CODE).content.decode()
    assert not is_signed_in(client)
    assert client.post(ADDRESS_CODE, {"code": code_in_mail(SANNE)})["Location"] == "/mijn/"
    assert is_signed_in(client)
    sanne = User.objects.get()
    assert (sanne.email, sanne.name, sanne.check_password(PASSWORD)) == (SANNE, "Sanne", True)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(SANNE, True, True)]


def test_without_the_code_nobody_comes_in(client: Client) -> None:
    """Verification is mandatory, also for who has the right password."""
    sign_up(client, SANNE)
    other = Client()
    cache.clear()  # ten seconds pass
    assert sign_in(other)["Location"] == ADDRESS_CODE
    assert not is_signed_in(other)
    assert other.get("/account/e-mail/")["Location"].startswith("/inloggen/")


def test_a_new_code_is_sent_and_the_old_one_is_over(client: Client) -> None:
    sign_up(client, SANNE)
    old = code_in_mail(SANNE)
    cache.clear()  # ten seconds pass
    assert client.post(ADDRESS_CODE, {"action": "resend"})["Location"] == ADDRESS_CODE
    new = code_in_mail(SANNE)
    assert new != old
    assert "Deze code klopt niet." in client.post(ADDRESS_CODE, {"code": old}).content.decode()
    client.post(ADDRESS_CODE, {"code": new})
    assert is_signed_in(client)


def test_who_mistyped_the_address_begins_again(client: Client) -> None:
    sign_up(client, "sane@bedrijf.example")
    assert client.post("/uitloggen/", {"next": "/aanmelden/"})["Location"] == "/aanmelden/"
    assert client.get("/aanmelden/").status_code == 200
    assert client.get(ADDRESS_CODE)["Location"] == "/inloggen/"
    new_account(client)
    assert is_signed_in(client)


def test_signing_in_with_a_password_and_out_again(client: Client) -> None:
    make_person()
    assert sign_in(client)["Location"] == "/mijn/"
    assert is_signed_in(client)
    assert client.post("/uitloggen/")["Location"] == "/"
    assert not is_signed_in(client)


def test_signing_in_with_a_code(client: Client) -> None:
    make_person()
    assert client.post(REQUEST_CODE, {"email": SANNE})["Location"] == LOGIN_CODE
    assert client.post(LOGIN_CODE, {"code": code_in_mail(SANNE)})["Location"] == "/mijn/"
    assert is_signed_in(client)


def test_a_code_is_taken_without_its_capitals_and_dash(client: Client) -> None:
    make_person()
    client.post(REQUEST_CODE, {"email": SANNE})
    client.post(LOGIN_CODE, {"code": " " + code_in_mail(SANNE).lower().replace("-", "") + " "})
    assert is_signed_in(client)


def test_a_forgotten_password(client: Client) -> None:
    sanne = make_person()
    assert client.post(FORGOTTEN, {"email": SANNE})["Location"] == FORGOTTEN_CODE
    assert client.post(FORGOTTEN_CODE, {"code": code_in_mail(SANNE)})["Location"] == NEW
    assert client.post(NEW, {"password1": NEW_PASSWORD})["Location"] == "/wachtwoord/klaar/"
    assert not is_signed_in(client)
    sanne.refresh_from_db()
    assert sanne.check_password(NEW_PASSWORD)
    assert last_mail(SANNE).subject == "Je wachtwoord is gewijzigd"
    sign_in(client, password=NEW_PASSWORD)
    assert is_signed_in(client)


def test_a_password_is_changed(client: Client) -> None:
    sanne = make_person()
    sign_in(client)
    response = client.post("/account/wachtwoord/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    assert response.status_code == 302
    sanne.refresh_from_db()
    assert sanne.check_password(NEW_PASSWORD)
    assert is_signed_in(client)


def test_who_has_no_password_chooses_one(client: Client) -> None:
    sanne = make_person(password=None)
    client.post(REQUEST_CODE, {"email": SANNE})
    client.post(LOGIN_CODE, {"code": code_in_mail(SANNE)})
    assert client.get("/account/wachtwoord/")["Location"] == "/account/wachtwoord/kiezen/"
    client.post("/account/wachtwoord/kiezen/", {"password1": NEW_PASSWORD})
    sanne.refresh_from_db()
    assert sanne.check_password(NEW_PASSWORD)
    assert is_signed_in(client)


def test_an_address_changes_once_the_new_one_is_proved(client: Client) -> None:
    sanne = make_person()
    sign_in(client)
    prove(client)
    new = "sanne@nieuw.example"
    assert client.post("/account/e-mail/", {"email": new, "action_add": ""})["Location"] == ADDRESS_CODE
    sanne.refresh_from_db()
    assert sanne.email == SANNE
    assert sign_in(Client())["Location"] == "/mijn/"
    assert "We wachten nog op de code" in client.get("/account/e-mail/").content.decode()

    assert client.post(ADDRESS_CODE, {"code": code_in_mail(new)})["Location"] == "/account/e-mail/"
    sanne.refresh_from_db()
    assert sanne.email == new
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(new, True, True)]
    assert last_mail(SANNE).subject == "Je e-mailadres is gewijzigd"
    assert sign_in(Client()).status_code == 200
    assert sign_in(Client(), new)["Location"] == "/mijn/"


def test_an_address_of_somebody_else_is_not_taken(client: Client) -> None:
    """The page is as always; only who has the code learns that there is an account."""
    make_person()
    make_person("piet@bedrijf.example")
    sign_in(client)
    prove(client)
    assert client.post("/account/e-mail/", {"email": "piet@bedrijf.example"})["Location"] == ADDRESS_CODE
    response = client.post(ADDRESS_CODE, {"code": code_in_mail("piet@bedrijf.example")})
    assert response.context["form"].errors["code"] == [
        "Er is al een account met dit e-mailadres. Log daarmee in."
    ]
    assert User.objects.filter(email=SANNE).exists()


def test_a_closed_account_is_told_to_who_knows_its_password(client: Client) -> None:
    make_person(is_active=False)
    assert sign_in(client)["Location"] == "/inloggen/gesloten/"
    assert "Dit account is gesloten" in client.get("/inloggen/gesloten/").content.decode()
    assert not is_signed_in(client)
    client.post(REQUEST_CODE, {"email": SANNE})
    assert [mail.kind for mail in mails_to(SANNE)] == ["unknown_account"]


def test_the_words_of_the_door_stay_at_the_door(client: Client) -> None:
    """What it says of a wrong address is its own: other forms of the portal keep the general sentence."""
    answer = client.post(REQUEST_CODE, {"email": "geen adres"})
    assert "Dit is geen e-mailadres. Zo hoort het" in answer.content.decode()
    with pytest.raises(ValidationError, match="geldig e-mailadres"):
        validate_email("geen adres")
