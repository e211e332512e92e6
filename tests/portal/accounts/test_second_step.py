"""The second step: who needs it, how it is set up and asked, each code for one time, and the last one stays."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import User
from tests.portal.accounts.at_once import all_at_once
from tests.portal.accounts.people import (
    ACCOUNT,
    NEW_PASSWORD,
    PASSWORD,
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


# --- set up ----------------------------------------------------------------------------------------------------------


def test_an_app_is_added_and_recovery_codes_are_shown_until_they_are_kept(client: Client) -> None:
    make_person()
    sign_in(client)
    prove(client)
    page = client.get(APP).content.decode()
    assert client.session["mfa.totp.secret"] in page
    drawing = client.get("/account/tweede-stap/app/qr.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert "no-store" in drawing["Cache-Control"]
    assert client.post(APP, {"code": shown_code(client)})["Location"] == CODES

    codes = client.get(CODES).context["codes"]
    assert len(set(codes)) == 10
    assert client.get(CODES).context["codes"] == codes  # a page that is loaded again
    file = client.get(CODES + "bestand/")
    assert file["Content-Disposition"] == 'attachment; filename="noodcodes-slimmer-werken.txt"'
    assert all(code in file.content.decode() for code in codes)
    assert client.post(CODES)["Location"] == INDEX

    page = client.get(CODES).content.decode()
    assert "Je hebt nog 10 noodcodes." in page
    assert not any(code in page for code in codes)
    assert client.get(CODES + "bestand/").status_code == 404


def test_reading_the_recovery_codes_writes_nothing(client: Client, django_assert_num_queries: Any) -> None:
    user = make_person()
    give_app(user)
    give_recovery_codes(user)
    client.force_login(user)
    prove(client)
    before = Authenticator.objects.get(type="recovery_codes").data
    client.get(CODES)
    assert Authenticator.objects.get(type="recovery_codes").data == before


def test_the_secret_stays_the_same_while_it_is_being_set_up(client: Client) -> None:
    """Who loads the page again, or opens it twice, has scanned the right one."""
    make_person()
    sign_in(client)
    prove(client)
    client.get(APP)
    secret = client.session["mfa.totp.secret"]
    client.get(APP)
    client.post(APP, {"code": "000000"})
    assert client.session["mfa.totp.secret"] == secret
    client.post(APP, {"code": shown_code(client)})
    assert "mfa.totp.secret" not in client.session


def test_a_wrong_code_says_what_to_do(client: Client) -> None:
    make_person()
    sign_in(client)
    prove(client)
    client.get(APP)
    page = client.post(APP, {"code": "000000"}).content.decode()
    assert "Deze code klopt niet." in page
    assert "<title>Fout:" in page
    assert not Authenticator.objects.exists()


# --- asked -----------------------------------------------------------------------------------------------------------


def test_it_is_asked_at_every_sign_in(client: Client) -> None:
    app = give_app(make_person())
    for steps_ago in (1, 0):
        cache.clear()
        assert sign_in(client)["Location"] == SECOND_STEP
        assert not is_signed_in(client)
        assert (
            client.post(SECOND_STEP, {"code": app_code(app, steps_ago=steps_ago)})["Location"] == "/account/"
        )
        assert is_signed_in(client)
        client.post("/uitloggen/")


def test_a_code_by_mail_is_only_the_first_step(client: Client) -> None:
    from tests.portal.accounts.people import LOGIN_CODE, REQUEST_CODE, code_in_mail

    give_app(make_person())
    client.post(REQUEST_CODE, {"email": SANNE})
    assert client.post(LOGIN_CODE, {"code": code_in_mail(SANNE)})["Location"] == SECOND_STEP
    assert not is_signed_in(client)


@pytest.mark.parametrize("later", [False, True])
def test_a_code_of_the_app_is_good_for_one_time(later: bool) -> None:
    """For all of the ninety seconds that it is taken: with clocks that may differ it is good for three half minutes."""
    app = give_app(make_person())
    code = app_code(app)
    first, second = Client(), Client()
    sign_in(first)
    first.post(SECOND_STEP, {"code": code})
    assert is_signed_in(first)
    if later:
        cache.clear()  # what the cache remembers is over
    sign_in(second)
    assert "Deze code klopt niet." in second.post(SECOND_STEP, {"code": code}).content.decode()
    older = app_code(app, steps_ago=1)
    assert "Deze code klopt niet." in second.post(SECOND_STEP, {"code": older}).content.decode()
    assert not is_signed_in(second)


def test_the_code_that_set_the_app_up_does_not_sign_in(client: Client) -> None:
    make_person()
    sign_in(client)
    prove(client)
    client.get(APP)
    code = shown_code(client)
    client.post(APP, {"code": code})
    other = Client()
    assert sign_in(other)["Location"] == SECOND_STEP
    other.post(SECOND_STEP, {"code": code})
    assert not is_signed_in(other)


def test_a_recovery_code_is_good_for_one_time() -> None:
    user = make_person()
    give_app(user)
    first_code, *others = give_recovery_codes(user)
    first, second = Client(), Client()
    sign_in(first)
    first.post(SECOND_STEP, {"code": first_code})
    assert is_signed_in(first)
    sign_in(second)
    second.post(SECOND_STEP, {"code": first_code})
    assert not is_signed_in(second)
    second.post(SECOND_STEP, {"code": others[0]})
    assert is_signed_in(second)


# --- who needs it ----------------------------------------------------------------------------------------------------


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


# --- proved first ----------------------------------------------------------------------------------------------------

PROTECTED = [
    ("get", APP),
    ("get", APP + "weg/"),
    ("get", CODES),
    ("get", CODES + "nieuw/"),
    ("get", CODES + "bestand/"),
    ("get", "/account/tweede-stap/passkeys/nieuw/"),
    ("post", "/account/e-mail/"),
]


@pytest.mark.parametrize(("method", "path"), PROTECTED)
def test_what_protects_the_account_is_changed_after_proving_again_who_one_is(
    client: Client, method: str, path: str
) -> None:
    user = make_person()
    give_recovery_codes(user)
    if "weg" in path or "nieuw" in path:
        give_app(user)
    client.force_login(user)
    data = {"email": "nieuw@bedrijf.example", "action_add": ""} if method == "post" else {}
    asked = getattr(client, method)(path, data)
    assert asked["Location"].startswith("/account/bevestigen/")
    prove(client)
    assert getattr(client, method)(path, data).status_code in (200, 302)
    if method == "get":
        assert client.get(path).status_code == 200


def test_a_password_is_changed_with_the_old_one(client: Client) -> None:
    make_person()
    sign_in(client)
    form = {"oldpassword": "niet-het-goede", "password1": NEW_PASSWORD}
    page = client.post("/account/wachtwoord/", form).content.decode()
    assert "Dit is niet je wachtwoord van nu." in page
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    "path", [APP, "/account/e-mail/", "/account/wachtwoord/kiezen/", "/account/tweede-stap/passkeys/nieuw/"]
)
def test_who_has_no_password_and_no_second_step_signs_in_again(client: Client, path: str) -> None:
    from tests.portal.accounts.people import LOGIN_CODE, REQUEST_CODE, code_in_mail

    user = make_person(password=None)
    client.force_login(user)  # long ago
    again = client.get(path)["Location"]
    assert again == f"/account/opnieuw-inloggen/?next={path.replace('/', '%2F')}"
    assert "Log opnieuw in" in client.get(again).content.decode()
    door = client.post("/account/opnieuw-inloggen/", {"next": path})["Location"]
    assert door.startswith(REQUEST_CODE)
    assert not is_signed_in(client)
    code_page = client.post(door, {"email": SANNE, "next": path})["Location"]
    assert code_page.startswith(LOGIN_CODE)
    assert client.post(code_page, {"code": code_in_mail(SANNE), "next": path})["Location"] == path
    assert client.get(path).status_code == 200


def test_who_has_a_second_step_but_no_password_proves_that_before_choosing_one(client: Client) -> None:
    user = make_person(password=None)
    give_app(user)
    client.force_login(user)
    assert client.get("/account/wachtwoord/kiezen/")["Location"].startswith("/account/bevestigen/code/")
