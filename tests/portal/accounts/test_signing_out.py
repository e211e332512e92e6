"""Leaving the staff admin: a form ends the session, nothing else does."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User

pytestmark = pytest.mark.django_db

PATH = "/beheer/logout/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("baas@voorbeeld.nl", name="Baas"))
    return client


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_only_a_form_ends_the_session(staff: Client, method: str) -> None:
    """A GET can be sent from any page, with an image for instance."""
    assert reverse("wagtailadmin_logout") == PATH
    response = staff.generic(method, PATH)
    assert response.status_code == 405
    assert not response.cookies
    assert staff.get("/beheer/").status_code == 200


def test_the_form_does(staff: Client) -> None:
    assert staff.post(PATH)["Location"] == "/"
    assert staff.get("/beheer/")["Location"] == "/inloggen/?next=/beheer/"


def test_another_site_cannot_send_the_form() -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(User.objects.create_superuser("baas@voorbeeld.nl", name="Baas"))
    assert guarded.post(PATH).status_code == 403
    assert guarded.get("/beheer/").status_code == 200
