"""How often one may try: by address and by client, whatever a visitor's own header says, and also all at once."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

import pytest
from allauth.account.views import confirm_login_code
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from portal.accounts.tries import MOST_TRIES
from portal.http.transactions import own_transactions
from portal.urls import urlpatterns as portal_urlpatterns
from tests.at_once import all_at_once
from tests.portal.accounts.people import (
    ADDRESS_CODE,
    FORGOTTEN,
    FORGOTTEN_CODE,
    LOGIN_CODE,
    REQUEST_CODE,
    SECOND_STEP,
    app_code,
    code_in_mail,
    give_app,
    give_recovery_codes,
    is_signed_in,
    make_person,
    sign_in,
    sign_up,
)

SANNE = "sanne@bedrijf.example"
MANY = 20
SLACK = 2
TOO_OFTEN = "Je probeert het te vaak."
WRONG = "Deze code klopt niet."

# The control: allauth's own view, which counts in the session. Without a transaction around it, in which SQLite would
# have one request wait for the other.
urlpatterns = [path("inloggen/code/invullen/", own_transactions(confirm_login_code)), *portal_urlpatterns]


def words(response: Any) -> str:
    text: str = response.content.decode()
    return text


# --- one after the other -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_address_is_tried_five_times() -> None:
    make_person()
    for _number in range(5):
        assert TOO_OFTEN not in words(sign_in(Client(), password="niet-het-goede-wachtwoord"))
    assert TOO_OFTEN in words(sign_in(Client(), password="niet-het-goede-wachtwoord"))
    assert TOO_OFTEN in words(sign_in(Client()))  # also with the right one
    cache.clear()
    assert sign_in(Client())["Location"] == "/mijn/"


@pytest.mark.django_db
def test_another_name_of_the_portal_has_no_count_of_its_own() -> None:
    make_person()
    for number in range(5):
        sign_in(
            Client(), password="niet-het-goede", headers={"Host": ["testserver", "localhost"][number % 2]}
        )
    assert TOO_OFTEN in words(sign_in(Client(), headers={"Host": "127.0.0.1"}))


def try_strangers(number: int, headers: Callable[[int], dict[str, str]], **extra: Any) -> list[bool]:
    """As many sign-ins with different addresses; for each, whether it was too many."""
    return [
        TOO_OFTEN
        in words(sign_in(Client(), f"vreemde{each}@elders.example", "onzin", headers=headers(each), **extra))
        for each in range(number)
    ]


@pytest.mark.django_db
def test_a_forged_header_resets_nothing() -> None:
    refused = try_strangers(12, lambda number: {"X-Forwarded-For": f"203.0.113.{number}"})
    assert refused == [False] * 10 + [True] * 2


@pytest.mark.django_db
def test_behind_our_proxy_each_visitor_counts_apart(settings: Any) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    proxy = {"REMOTE_ADDR": "10.0.0.7"}
    one = try_strangers(12, lambda number: {"X-Forwarded-For": "203.0.113.5"}, **proxy)
    assert one == [False] * 10 + [True] * 2
    another = try_strangers(2, lambda number: {"X-Forwarded-For": "203.0.113.6"}, **proxy)
    assert another == [False, False]


@pytest.mark.django_db
def test_what_a_visitor_puts_before_our_proxys_word_resets_nothing(settings: Any) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    forged = try_strangers(
        12, lambda number: {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.5"}, REMOTE_ADDR="10.0.0.7"
    )
    assert forged == [False] * 10 + [True] * 2


@pytest.mark.django_db
def test_one_subscriber_has_many_addresses() -> None:
    refused = [
        TOO_OFTEN
        in words(
            sign_in(
                Client(), f"vreemde{each}@elders.example", "onzin", REMOTE_ADDR=f"2001:db8:1:2::{each + 1:x}"
            )
        )
        for each in range(12)
    ]
    assert refused == [False] * 10 + [True] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deed", "most"),
    [
        (lambda number: sign_up(Client(), f"nieuw{number}@bedrijf.example"), 20),
        (lambda number: Client().post(FORGOTTEN, {"email": f"nieuw{number}@bedrijf.example"}), 20),
        (lambda number: sign_in(Client(), "", ""), 30),
    ],
    ids=["sign up", "forgotten", "sign in"],
)
def test_who_goes_on_and_on_is_told_to_wait(deed: Callable[[int], HttpResponse], most: int) -> None:
    answers = [deed(number) for number in range(most + 2)]
    assert [answer.status_code == 429 for answer in answers] == [False] * most + [True] * 2
    assert "Even wachten" in words(answers[-1])


@pytest.mark.django_db
def test_nobody_gets_a_mail_every_minute_all_day_long() -> None:
    make_person()
    sent = [Client().post(REQUEST_CODE, {"email": SANNE}).status_code == 302 for _number in range(5)]
    assert sent == [True] * 3 + [False] * 2


# --- all at once -----------------------------------------------------------------------------------------------------


def halfway(begin: str) -> Client:
    """A visitor who is asked for a code."""
    client = Client()
    client.post(begin, {"email": SANNE})
    return client


def same_browser(client: Client) -> Client:
    twin = Client()
    twin.cookies.update(client.cookies)
    return twin


def wrong_codes(client: Client, where: str) -> int:
    """How many of twenty wrong codes at once are looked at."""
    browsers = [same_browser(client) for _number in range(MANY)]
    answers = all_at_once(
        [
            lambda browser=browser, number=number: browser.post(where, {"code": f"BBBB-BBB{number}"})
            for number, browser in enumerate(browsers)
        ]
    )
    # The last one that counts leads away from the page; the words are the same as for one too many.
    return sum(WRONG in words(answer) for answer in answers)


@pytest.mark.django_db(transaction=True)
def test_twenty_passwords_at_once() -> None:
    make_person()
    answers = all_at_once([lambda: sign_in(Client(), password="niet-het-goede-wachtwoord")] * MANY)
    looked_at = sum("horen niet bij elkaar" in words(answer) for answer in answers)
    assert 1 <= looked_at <= 5 + SLACK
    assert {answer.status_code for answer in answers} <= {200, 429}  # 429: so busy that nobody could count


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("begin", "where"), [(REQUEST_CODE, LOGIN_CODE), (FORGOTTEN, FORGOTTEN_CODE)])
def test_twenty_codes_at_once(begin: str, where: str) -> None:
    make_person()
    assert wrong_codes(halfway(begin), where) <= MOST_TRIES


@pytest.mark.django_db(transaction=True)
def test_twenty_codes_for_an_address_at_once() -> None:
    client = Client()
    sign_up(client, SANNE)
    assert wrong_codes(client, ADDRESS_CODE) <= MOST_TRIES


@pytest.mark.django_db(transaction=True)
def test_counted_in_the_session_more_are_looked_at(settings: Any) -> None:
    """The control."""
    settings.ROOT_URLCONF = __name__
    make_person()
    rounds = []
    for _number in range(3):
        cache.clear()
        rounds.append(wrong_codes(halfway(REQUEST_CODE), LOGIN_CODE))
    assert max(rounds) > MOST_TRIES


@pytest.mark.django_db(transaction=True)
def test_a_code_that_many_use_at_once_lets_one_in() -> None:
    make_person()
    client = halfway(REQUEST_CODE)
    code = code_in_mail(SANNE)
    browsers = [same_browser(client) for _number in range(MANY)]
    all_at_once([lambda browser=browser: browser.post(LOGIN_CODE, {"code": code}) for browser in browsers])
    assert sum(is_signed_in(browser) for browser in browsers) == 1


def after_the_password(number: int) -> list[Client]:
    """So many visitors who are asked for the second step."""
    clients = []
    for _number in range(number):
        cache.clear()
        client = Client()
        assert sign_in(client)["Location"] == SECOND_STEP
        clients.append(client)
    return clients


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "recovery code"])
def test_a_second_step_that_many_use_at_once_lets_one_in(settings: Any, kind: str) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1000/m/ip"}
    sanne = make_person()
    app = give_app(sanne)
    codes = give_recovery_codes(sanne)
    clients = after_the_password(MANY)
    code = app_code(app) if kind == "app" else codes[0]
    all_at_once([lambda client=client: client.post(SECOND_STEP, {"code": code}) for client in clients])
    assert sum(is_signed_in(client) for client in clients) == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_second_steps_at_once() -> None:
    give_app(make_person())
    clients = after_the_password(MANY)
    answers = all_at_once(
        [
            lambda client=client, number=number: client.post(SECOND_STEP, {"code": f"9999{number:02}"})
            for number, client in enumerate(clients)
        ]
    )
    assert sum(WRONG in words(answer) for answer in answers) <= 5 + SLACK
