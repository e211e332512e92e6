"""Who lost telephone and recovery codes is let in again by somebody who knows her, with a reason that is kept."""

from __future__ import annotations

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from tests.portal.accounts.people import (
    give_app,
    give_recovery_codes,
    is_signed_in,
    last_mail,
    mails_to,
    make_administrator,
    make_person,
    sign_in,
)

pytestmark = pytest.mark.django_db
SANNE = "sanne@bedrijf.example"
REASON = "Gebeld op haar vaste nummer"


@pytest.fixture
def sanne() -> User:
    user = make_person()
    give_app(user)
    give_recovery_codes(user)
    return user


def removed(reason: str = REASON) -> str:
    out = StringIO()
    call_command("remove_second_steps", SANNE.upper(), "--reason", reason, stdout=out)
    return out.getvalue()


def test_by_command(sanne: User) -> None:
    client = Client()
    client.force_login(sanne)
    assert removed() == f"Weggehaald: 2. {SANNE.upper()} is overal uitgelogd en kreeg een mail.\n"
    assert not Authenticator.objects.exists()
    assert not is_signed_in(client)
    assert sign_in(Client())["Location"] == "/mijn/"
    assert last_mail(SANNE).subject == "Je tweede stap is weggehaald"
    entry = ModelLogEntry.objects.get(action="accounts.remove_second_steps")
    assert (entry.object_id, entry.data, entry.user) == (str(sanne.pk), {"reason": REASON}, None)
    assert removed() == f"{SANNE.upper()} had geen tweede stap.\n"


@pytest.mark.parametrize("reason", ["", "   "])
def test_not_without_a_reason(sanne: User, reason: str) -> None:
    with pytest.raises(CommandError, match="Noem een reden"):
        removed(reason)
    assert Authenticator.objects.count() == 2


def test_an_unknown_address_is_told() -> None:
    with pytest.raises(CommandError, match="Er is geen account met"):
        removed()


def test_in_the_staff_admin_by_an_administrator(client: Client, sanne: User) -> None:
    boss = make_administrator()
    client.force_login(boss)
    page = f"/beheer/mensen/{sanne.pk}/tweede-stap/"
    assert page in client.get("/beheer/users/").content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": " "}).status_code == 200
    assert Authenticator.objects.count() == 2
    assert client.post(page, {"reason": REASON})["Location"] == f"/beheer/users/edit/{sanne.pk}/"
    assert not Authenticator.objects.exists()
    entry = ModelLogEntry.objects.get(action="accounts.remove_second_steps")
    assert (entry.user, entry.data) == (boss, {"reason": REASON})


def test_not_by_an_editor(client: Client, sanne: User) -> None:
    from django.contrib.auth.models import Group

    from portal.pages.staff import EDITORS, setup_staff

    setup_staff()
    editor = make_person("redactie@bedrijf.example", is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(editor)
    page = f"/beheer/mensen/{sanne.pk}/tweede-stap/"
    assert client.post(page, {"reason": REASON})["Location"] == "/beheer/"
    assert Authenticator.objects.count() == 2
    assert mails_to(SANNE) == []
