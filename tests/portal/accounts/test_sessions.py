"""Sessions: a new one at sign-in, an end to the others when something changes, and a list that reading doesn't change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services import forget_ended_sessions, forget_unconfirmed
from portal.accounts.sessions import device_of
from portal.background.registry import registered
from portal.http.page_cache import forget_pages
from tests.portal.accounts.people import (
    ACCOUNT,
    FORGOTTEN,
    FORGOTTEN_CODE,
    NEW,
    NEW_PASSWORD,
    PASSWORD,
    SECOND_STEP,
    app_code,
    code_in_mail,
    give_app,
    is_signed_in,
    make_person,
    prove,
    sign_in,
    sign_up,
)

pytestmark = pytest.mark.django_db
SANNE = "sanne@bedrijf.example"
LIST = "/account/apparaten/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_signing_in_gives_a_new_session(client: Client) -> None:
    make_person()
    client.post("/inloggen/code/", {"email": SANNE})  # begins one, without a person
    before = client.session.session_key
    cache.clear()
    client.post("/uitloggen/")
    client.post("/inloggen/code/", {"email": SANNE})
    halfway = client.session.session_key
    client.post("/inloggen/code/invullen/", {"code": code_in_mail(SANNE)})
    assert is_signed_in(client)
    assert len({before, halfway, client.session.session_key}) >= 2
    assert client.session.session_key != halfway
    assert not Session.objects.filter(session_key=halfway).exists()


def test_the_second_step_gives_a_new_session_too(client: Client) -> None:
    app = give_app(make_person())
    sign_in(client)
    halfway = client.session.session_key
    client.post(SECOND_STEP, {"code": app_code(app)})
    assert is_signed_in(client)
    assert client.session.session_key != halfway


# --- what ends the others --------------------------------------------------------------------------------------------


def change_password(client: Client) -> None:
    client.post("/account/wachtwoord/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})


def reset_password(client: Client) -> None:
    stranger = Client()
    stranger.post(FORGOTTEN, {"email": SANNE})
    stranger.post(FORGOTTEN_CODE, {"code": code_in_mail(SANNE)})
    stranger.post(NEW, {"password1": NEW_PASSWORD})


def add_app(client: Client) -> None:
    prove(client)
    client.get("/account/tweede-stap/app/")
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    secret = client.session["mfa.totp.secret"]
    step = int(timezone.now().timestamp()) // 30
    response = client.post("/account/tweede-stap/app/", {"code": format_hotp_value(hotp_value(secret, step))})
    assert response.status_code == 302


def remove_app(client: Client) -> None:
    give_app(User.objects.get())
    prove(client)
    assert client.post("/account/tweede-stap/app/weg/").status_code == 302


def new_recovery_codes(client: Client) -> None:
    give_app(User.objects.get())
    prove(client)
    assert client.post("/account/tweede-stap/noodcodes/nieuw/").status_code == 302


def end_all(client: Client) -> None:
    client.post(LIST)


CHANGES = [change_password, add_app, remove_app, new_recovery_codes, end_all]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_ends_the_sessions_elsewhere_and_not_this_one(change: Callable[[Client], None]) -> None:
    make_person()
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    assert is_signed_in(elsewhere)
    change(here)
    assert not is_signed_in(elsewhere)
    assert is_signed_in(here)
    assert UserSession.objects.count() == 1


def test_a_reset_ends_them_all() -> None:
    make_person()
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    reset_password(here)
    assert not is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert not UserSession.objects.exists()


@pytest.mark.parametrize("change", [change_password, reset_password, end_all])
def test_who_was_halfway_begins_again(change: Callable[[Client], None]) -> None:
    """Who had the password is at the second step when it changes."""
    app = give_app(make_person())
    here, halfway = Client(), Client()
    sign_in(here)
    here.post(SECOND_STEP, {"code": app_code(app, steps_ago=1)})
    assert sign_in(halfway)["Location"] == SECOND_STEP
    assert halfway.get(SECOND_STEP).status_code == 200
    change(here)
    response = halfway.post(SECOND_STEP, {"code": app_code(app)})
    assert response["Location"] == "/inloggen/"
    assert not is_signed_in(halfway)


def test_a_session_that_nobody_listed_ends_too() -> None:
    """Also one that was begun in another way than by the door."""
    sanne = make_person()
    here, elsewhere = Client(), Client()
    sign_in(here)
    elsewhere.force_login(sanne)
    assert is_signed_in(elsewhere)
    here.post(LIST)
    assert not is_signed_in(elsewhere)


# --- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_shows_where_one_is_signed_in() -> None:
    make_person()
    make_person("piet@bedrijf.example")
    sign_in(Client(headers={"User-Agent": "iets vreemds"}), "piet@bedrijf.example")
    here, elsewhere, ended = (
        Client(headers={"User-Agent": FIREFOX}),
        Client(REMOTE_ADDR="203.0.113.5"),
        Client(),
    )
    sign_in(elsewhere)
    sign_in(ended)
    ended.post("/uitloggen/")
    sign_in(here)
    sessions = here.get(LIST).context["sessions"]
    assert [(each.device, each.address, each.is_current) for each in sessions] == [
        ("Firefox op Linux", "127.0.0.1", True),
        ("Onbekend apparaat", "203.0.113.5", False),
    ]
    assert "2 apparaten" in here.get(ACCOUNT).content.decode()


def test_reading_the_list_writes_nothing() -> None:
    make_person()
    here, ended = Client(), Client()
    sign_in(ended)
    sign_in(here)
    Session.objects.filter(session_key=ended.session.session_key).delete()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(here.get(LIST).context["sessions"]) == 1
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
    assert UserSession.objects.count() == 2


def test_the_list_asks_the_same_of_three_and_of_25() -> None:
    make_person()
    here = Client()
    sign_in(here)
    counts = []
    for number in (2, 22):
        for _each in range(number):
            cache.clear()
            sign_in(Client())
        forget_pages()
        with CaptureQueriesContext(connection) as asked:
            here.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox op Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge op Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari op iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Safari/537.36",
            "Samsung Internet op Android",
        ),
        ("curl/8.0", "Onbekend apparaat"),
        ("", "Onbekend apparaat"),
    ],
)
def test_a_device_is_named_as_far_as_it_tells(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device


# --- tidied every night ------------------------------------------------------------------------------------------------


def test_lines_of_ended_sessions_are_tidied() -> None:
    make_person()
    here, expired, gone = Client(), Client(), Client()
    for client in (here, expired, gone):
        sign_in(client)
    Session.objects.filter(session_key=gone.session.session_key).delete()
    yesterday = timezone.now() - timedelta(days=1)
    Session.objects.filter(session_key=expired.session.session_key).update(expire_date=yesterday)
    assert forget_ended_sessions(timezone.now()) == 2
    assert [line.session_key for line in UserSession.objects.all()] == [here.session.session_key]


def test_accounts_that_nobody_confirmed_are_tidied_after_a_week() -> None:
    make_person()
    for name, is_staff in (("medewerker", True), ("gemaakt", False)):
        made = User.objects.create_user(f"{name}@bedrijf.example", is_staff=is_staff)
        EmailAddress.objects.create(user=made, email=made.email, primary=True)
    for name in ("nieuw", "oud"):
        sign_up(Client(), f"{name}@bedrijf.example")
    long_ago = timezone.now() - timedelta(days=8)
    User.objects.exclude(email="nieuw@bedrijf.example").update(date_joined=long_ago)
    forget_unconfirmed(timezone.now())
    left = set(User.objects.values_list("email", flat=True))
    assert left == {SANNE, *(f"{name}@bedrijf.example" for name in ("medewerker", "gemaakt", "nieuw"))}


def test_the_worker_does_so() -> None:
    assert {"accounts.forget-ended-sessions", "accounts.forget-unconfirmed"} <= set(registered())
