"""Where a visitor goes after signing in: to where he came from on this site, and never off it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client

from tests.portal.accounts.people import (
    ACCOUNT,
    HOME,
    LOGIN_CODE,
    PASSWORD,
    PROVE,
    REQUEST_CODE,
    SECOND_STEP,
    SIGN_UP,
    app_code,
    code_in_mail,
    give_app,
    is_signed_in,
    make_administrator,
    make_person,
    sign_in,
)

pytestmark = pytest.mark.django_db
SANNE = "sanne@bedrijf.example"
OFF_SITE = [
    "https://elders.example/",
    "//elders.example/",
    "/\\elders.example/",
    "\\\\elders.example",
    "https:///elders.example",
    "javascript:alert(1)",
    "http://127.0.0.1/",  # a name that the portal answers to is no place of its own
    "http://testserver@elders.example/",
    " //elders.example",
]


def after_password(client: Client, target: str) -> Any:
    return client.post(
        f"/inloggen/?{urlencode({'next': target})}", {"login": SANNE, "password": PASSWORD, "next": target}
    )


def after_code(client: Client, target: str) -> Any:
    page = client.post(REQUEST_CODE, {"email": SANNE, "next": target})["Location"]
    assert page.startswith(LOGIN_CODE)
    return client.post(page, {"code": code_in_mail(SANNE), "next": target})


def after_second_step(client: Client, target: str) -> Any:
    from django.contrib.auth import get_user_model

    app = give_app(get_user_model().objects.get())
    assert after_password(client, target)["Location"].startswith(SECOND_STEP)
    return client.post(SECOND_STEP, {"code": app_code(app), "next": target})


WAYS = [after_password, after_code, after_second_step]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("target", OFF_SITE)
def test_never_off_the_site(client: Client, way: Any, target: str) -> None:
    make_person()
    assert way(client, target)["Location"] == HOME


@pytest.mark.parametrize("way", WAYS)
def test_back_to_where_one_was(client: Client, way: Any) -> None:
    make_person()
    assert way(client, "/kennis/?pagina=2")["Location"] == "/kennis/?pagina=2"


@pytest.mark.parametrize("target", OFF_SITE)
def test_who_is_signed_in_already_is_not_sent_off_the_site(client: Client, target: str) -> None:
    make_person()
    sign_in(client)
    for door in ("/inloggen/", SIGN_UP, REQUEST_CODE):
        assert client.get(door, {"next": target})["Location"] == HOME
    again = client.post("/account/opnieuw-inloggen/", {"next": target})["Location"]
    assert again == "/inloggen/code/?next=%2Faccount%2F"


@pytest.mark.parametrize("target", OFF_SITE)
def test_proving_and_leaving_lead_nowhere_else(client: Client, target: str) -> None:
    make_person()
    sign_in(client)
    assert client.post(PROVE, {"password": PASSWORD, "next": target})["Location"] == HOME
    assert client.post("/uitloggen/", {"next": target})["Location"] == "/"


def test_staff_begin_in_the_staff_admin(client: Client) -> None:
    make_administrator()
    assert sign_in(client, "baas@bedrijf.example")["Location"] == "/beheer/"


def test_nobody_signs_in_by_an_address_alone(client: Client) -> None:
    """No GET signs in or out, whatever stands in it."""
    make_person()
    client.get("/inloggen/", {"login": SANNE, "password": PASSWORD})
    client.post(REQUEST_CODE, {"email": SANNE})
    client.get(LOGIN_CODE, {"code": code_in_mail(SANNE)})
    assert not is_signed_in(client)
    cache.clear()
    client.post("/uitloggen/")
    sign_in(client)
    assert client.get("/uitloggen/").status_code == 405
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "path", ["/inloggen/", "/aanmelden/", "/wachtwoord/vergeten/", ACCOUNT, "/account/apparaten/"]
)
def test_pages_of_an_account_are_kept_nowhere(client: Client, path: str) -> None:
    make_person()
    if path.startswith(ACCOUNT):
        sign_in(client)
    response = client.get(path)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_what_was_typed_comes_back_but_no_password(client: Client) -> None:
    page = client.post(
        SIGN_UP, {"name": "Sanne", "email": "geen adres", "password1": PASSWORD}
    ).content.decode()
    assert 'value="Sanne"' in page
    assert 'value="geen adres"' in page
    assert PASSWORD not in page
    assert "Dit is geen e-mailadres." in page
    page = sign_in(client, "sanne@bedrijf.example", "niet-het-goede-wachtwoord").content.decode()
    assert 'value="sanne@bedrijf.example"' in page
    assert "niet-het-goede-wachtwoord" not in page


def test_asked_for_json_the_door_repeats_nothing(client: Client) -> None:
    for headers in ({"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}):
        response = sign_in(client, password="niet-het-goede-wachtwoord", headers=headers)
        assert response["Content-Type"].startswith("text/html")
        assert b"niet-het-goede-wachtwoord" not in response.content


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("kort", "Kies een wachtwoord van ten minste 12 tekens."),
        ("sanne@bedrijf.example", "Je wachtwoord lijkt te veel op je e-mailadres."),
        ("megaparol12345", "Dit wachtwoord gebruiken veel mensen."),
        ("", "Vul het wachtwoord in dat je wilt gaan gebruiken."),
        ("x" * 501, "500"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(client: Client, password: str, words: str) -> None:
    page = client.post(SIGN_UP, {"name": "Sanne", "email": SANNE, "password1": password}).content.decode()
    assert words in page


def test_no_page_holds_a_placeholder_or_formal_words(client: Client) -> None:
    make_person()
    pages = [client.get(path).content.decode() for path in ("/inloggen/", "/aanmelden/", REQUEST_CODE)]
    sign_in(client)
    for path in (ACCOUNT, "/account/e-mail/", "/account/wachtwoord/", "/account/tweede-stap/", PROVE):
        pages.append(client.get(path).content.decode())
    for page in pages:
        body = page[page.index("<main") : page.index("</main>")]
        assert "placeholder" not in body
        assert " u " not in body.lower()
        assert " uw " not in body.lower()
