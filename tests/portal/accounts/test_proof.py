"""What protects an account is changed by who has just proved who he is."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from portal.accounts.models import User
from tests.portal.accounts.people import (
    NEW_PASSWORD,
    PASSWORD,
    give_app,
    give_recovery_codes,
    is_signed_in,
    make_person,
    prove,
    sign_in,
)

pytestmark = pytest.mark.django_db
SANNE = "sanne@bedrijf.example"
INDEX = "/account/tweede-stap/"
APP = "/account/tweede-stap/app/"
CODES = "/account/tweede-stap/noodcodes/"


def shown_code(client: Client, steps_ago: int = 0) -> str:
    """What the app shows that just read the secret."""
    secret: str = client.session["mfa.totp.secret"]
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 - steps_ago))
    return code


def give_passkey(user: User, name: str = "Laptop") -> Authenticator:
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name})


PROTECTED = [
    ("get", APP),
    ("get", APP + "weg/"),
    ("get", CODES),
    ("get", CODES + "nieuw/"),
    ("get", CODES + "bestand/"),
    ("get", "/account/tweede-stap/passkeys/nieuw/"),
    ("post", "/account/e-mail/"),
]


@pytest.mark.parametrize(("method", "path"), PROTECTED)
def test_what_protects_the_account_is_changed_after_proving_again_who_one_is(
    client: Client, method: str, path: str
) -> None:
    user = make_person()
    give_recovery_codes(user)
    if "weg" in path or "nieuw" in path:
        give_app(user)
    client.force_login(user)
    data = {"email": "nieuw@bedrijf.example", "action_add": ""} if method == "post" else {}
    asked = getattr(client, method)(path, data)
    assert asked["Location"].startswith("/account/bevestigen/")
    prove(client)
    assert getattr(client, method)(path, data).status_code in (200, 302)
    if method == "get":
        assert client.get(path).status_code == 200


def test_a_password_is_changed_with_the_old_one(client: Client) -> None:
    make_person()
    sign_in(client)
    form = {"oldpassword": "niet-het-goede", "password1": NEW_PASSWORD}
    page = client.post("/account/wachtwoord/", form).content.decode()
    assert "Dit is niet je wachtwoord van nu." in page
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    "path", [APP, "/account/e-mail/", "/account/wachtwoord/kiezen/", "/account/tweede-stap/passkeys/nieuw/"]
)
def test_who_has_no_password_and_no_second_step_signs_in_again(client: Client, path: str) -> None:
    from tests.portal.accounts.people import LOGIN_CODE, REQUEST_CODE, code_in_mail

    user = make_person(password=None)
    client.force_login(user)  # long ago
    again = client.get(path)["Location"]
    assert again == f"/account/opnieuw-inloggen/?next={path.replace('/', '%2F')}"
    assert "Log opnieuw in" in client.get(again).content.decode()
    door = client.post("/account/opnieuw-inloggen/", {"next": path})["Location"]
    assert door.startswith(REQUEST_CODE)
    assert not is_signed_in(client)
    code_page = client.post(door, {"email": SANNE, "next": path})["Location"]
    assert code_page.startswith(LOGIN_CODE)
    assert client.post(code_page, {"code": code_in_mail(SANNE), "next": path})["Location"] == path
    assert client.get(path).status_code == 200


def test_who_has_a_second_step_but_no_password_proves_that_before_choosing_one(client: Client) -> None:
    user = make_person(password=None)
    give_app(user)
    client.force_login(user)
    page = "/account/wachtwoord/kiezen/"
    for asked in (client.get(page), client.post(page, {"password1": NEW_PASSWORD})):
        assert asked["Location"] == "/account/bevestigen/code/?next=%2Faccount%2Fwachtwoord%2Fkiezen%2F"
    assert NEW_PASSWORD not in str(dict(client.session))
