"""The second step: who needs it, how it is set up and asked, each code for one time, and the last one stays."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import User
from tests.portal.accounts.people import (
    SECOND_STEP,
    app_code,
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


# --- set up ----------------------------------------------------------------------------------------------------------


def test_an_app_is_added_and_recovery_codes_are_shown_until_they_are_kept(client: Client) -> None:
    make_person()
    sign_in(client)
    prove(client)
    page = client.get(APP).content.decode()
    assert client.session["mfa.totp.secret"] in page
    drawing = client.get("/account/tweede-stap/app/qr.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert "no-store" in drawing["Cache-Control"]
    assert client.post(APP, {"code": shown_code(client)})["Location"] == CODES

    codes = client.get(CODES).context["codes"]
    assert len(set(codes)) == 10
    assert client.get(CODES).context["codes"] == codes  # a page that is loaded again
    file = client.get(CODES + "bestand/")
    assert file["Content-Disposition"] == 'attachment; filename="noodcodes-slimmer-werken.txt"'
    assert all(code in file.content.decode() for code in codes)
    assert client.post(CODES)["Location"] == INDEX

    page = client.get(CODES).content.decode()
    assert "Je hebt nog 10 noodcodes." in page
    assert not any(code in page for code in codes)
    assert client.get(CODES + "bestand/").status_code == 404


def test_reading_the_recovery_codes_writes_nothing(client: Client, django_assert_num_queries: Any) -> None:
    user = make_person()
    give_app(user)
    give_recovery_codes(user)
    client.force_login(user)
    prove(client)
    before = Authenticator.objects.get(type="recovery_codes").data
    client.get(CODES)
    assert Authenticator.objects.get(type="recovery_codes").data == before


def test_the_secret_stays_the_same_while_it_is_being_set_up(client: Client) -> None:
    """Who loads the page again, or opens it twice, has scanned the right one."""
    make_person()
    sign_in(client)
    prove(client)
    client.get(APP)
    secret = client.session["mfa.totp.secret"]
    client.get(APP)
    client.post(APP, {"code": "000000"})
    assert client.session["mfa.totp.secret"] == secret
    client.post(APP, {"code": shown_code(client)})
    assert "mfa.totp.secret" not in client.session


def test_a_wrong_code_says_what_to_do(client: Client) -> None:
    make_person()
    sign_in(client)
    prove(client)
    client.get(APP)
    page = client.post(APP, {"code": "000000"}).content.decode()
    assert "Deze code klopt niet." in page
    assert "<title>Fout:" in page
    assert not Authenticator.objects.exists()


# --- asked -----------------------------------------------------------------------------------------------------------


def test_it_is_asked_at_every_sign_in(client: Client) -> None:
    app = give_app(make_person())
    for steps_ago in (1, 0):
        cache.clear()
        assert sign_in(client)["Location"] == SECOND_STEP
        assert not is_signed_in(client)
        assert client.post(SECOND_STEP, {"code": app_code(app, steps_ago=steps_ago)})["Location"] == "/mijn/"
        assert is_signed_in(client)
        client.post("/uitloggen/")


def test_a_code_by_mail_is_only_the_first_step(client: Client) -> None:
    from tests.portal.accounts.people import LOGIN_CODE, REQUEST_CODE, code_in_mail

    give_app(make_person())
    client.post(REQUEST_CODE, {"email": SANNE})
    assert client.post(LOGIN_CODE, {"code": code_in_mail(SANNE)})["Location"] == SECOND_STEP
    assert not is_signed_in(client)


@pytest.mark.parametrize("later", [False, True])
def test_a_code_of_the_app_is_good_for_one_time(later: bool) -> None:
    """For all of the ninety seconds that it is taken: with clocks that may differ it is good for three half minutes."""
    app = give_app(make_person())
    code = app_code(app)
    first, second = Client(), Client()
    sign_in(first)
    first.post(SECOND_STEP, {"code": code})
    assert is_signed_in(first)
    if later:
        cache.clear()  # what the cache remembers is over
    sign_in(second)
    assert "Deze code klopt niet." in second.post(SECOND_STEP, {"code": code}).content.decode()
    older = app_code(app, steps_ago=1)
    assert "Deze code klopt niet." in second.post(SECOND_STEP, {"code": older}).content.decode()
    assert not is_signed_in(second)


def test_the_code_that_set_the_app_up_does_not_sign_in(client: Client) -> None:
    make_person()
    sign_in(client)
    prove(client)
    client.get(APP)
    code = shown_code(client)
    client.post(APP, {"code": code})
    other = Client()
    assert sign_in(other)["Location"] == SECOND_STEP
    other.post(SECOND_STEP, {"code": code})
    assert not is_signed_in(other)


def test_a_recovery_code_is_good_for_one_time() -> None:
    user = make_person()
    give_app(user)
    first_code, *others = give_recovery_codes(user)
    first, second = Client(), Client()
    sign_in(first)
    first.post(SECOND_STEP, {"code": first_code})
    assert is_signed_in(first)
    sign_in(second)
    second.post(SECOND_STEP, {"code": first_code})
    assert not is_signed_in(second)
    second.post(SECOND_STEP, {"code": others[0]})
    assert is_signed_in(second)
