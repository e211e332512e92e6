"""People in the staff admin: signing in by e-mail address, and one name each."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
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
def test_staff_sign_in_at_the_one_door_whatever_the_capitals(client: Client, typed: str) -> None:
    sanne = User.objects.create_superuser("sanne@example.org", PASSWORD)
    EmailAddress.objects.create(user=sanne, email=sanne.email, verified=True, primary=True)
    door = client.get("/beheer/")["Location"]
    assert door == "/inloggen/?next=/beheer/"
    response = client.post(door, {"login": typed, "password": PASSWORD})
    assert response["Location"] == "/beheer/"
    assert client.get("/beheer/").status_code == 200


def test_the_staff_admin_has_no_door_of_its_own(client: Client) -> None:
    assert client.get("/beheer/login/?next=/beheer/pages/")["Location"] == "/inloggen/?next=/beheer/pages/"
    assert client.get("/beheer/login/?next=https://elders.example/")["Location"] == "/inloggen/?next=/beheer/"
    assert client.post("/beheer/login/", {"username": "x", "password": "y"}).status_code == 405
    for path in ("", "done/", "complete/", "confirm/MQ/x-y/"):
        for method in (client.get, client.post):
            assert method(f"/beheer/password_reset/{path}").status_code == 404


def test_who_is_not_staff_does_not_get_in(client: Client) -> None:
    """And comes to his own account, instead of to and fro for ever."""
    client.force_login(User.objects.create_user("lid@example.org", PASSWORD))
    response = client.get("/beheer/", follow=True)
    assert response.redirect_chain == [("/inloggen/?next=/beheer/", 302), ("/mijn/", 302)]
    assert "Je hebt geen toegang" in response.content.decode()


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
            "groups": [group.pk],
        },
    )
    assert response.status_code == 302
    sanne = User.objects.get(email="sanne@example.org")
    assert (sanne.name, list(sanne.groups.all()), sanne.is_staff) == ("Sanne de Vries", [group], False)

    edit = reverse("wagtailusers_users:edit", args=[sanne.pk])
    assert "Sanne de Vries" in administrator.get(edit).content.decode()
    administrator.post(edit, {"name": "Sanne Vries", "email": "sanne@example.org", "is_active": "on"})
    sanne.refresh_from_db()
    assert (sanne.name, sanne.is_active) == ("Sanne Vries", True)


def test_nobody_sets_a_password_for_somebody_else(administrator: Client) -> None:
    """Who is new signs in with a code by mail, and proves the address that way."""
    form = {"name": "Sanne", "email": "s@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert "password" not in administrator.get(reverse("wagtailusers_users:add")).content.decode()
    assert administrator.post(reverse("wagtailusers_users:add"), form).status_code == 302
    sanne = User.objects.get(email="s@example.org")
    assert not sanne.has_usable_password()
    assert list(sanne.emailaddress_set.values_list("email", "verified")) == [("s@example.org", False)]
    administrator.post(reverse("wagtailusers_users:edit", args=[sanne.pk]), {**form, "is_active": "on"})
    sanne.refresh_from_db()
    assert not sanne.has_usable_password()


def test_who_may_enter_the_staff_admin_is_staff(administrator: Client) -> None:
    group = Group.objects.create(name="Redactie")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    form = {"name": "Sanne", "email": "s@example.org", "is_active": "on"}
    administrator.post(reverse("wagtailusers_users:add"), {**form, "groups": [group.pk]})
    sanne = User.objects.get(email="s@example.org")
    assert sanne.is_staff
    administrator.post(reverse("wagtailusers_users:edit", args=[sanne.pk]), form)
    sanne.refresh_from_db()
    assert not sanne.is_staff


def test_an_address_that_staff_change_is_proved_again(administrator: Client) -> None:
    sanne = User.objects.create_user("s@example.org", PASSWORD)
    EmailAddress.objects.create(user=sanne, email=sanne.email, verified=True, primary=True)
    form = {"name": "Sanne", "email": "sanne@example.org", "is_active": "on"}
    administrator.post(reverse("wagtailusers_users:edit", args=[sanne.pk]), form)
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("sanne@example.org", False)]
    assert Client().post("/inloggen/", {"login": "s@example.org", "password": PASSWORD}).status_code == 200
    response = Client().post("/inloggen/", {"login": "sanne@example.org", "password": PASSWORD})
    assert response["Location"] == "/e-mailadres/bevestigen/"


def test_an_address_is_taken_once_whatever_its_capitals(administrator: Client) -> None:
    User.objects.create_user("sanne@example.org")
    response = administrator.post(
        reverse("wagtailusers_users:add"),
        {"name": "Nog een", "email": "SANNE@example.org"},
    )
    assert response.context["form"].errors["email"] == ["Er is al een account met dit e-mailadres."]


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
    assert 'type="password"' not in page
    assert "avatar-avatar" not in page
    assert "gravatar" not in page
    response = administrator.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-name": "Bazin",
            "name_email-email": "ander@example.org",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
        },
    )
    assert response.status_code == 302, response.context["panels_by_tab"]
    baas = User.objects.get()
    assert (baas.name, baas.email) == ("Bazin", "baas@example.org")
