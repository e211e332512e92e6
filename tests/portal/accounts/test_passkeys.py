"""Passkeys without a browser: whose they are, and that whatever is posted as one is answered with a sentence.

What a browser does with them stands in tests/journeys.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from portal.accounts.models import User
from tests.portal.accounts.people import SECOND_STEP, give_app, is_signed_in, make_person, prove, sign_in

pytestmark = pytest.mark.django_db
LIST = "/account/tweede-stap/passkeys/"
SIGN_IN = "/inloggen/passkey/"
HANDLE = "MQ"  # base64 of "1"

STRANGE: list[Any] = [
    "",
    "geen json",
    "null",
    "1",
    "[]",
    '"tekst"',
    "{}",
    '{"id": 1, "rawId": 2, "response": 3, "type": 4}',
    '{"response": "tekst"}',
    '{"response": {"userHandle": null}}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AA",
            "rawId": "AA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "AA",
                "signature": "AA",
                "userHandle": HANDLE,
                "attestationObject": "AA",
            },
        }
    ),
    json.dumps(
        {
            "id": "é",
            "rawId": "!",
            "type": "public-key",
            "response": {
                "clientDataJSON": "{",
                "authenticatorData": "é",
                "signature": "",
                "userHandle": "enpwenpwenpw",
            },
        }
    ),
]


def give_passkey(user: User, name: str = "Laptop") -> Authenticator:
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name})


@pytest.mark.parametrize("credential", STRANGE)
def test_whatever_is_posted_at_the_door_leads_back_to_it(client: Client, credential: str) -> None:
    make_person()
    client.get(SIGN_IN, headers={"Accept": "application/json"})  # what the script asks first
    assert client.post(SIGN_IN, {"credential": credential})["Location"] == "/inloggen/"
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", STRANGE)
def test_whatever_is_posted_as_a_second_step_is_refused(client: Client, credential: str) -> None:
    give_app(make_person())
    sign_in(client)
    client.get(SECOND_STEP)
    response = client.post(SECOND_STEP, {"credential": credential})
    assert response.status_code == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", STRANGE)
def test_whatever_is_posted_as_a_new_one_comes_back_with_a_sentence(client: Client, credential: str) -> None:
    make_person()
    sign_in(client)
    prove(client)
    client.get(LIST + "nieuw/")
    response = client.post(LIST + "nieuw/", {"name": "Laptop op kantoor", "credential": credential})
    assert response.status_code == 200
    page = response.content.decode()
    assert "Laptop op kantoor" in page
    assert "<title>Fout:" in page
    assert not Authenticator.objects.exists()


def test_only_the_script_gets_json(client: Client) -> None:
    assert client.get(SIGN_IN)["Location"] == "/inloggen/"
    asked = client.get(SIGN_IN, headers={"Accept": "application/json"}).json()["request_options"]["publicKey"]
    assert asked["userVerification"] == "required"
    assert asked.get("allowCredentials", []) == []


def test_it_must_ask_who_holds_it(client: Client) -> None:
    """Without a finger, face or PIN it would be something that anybody can pick up."""
    make_person()
    sign_in(client)
    prove(client)
    options = client.get(LIST + "nieuw/").context["js_data"]["creation_options"]["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["rp"] == {"id": "testserver", "name": "Slimmer Werken"}


def test_it_is_named_and_removed_by_its_owner_alone(client: Client) -> None:
    sanne, piet = make_person(), make_person("piet@bedrijf.example")
    passkey, other = give_passkey(sanne), give_passkey(piet, "Van Piet")
    client.force_login(sanne)
    prove(client)
    page = client.get(LIST).content.decode()
    assert "Laptop" in page
    assert "Van Piet" not in page
    client.post(f"{LIST}{passkey.pk}/naam/", {"name": "Thuis"})
    assert Authenticator.objects.get(pk=passkey.pk).data["name"] == "Thuis"
    assert client.post(f"{LIST}{passkey.pk}/naam/", {"name": "x" * 101}).status_code == 200
    for what in ("naam", "weg"):
        assert client.get(f"{LIST}{other.pk}/{what}/").status_code == 404
        assert client.post(f"{LIST}{other.pk}/{what}/", {"name": "Gestolen"}).status_code == 404
    client.post(f"{LIST}{passkey.pk}/weg/")
    assert [each.data["name"] for each in Authenticator.objects.all()] == ["Van Piet"]
