"""Somebody begins an account with another's address and waits; the owner comes in another way, and all of it is gone.

The cases of Sudhodanan and Paverd, "Pre-hijacked accounts" (USENIX Security 2022).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
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
    give_app,
    is_signed_in,
    last_mail,
    make_person,
    prove,
    sign_in,
    sign_up,
)

pytestmark = pytest.mark.django_db
OWNER = "eigenaar@bedrijf.example"


def by_code(client: Client) -> None:
    client.post(REQUEST_CODE, {"email": OWNER})
    client.post(LOGIN_CODE, {"code": code_in_mail(OWNER)})


def by_reset(client: Client) -> None:
    client.post(FORGOTTEN, {"email": OWNER})
    client.post(FORGOTTEN_CODE, {"code": code_in_mail(OWNER)})
    client.post(NEW, {"password1": NEW_PASSWORD})
    sign_in(client, OWNER, NEW_PASSWORD)


def by_signing_up_again(client: Client) -> None:
    """Which brings a mail that says what to do: come in with a code."""
    sign_up(client, OWNER, NEW_PASSWORD)
    assert last_mail(OWNER).kind == "account_already_exists"
    assert client.get(REQUEST_CODE).status_code == 302  # the page of the code is still open
    client.post("/uitloggen/")
    by_code(client)


WAYS = [by_code, by_reset, by_signing_up_again]


@pytest.fixture
def attacker() -> Client:
    """Somebody who began the account, with all that could be set on it."""
    client = Client()
    sign_up(client, OWNER)
    cache.clear()
    begun = User.objects.get(email=OWNER)
    give_app(begun)
    SocialAccount.objects.create(user=begun, provider="bedrijf", uid="aanvaller")
    return client


@pytest.mark.parametrize("way", WAYS)
def test_what_was_set_on_the_account_is_gone(attacker: Client, way: Callable[[Client], None]) -> None:
    owner = Client()
    way(owner)
    assert is_signed_in(owner)
    account = User.objects.get(email=OWNER)
    assert not account.check_password(PASSWORD)
    assert account.name == ""
    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()
    assert EmailAddress.objects.get().verified
    cache.clear()
    assert sign_in(Client(), OWNER).status_code == 200


@pytest.mark.parametrize("way", WAYS)
def test_the_page_that_the_attacker_has_open_leads_nowhere(
    attacker: Client, way: Callable[[Client], None]
) -> None:
    way(Client())
    assert attacker.get(ADDRESS_CODE)["Location"] == "/inloggen/"
    assert not is_signed_in(attacker)


def test_the_attacker_does_not_change_the_address_of_what_has_an_owner_now(attacker: Client) -> None:
    """In the moment between the owner's proof and his first sign-in."""
    owner = Client()
    owner.post(FORGOTTEN, {"email": OWNER})
    owner.post(FORGOTTEN_CODE, {"code": code_in_mail(OWNER)})
    assert User.objects.get().last_login is None
    response = attacker.post(ADDRESS_CODE, {"action": "change", "email": "aanvaller@elders.example"})
    assert response["Location"] == "/inloggen/"
    assert User.objects.get().email == OWNER
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [OWNER]


def test_the_attacker_does_not_change_the_address_before_that_either(attacker: Client) -> None:
    attacker.post(ADDRESS_CODE, {"action": "change", "email": "aanvaller@elders.example"})
    assert User.objects.get().email == OWNER


def test_who_proves_the_address_in_the_same_sign_up_keeps_what_he_set() -> None:
    """The control: whoever typed the password also reads the mail."""
    client = Client()
    sign_up(client, OWNER)
    client.post(ADDRESS_CODE, {"code": code_in_mail(OWNER)})
    account = User.objects.get()
    assert account.check_password(PASSWORD)
    assert account.name == "Sanne"


def test_who_was_in_before_keeps_what_he_set() -> None:
    owner = make_person(OWNER)
    sign_in(Client(), OWNER)
    give_app(owner)
    by_code(Client())
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)
    assert Authenticator.objects.count() == 1


def test_an_account_that_somebody_began_does_not_keep_its_owner_from_changing_to_the_address(
    attacker: Client,
) -> None:
    person = make_person("oud@bedrijf.example")
    client = Client()
    sign_in(client, person.email)
    prove(client)
    client.post("/account/e-mail/", {"email": OWNER, "action_add": ""})
    client.post(ADDRESS_CODE, {"code": code_in_mail(OWNER)})
    assert User.objects.get().email == OWNER
    assert not SocialAccount.objects.exists()


def test_staff_who_never_came_in_keep_their_name() -> None:
    """Staff make an account with a name and an address; its owner comes in with a code."""
    user = User.objects.create_user(OWNER, is_staff=True, name="Sanne")
    EmailAddress.objects.create(user=user, email=OWNER, primary=True, verified=False)
    by_code(Client())
    user.refresh_from_db()
    assert user.name == "Sanne"
