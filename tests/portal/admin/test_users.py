"""People in the staff admin: signing in by e-mail address, and one name each."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "zeven-kleine-eenden-12"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("baas@example.org", PASSWORD, name="Baas"))
    return client


@pytest.mark.parametrize("typed", ["sanne@example.org", "Sanne@Example.ORG"])
def test_an_email_address_signs_in_whatever_its_capitals(client: Client, typed: str) -> None:
    sanne = User.objects.create_superuser("sanne@example.org", PASSWORD)
    page = client.get("/beheer/login/").content.decode()
    assert "e-mailadres" in page
    assert "Inloggen in het beheer" in page
    assert "Wachtwoord" in page
    assert "<title>Inloggen - Slimmer Werken</title>" in page
    response = client.post("/beheer/login/", {"username": typed, "password": PASSWORD})
    assert response["Location"] == "/beheer/"
    assert client.session["_auth_user_id"] == str(sanne.pk)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client) -> None:
    User.objects.create_superuser("sanne@example.org", PASSWORD)
    answers = []
    for address in ("sanne@example.org", "niemand@example.org"):
        response = client.post("/beheer/login/", {"username": address, "password": "niet-het-goede"})
        answers.append(list(response.context["form"].non_field_errors()))
    assert (
        answers[0] == answers[1] == ["Je e-mailadres en wachtwoord komen niet overeen. Probeer het opnieuw."]
    )
    assert "_auth_user_id" not in client.session


def test_who_is_not_staff_does_not_get_in(client: Client) -> None:
    client.force_login(User.objects.create_user("lid@example.org", PASSWORD))
    response = client.get("/beheer/")
    assert response.status_code == 302
    assert response["Location"].startswith("/beheer/login/")


def test_a_person_is_made_and_changed_with_one_name(administrator: Client) -> None:
    group = Group.objects.create(name="Redactie")
    form = administrator.get(reverse("wagtailusers_users:add")).content.decode()
    assert 'name="name"' in form
    assert 'name="first_name"' not in form
    response = administrator.post(
        reverse("wagtailusers_users:add"),
        {
            "name": "Sanne de Vries",
            "email": "Sanne@Example.org",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "groups": [group.pk],
        },
    )
    assert response.status_code == 302
    sanne = User.objects.get(email="sanne@example.org")
    assert (sanne.name, list(sanne.groups.all()), sanne.check_password(PASSWORD)) == (
        "Sanne de Vries",
        [group],
        True,
    )

    edit = reverse("wagtailusers_users:edit", args=[sanne.pk])
    assert "Sanne de Vries" in administrator.get(edit).content.decode()
    administrator.post(edit, {"name": "Sanne Vries", "email": "sanne@example.org", "is_active": "on"})
    sanne.refresh_from_db()
    assert (sanne.name, sanne.is_active, sanne.check_password(PASSWORD)) == ("Sanne Vries", True, True)


def test_an_address_is_taken_once_whatever_its_capitals(administrator: Client) -> None:
    User.objects.create_user("sanne@example.org")
    response = administrator.post(
        reverse("wagtailusers_users:add"),
        {"name": "Nog een", "email": "SANNE@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert response.context["form"].errors["email"] == ["Er is al een account met dit e-mailadres."]


def test_a_password_that_everybody_knows_is_refused(administrator: Client) -> None:
    response = administrator.post(
        reverse("wagtailusers_users:add"),
        {"name": "Sanne", "email": "s@example.org", "password1": "wachtwoord", "password2": "wachtwoord"},
    )
    assert response.context["form"].errors["password2"]
    assert not User.objects.filter(email="s@example.org").exists()


def test_the_list_of_people_searches_and_sorts_by_name(administrator: Client) -> None:
    for name in ("Zwaan", "Appel"):
        User.objects.create_user(f"{name.lower()}@example.org", name=name)
    listing = reverse("wagtailusers_users:index")
    names = [user.name for user in administrator.get(listing, {"ordering": "-name"}).context["object_list"]]
    assert names == ["Zwaan", "Baas", "Appel"]
    found = administrator.get(listing, {"q": "appel"}).context["object_list"]
    assert [user.name for user in found] == ["Appel"]


def test_a_person_changes_the_own_name_and_has_no_portrait(administrator: Client) -> None:
    page = administrator.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="name_email-name"' in page
    assert "avatar-avatar" not in page
    assert "gravatar" not in page
    response = administrator.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-name": "Bazin",
            "name_email-email": "baas@example.org",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
        },
    )
    assert response.status_code == 302, response.context["panels_by_tab"]
    assert User.objects.get().name == "Bazin"
