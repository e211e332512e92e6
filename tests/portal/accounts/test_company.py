"""Signing in by one's company, against an issuer on loopback: what is trusted of it, and what is not."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from portal.accounts.models import User
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
SANNE = "sanne@bedrijf.example"
DOOR = "/inloggen/via/bedrijf/"
BACK = "/inloggen/via/bedrijf/terug/"
SIGN_UP = "/inloggen/via/aanmelden/"
OWN = "/account/inlogmanieren/"
REFUSED = "Inloggen via je bedrijf lukte niet"


@pytest.fixture
def issuer(settings: Any) -> Iterator[Issuer]:
    running = Issuer()
    app = {
        "provider_id": "bedrijf",
        "name": "eHerkenning",
        "client_id": running.client_id,
        "secret": running.secret,
        "settings": {"server_url": running.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"company": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield running
    running.close()


def to_issuer(client: Client, door: str = DOOR, **data: str) -> str:
    """Press the button; the address that the page between leads to."""
    page = client.post(door, data).content.decode()
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert found is not None, page
    return unescape(found.group(1))


def back(client: Client, url: str) -> Any:
    parts = urlsplit(url)
    return client.get(f"{parts.path}?{parts.query}")


def through(client: Client, issuer: Issuer, **data: str) -> Any:
    """All the way to the issuer and back."""
    return back(client, issuer.authorize(to_issuer(client, **data)))


def known(client: Client, issuer: Issuer) -> User:
    """Somebody who came in this way before."""
    through(client, issuer)
    client.post(SIGN_UP, {"name": "Sanne", "email": SANNE})
    client.post(ADDRESS_CODE, {"code": code_in_mail(SANNE)})
    client.post("/uitloggen/")
    return User.objects.get()


# --- the way in ------------------------------------------------------------------------------------------------------


def test_the_first_time_an_address_is_proved_and_the_second_time_one_is_in(
    client: Client, issuer: Issuer
) -> None:
    assert "Ga verder met eHerkenning" in client.get("/inloggen/").content.decode()
    assert through(client, issuer)["Location"] == SIGN_UP
    page = client.get(SIGN_UP).content.decode()
    assert f'value="{SANNE}"' in page
    assert 'value="Sanne de Vries"' in page
    assert not User.objects.exists()

    assert client.post(SIGN_UP, {"name": "Sanne", "email": SANNE})["Location"] == ADDRESS_CODE
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
    assert through(other, issuer)["Location"] == "/account/"
    assert is_signed_in(other)


def test_one_goes_back_to_where_one_was_and_never_off_the_site(client: Client, issuer: Issuer) -> None:
    known(client, issuer)
    assert through(Client(), issuer, next="/kennis/")["Location"] == "/kennis/"
    assert through(Client(), issuer, next="https://elders.example/")["Location"] == "/account/"


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
    assert client.post(SIGN_UP, {"name": "Een ander", "email": SANNE})["Location"] == ADDRESS_CODE
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
    assert through(Client(), issuer)["Location"] == "/account/"

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


# --- what is refused -------------------------------------------------------------------------------------------------


def assert_refused(client: Client, response: Any) -> None:
    assert response.status_code == 401
    assert REFUSED in response.content.decode()
    assert not is_signed_in(client)


TAMPERED: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "een-andere"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "een-ander-portaal"},
    "no audience": {"aud": None},
    "made for another of many": {"aud": ["portaal", "ander"], "azp": "ander"},
    "another issuer": {"iss": "https://elders.example"},
    "expired": {"exp": int(time.time()) - 3600},
    "without an end": {"exp": None},
    "from the future": {"nbf": int(time.time()) + 3600},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_token_is_refused(client: Client, issuer: Issuer, what: str) -> None:
    known(client, issuer)
    issuer.claims = TAMPERED[what]
    assert_refused(client, through(client, issuer))


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256"),
        ("een-geheim-van-het-portaal-dat-lang-genoeg-is", "HS256"),
        ("", "none"),
    ],
    ids=["another key", "a shared secret", "unsigned"],
)
def test_a_token_that_the_issuer_did_not_sign_is_refused(
    client: Client, issuer: Issuer, key: Any, algorithm: str
) -> None:
    known(client, issuer)
    issuer.signs_with, issuer.algorithm = key, algorithm
    assert_refused(client, through(client, issuer))


def test_userinfo_of_somebody_else_is_refused(client: Client, issuer: Issuer) -> None:
    known(client, issuer)
    issuer.told = {"sub": "een-ander"}
    assert_refused(client, through(client, issuer))


def test_a_state_is_good_for_one_time_in_one_browser(client: Client, issuer: Issuer) -> None:
    known(client, issuer)
    url = issuer.authorize(to_issuer(client))
    assert_refused(Client(), back(Client(), url))  # sent to somebody else, who would be in as me
    assert back(client, url)["Location"] == "/account/"
    client.post("/uitloggen/")
    assert_refused(client, back(client, url))


@pytest.mark.parametrize(
    "query", [{}, {"code": "x"}, {"state": "x"}, {"code": "x", "state": "x"}, {"error": "x"}]
)
def test_an_answer_to_nothing_is_refused(client: Client, issuer: Issuer, query: dict[str, str]) -> None:
    assert_refused(client, client.get(f"{BACK}?{urlencode(query)}"))


def test_who_stops_there_is_told_so(client: Client, issuer: Issuer) -> None:
    state = parse_qs(urlsplit(to_issuer(client)).query)["state"][0]
    response = client.get(BACK, {"error": "access_denied", "state": state}, follow=True)
    assert response.redirect_chain == [("/inloggen/via/afgebroken/", 302)]
    assert "Inloggen is gestopt" in response.content.decode()


ANSWERS = [(500, b"kapot"), (200, b"geen json"), (200, b"[]"), (200, b"null"), (200, b"{}"), (404, b"{}")]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
def test_an_issuer_that_answers_strangely_breaks_nothing(
    client: Client, issuer: Issuer, path: str, answer: tuple[int, bytes]
) -> None:
    known(client, issuer)
    issuer.answers = {path: answer}
    assert_refused(client, through(client, issuer))


@pytest.mark.parametrize("answer", [*ANSWERS, (200, b'{"issuer": "https://elders.example"}')])
def test_nor_one_that_does_not_say_where_to_go(
    client: Client, issuer: Issuer, answer: tuple[int, bytes]
) -> None:
    issuer.answers = {"/.well-known/openid-configuration": answer}
    assert_refused(client, client.post(DOOR))


def test_nor_one_that_is_not_there(client: Client, issuer: Issuer) -> None:
    issuer.close()
    assert_refused(client, client.post(DOOR))


def test_a_visitor_adds_nothing_to_what_is_asked(client: Client, issuer: Issuer) -> None:
    extra = urlencode(
        {"auth_params": "redirect_uri=https://elders.example", "scope": "alles", "process": "connect"}
    )
    asked = parse_qs(urlsplit(to_issuer(client, f"{DOOR}?{extra}")).query)
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == ["S256"]


def test_the_button_is_pressed(client: Client, issuer: Issuer) -> None:
    """A GET leads nowhere, or any page could send somebody on the way."""
    assert client.get(DOOR).status_code == 405
    assert client.get(OWN + "bedrijf/").status_code == 405


# --- without an issuer -----------------------------------------------------------------------------------------------


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
