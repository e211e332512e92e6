"""Nobody finds out at the door who has an account: not by what is answered, nor by the work that it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import User
from tests.portal.accounts.hashing import CountingHasher
from tests.portal.accounts.people import (
    ADDRESS_CODE,
    FORGOTTEN,
    FORGOTTEN_CODE,
    LOGIN_CODE,
    PASSWORD,
    REQUEST_CODE,
    last_mail,
    mails_to,
    make_person,
    sign_up,
)

pytestmark = pytest.mark.django_db
KNOWN, BEGUN, CLOSED, UNKNOWN = (
    f"{name}@bedrijf.example" for name in ("bekende", "begonnen", "gesloten", "onbekende")
)
EVERYBODY = (KNOWN, BEGUN, CLOSED, UNKNOWN)
Step = Callable[[Client, str], Any]


@pytest.fixture(autouse=True)
def _everybody(settings: Any) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["tests.portal.accounts.hashing.CountingHasher"]
    make_person(KNOWN)
    make_person(CLOSED, is_active=False)
    sign_up(Client(), BEGUN)
    cache.clear()
    yield
    CountingHasher.work.clear()


def without_what_differs(text: str, email: str) -> str:
    """Tokens, and the address that was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return text.replace(email, "…")


def seen(email: str, steps: list[Step]) -> list[Any]:
    """All that a visitor learns: status, where to, page, and how often a password was worked on."""
    client, found = Client(), []
    for step in steps:
        CountingHasher.work.clear()
        response = step(client, email)
        text = without_what_differs(response.content.decode(), email)
        found.append((response.status_code, response.get("Location", ""), text, len(CountingHasher.work)))
    return found


def get(path: str) -> Step:
    return lambda client, email: client.get(path)


def wrong(path: str) -> Step:
    return lambda client, email: client.post(path, {"code": "BBBB-BBBB"})


def resend(path: str) -> Step:
    def step(client: Client, email: str) -> Any:
        cache.clear()  # the term between two mails passed
        return client.post(path, {"action": "resend"})

    return step


WAYS: dict[str, list[Step]] = {
    "password": [
        lambda client, email: client.post("/inloggen/", {"login": email, "password": "niet-het-goede-een"})
    ],
    "sign up": [
        lambda client, email: sign_up(client, email),
        get(ADDRESS_CODE),
        wrong(ADDRESS_CODE),
        resend(ADDRESS_CODE),
        get(ADDRESS_CODE),
        wrong(ADDRESS_CODE),
        get("/aanmelden/"),
        wrong(ADDRESS_CODE),
        get(ADDRESS_CODE),
        get("/aanmelden/"),
    ],
    "sign up and begin again": [
        lambda client, email: sign_up(client, email),
        lambda client, email: client.post("/uitloggen/", {"next": "/aanmelden/"}),
        get("/aanmelden/"),
        get(ADDRESS_CODE),
    ],
    "code": [
        lambda client, email: client.post(REQUEST_CODE, {"email": email}),
        get(LOGIN_CODE),
        wrong(LOGIN_CODE),
        resend(LOGIN_CODE),
        get(LOGIN_CODE),
        wrong(LOGIN_CODE),
        wrong(LOGIN_CODE),
        get(LOGIN_CODE),
        get("/inloggen/"),
    ],
    "forgotten": [
        lambda client, email: client.post(FORGOTTEN, {"email": email}),
        get(FORGOTTEN_CODE),
        wrong(FORGOTTEN_CODE),
        wrong(FORGOTTEN_CODE),
        wrong(FORGOTTEN_CODE),
        get(FORGOTTEN_CODE),
    ],
}


@pytest.mark.parametrize("way", WAYS)
def test_everybody_gets_the_same_answer_for_the_same_work(way: str) -> None:
    unknown = seen(UNKNOWN, WAYS[way])
    for email in (KNOWN, BEGUN, CLOSED):
        cache.clear()
        assert seen(email, WAYS[way]) == unknown, email
    hashed = [work for *_, work in unknown]
    assert sum(hashed) == (1 if way in ("password", "sign up", "sign up and begin again") else 0)


@pytest.mark.parametrize("email", EVERYBODY)
def test_the_mail_tells_the_owner(email: str) -> None:
    cache.clear()
    before = len(mails_to(email))
    Client().post(REQUEST_CODE, {"email": email})
    Client().post(FORGOTTEN, {"email": email})
    cache.clear()
    sign_up(Client(), email)
    kinds = [mail.kind for mail in mails_to(email)[before:]]
    if email in (KNOWN, BEGUN):
        assert kinds == ["login_code", "password_reset_code", "account_already_exists"]
        assert "/inloggen/code/" in last_mail(email).text
    elif email == CLOSED:
        assert kinds == ["unknown_account", "unknown_account", "account_already_exists"]
    else:
        assert kinds == ["unknown_account", "unknown_account", "email_confirmation_signup"]


def test_a_second_sign_up_changes_nothing_of_the_first() -> None:
    sign_up(Client(), KNOWN, "een-heel-ander-wachtwoord")
    assert User.objects.get(email=KNOWN).check_password(PASSWORD)
