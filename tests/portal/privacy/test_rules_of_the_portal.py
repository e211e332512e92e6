"""Who makes an account agrees to the rules, by whichever way; rules that change are asked again, and stop nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import User
from portal.accounts.services import take_possession
from portal.privacy.models import Actor, Consent
from portal.privacy.services import accept_terms, consents_of, terms_are_due
from tests.portal.accounts.company_ways import SANNE, known, through
from tests.portal.accounts.company_ways import SIGN_UP as BY_COMPANY
from tests.portal.accounts.conftest import issuer
from tests.portal.accounts.issuer import Issuer
from tests.portal.accounts.people import PASSWORD, SIGN_UP, make_person, new_account, sign_in, sign_up
from tests.portal.organisations.people import browser_of

__all__ = ["issuer"]
pytestmark = pytest.mark.django_db
LINE = "Lees de regels van dit portaal"
UNTICKED = "Lees de regels en zet een vinkje als je akkoord gaat."


@pytest.fixture(autouse=True)
def _no_tries_counted() -> Iterator[None]:
    cache.clear()
    yield


def said(user: User) -> list[tuple[str, bool, str]]:
    return list(consents_of(user).order_by("pk").values_list("about", "given", "version"))


def test_who_makes_an_account_agrees_to_the_rules_of_now(client: Client, settings: Any) -> None:
    settings.TERMS_VERSION = "2027-03"
    page = client.get(SIGN_UP).content.decode()
    assert '<a href="/gedragsregels/" target="_blank" rel="noopener">regels van dit portaal</a>' in page
    assert '<a href="/privacy/" target="_blank" rel="noopener">Privacy</a>' in page
    user = new_account(client)
    assert said(user) == [("terms", True, "2027-03")]
    assert not terms_are_due(user)
    assert LINE not in client.get("/mijn/").content.decode()


def test_without_a_tick_there_is_no_account_and_what_was_typed_comes_back(client: Client) -> None:
    response = client.post(SIGN_UP, {"name": "Sanne", "email": SANNE, "password1": PASSWORD})
    page = response.content.decode()
    assert page.count(UNTICKED) == 2  # above the form and at the box
    assert 'value="Sanne"' in page
    assert f'value="{SANNE}"' in page
    assert not User.objects.exists()
    assert not Consent.objects.exists()


def test_who_comes_by_the_company_agrees_as_well(client: Client, issuer: Issuer) -> None:
    through(client, issuer)
    page = client.post(BY_COMPANY, {"name": "Sanne", "email": SANNE}).content.decode()
    assert page.count(UNTICKED) == 2
    assert not User.objects.exists()
    user = known(client, issuer)
    assert [(about, given) for about, given, _version in said(user)] == [("terms", True)]


def test_one_with_an_account_is_not_said_to_have_agreed(client: Client) -> None:
    """Somebody else types their address at the door."""
    owner = make_person()
    sign_up(client, owner.email)
    assert said(owner) == []
    assert not Actor.objects.exists()


def test_what_another_agreed_to_with_one_s_address_is_taken_back(client: Client) -> None:
    sign_up(client, SANNE)
    owner = User.objects.get(email=SANNE)
    take_possession(owner, email=SANNE)
    assert [given for _about, given, _version in said(owner)] == [True, False]
    assert terms_are_due(owner)


def test_rules_that_changed_are_asked_about_at_the_next_sign_in_and_stop_nobody(
    client: Client, settings: Any
) -> None:
    user = make_person()
    accept_terms(user)
    sign_in(client)
    assert LINE not in client.get("/mijn/").content.decode()
    client.post("/uitloggen/")
    settings.TERMS_VERSION = "2027-03"
    sign_in(client)
    page = client.get("/mijn/").content.decode()
    assert "De regels van dit portaal zijn nieuw voor je." in page
    assert 'href="/account/regels/"' in page
    assert client.get("/account/").status_code == 200  # goes on without an answer
    assert LINE in client.get("/mijn/").content.decode()  # and stays asked
    assert UNTICKED in client.post("/account/regels/").content.decode()
    assert terms_are_due(user)
    assert client.post("/account/regels/", {"terms": "on"})["Location"] == "/mijn/"
    assert said(user)[-1] == ("terms", True, "2027-03")
    assert LINE not in client.get("/mijn/").content.decode()
    assert "Je ging akkoord" in client.get("/account/regels/").content.decode()


def test_whom_staff_gave_an_account_is_asked_too(settings: Any) -> None:
    user = make_person("redactie@portaal.example")
    assert LINE in browser_of(user).get("/mijn/").content.decode()
    browser_of(user).post("/account/regels/", {"terms": "on"})
    assert not terms_are_due(user)
