"""Who needs a second step goes nowhere without, and keeps the last one."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group, Permission
from django.test import Client

from portal.accounts.models import User
from tests.at_once import all_at_once
from tests.portal.accounts.people import (
    ACCOUNT,
    SECOND_STEP,
    app_code,
    give_app,
    give_recovery_codes,
    is_signed_in,
    last_mail,
    make_administrator,
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


@pytest.fixture
def required(settings: Any) -> None:
    settings.MFA_REQUIRED = True


ELSEWHERE = [
    "/",
    "/beheer/",
    "/account/",
    "/account/e-mail/",
    "/zoeken/",
    "/beheer/pages/",
    "/stijlgids/",
    "/nergens/",
]


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("path", ELSEWHERE)
def test_staff_without_go_nowhere_but_to_set_it_up(client: Client, path: str) -> None:
    make_administrator()
    sign_in(client, "baas@bedrijf.example")
    assert client.get(path)["Location"] == INDEX
    page = client.get(INDEX).content.decode()
    assert "Zet eerst een tweede stap aan" in page


@pytest.mark.usefixtures("required")
def test_staff_who_set_it_up_get_in(client: Client) -> None:
    make_administrator()
    sign_in(client, "baas@bedrijf.example")
    assert client.get(APP)["Location"].startswith("/account/bevestigen/")
    prove(client)
    client.get(APP)
    client.post(APP, {"code": shown_code(client)})
    assert client.get("/beheer/").status_code == 200
    client.post("/uitloggen/")
    assert sign_in(client, "baas@bedrijf.example")["Location"] == SECOND_STEP
    assert client.get("/beheer/")["Location"].startswith("/inloggen/")


@pytest.mark.usefixtures("required")
def test_staff_without_can_leave(client: Client) -> None:
    make_administrator()
    sign_in(client, "baas@bedrijf.example")
    assert client.post("/beheer/logout/")["Location"] == "/"
    assert not is_signed_in(client)


@pytest.mark.usefixtures("required")
def test_recovery_codes_alone_are_no_second_step(client: Client) -> None:
    give_recovery_codes(make_administrator())
    sign_in(client, "baas@bedrijf.example")
    assert client.get("/beheer/")["Location"] == INDEX


@pytest.mark.usefixtures("required")
def test_who_got_the_right_to_enter_by_a_group_needs_it_too(client: Client) -> None:
    """Also where nobody noted that he is staff: the group got the right after him."""
    user = make_person()
    group = Group.objects.create(name="Redactie")
    user.groups.add(group)
    sign_in(client)
    assert client.get("/beheer/")["Location"].startswith("/inloggen/")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    assert client.get("/beheer/")["Location"] == INDEX


@pytest.mark.usefixtures("required")
def test_a_member_needs_none(client: Client) -> None:
    make_person()
    sign_in(client)
    assert client.get(ACCOUNT).status_code == 200
    assert "Zet eerst een tweede stap aan" not in client.get(INDEX).content.decode()


# --- taken away ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("required")
def test_the_last_one_of_who_needs_it_stays(client: Client) -> None:
    boss = make_administrator()
    app, passkey = give_app(boss), give_passkey(boss)
    give_recovery_codes(boss)
    sign_in(client, boss.email)
    client.post(SECOND_STEP, {"code": app_code(app, steps_ago=1)})
    prove(client)
    remove_passkey = f"/account/tweede-stap/passkeys/{passkey.pk}/weg/"
    assert "Haal weg" in client.get(remove_passkey).content.decode()
    assert client.post(remove_passkey).status_code == 302
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}

    page = client.get(APP + "weg/").content.decode()
    assert "dit is je laatste" in page
    client.post(APP + "weg/")
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}


@pytest.mark.usefixtures("required")
def test_a_last_passkey_stays_too(client: Client) -> None:
    boss = make_administrator()
    passkey = give_passkey(boss)
    client.force_login(boss)
    prove(client)
    remove = f"/account/tweede-stap/passkeys/{passkey.pk}/weg/"
    assert "dit is je laatste" in client.get(remove).content.decode()
    assert client.post(remove)["Location"] == INDEX
    assert "Je rol vraagt een tweede stap." in client.get(INDEX).content.decode()
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


@pytest.mark.usefixtures("required")
def test_a_member_takes_the_last_one_away(client: Client) -> None:
    user = make_person()
    give_app(user)
    give_recovery_codes(user)
    client.force_login(user)
    prove(client)
    client.post(APP + "weg/")
    assert not Authenticator.objects.exists()
    assert last_mail(SANNE).kind == "totp_deactivated"
    assert "Kies dan meteen een nieuw wachtwoord" in last_mail(SANNE).text


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("required")
def test_of_the_last_two_that_are_taken_away_at_once_one_stays() -> None:
    boss = make_administrator()
    for _round in range(3):
        Authenticator.objects.all().delete()
        give_app(boss)
        passkey = give_passkey(boss)
        deeds = []
        for path in (APP + "weg/", f"/account/tweede-stap/passkeys/{passkey.pk}/weg/"):
            client = Client()
            client.force_login(User.objects.get())
            prove(client)
            deeds.append(lambda client=client, path=path: client.post(path).status_code)
        all_at_once(deeds)
        assert Authenticator.objects.count() == 1
