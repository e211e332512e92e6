"""What an issuer says that is not right, and what comes back without having been asked: refused, with a clear page."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from tests.portal.accounts.company_ways import (
    BACK,
    DOOR,
    OWN,
    REFUSED,
    back,
    known,
    through,
    to_issuer,
)
from tests.portal.accounts.issuer import Issuer
from tests.portal.accounts.people import (
    is_signed_in,
)

pytestmark = pytest.mark.django_db


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
    assert back(client, url)["Location"] == "/mijn/"
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
