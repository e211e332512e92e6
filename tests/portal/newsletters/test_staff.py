"""The staff admin: an edition is written, looked at, tried, counted and sent."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from portal.newsletters.models import Edition, Subscription
from portal.newsletters.services import lay_ready
from tests.factories.pages import Portal
from tests.portal.newsletters.conftest import TUESDAY, mails, make_edition, text_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal: Portal, client: Client) -> Client:
    client.force_login(User.objects.create_superuser("beheer@portaal.example"))
    return client


def sending(edition: Edition) -> str:
    return f"/beheer/nieuwsbrief/{edition.pk}/versturen/"


def test_an_edition_goes_from_form_to_archive(staff: Client) -> None:
    Subscription.objects.create(email="lezer@voorbeeld.example", confirmed_at=TUESDAY)
    form = {
        "subject": "Minder voorraad", "introduction": "Dit is er nieuw.", "body-count": "0",
    }  # fmt: skip
    response = staff.post("/beheer/snippets/newsletters/edition/add/", form)
    assert response.status_code == 302, response.content.decode()[:3000]
    edition = Edition.objects.get()
    assert edition.created_by is not None
    page = staff.get(sending(edition)).content.decode()
    assert "Verstuur naar 1 ontvanger" in page
    assert "<h1>Minder voorraad</h1>" in staff.get(f"/beheer/nieuwsbrief/{edition.pk}/mail/").content.decode()
    assert "Dit is er nieuw." in staff.get(f"/beheer/nieuwsbrief/{edition.pk}/tekst/").content.decode()
    staff.post(f"/beheer/nieuwsbrief/{edition.pk}/proef/")
    assert [mail.to for mail in mails("newsletter-test")] == ["beheer@portaal.example"]
    staff.post(sending(edition), {"ontvangers": "1"})
    assert "0 van de 1 mails" in staff.get(sending(edition)).content.decode()
    lay_ready()
    assert "1 van de 1 mails" in staff.get(sending(edition)).content.decode()
    assert ModelLogEntry.objects.filter(action="newsletters.send").count() == 1
    assert [mail.to for mail in mails()] == ["lezer@voorbeeld.example"]


def test_what_was_sent_is_changed_by_nobody(staff: Client) -> None:
    Subscription.objects.create(email="lezer@voorbeeld.example", confirmed_at=TUESDAY)
    edition = make_edition(body=[text_block()])
    staff.post(sending(edition), {"ontvangers": "1"})
    form = {"subject": "Anders", "introduction": "Anders.", "body-count": "0"}
    page = staff.post(f"/beheer/snippets/newsletters/edition/edit/{edition.pk}/", form).content.decode()
    assert "al verstuurd" in page
    edition.refresh_from_db()
    assert edition.subject == "Minder voorraad"


def test_another_number_than_was_shown_sends_nothing(staff: Client) -> None:
    edition = make_edition()
    Subscription.objects.create(email="lezer@voorbeeld.example", confirmed_at=TUESDAY)
    for given in ("", "0", "2"):
        staff.post(sending(edition), {"ontvangers": given})
    edition.refresh_from_db()
    assert edition.state == "draft"


def test_who_may_write_may_not_send(portal: Portal, client: Client) -> None:
    writer = User.objects.create_user("schrijver@portaal.example", is_staff=True)
    names = ["access_admin", "view_edition", "change_edition"]
    writer.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(writer)
    edition = make_edition()
    assert client.get(sending(edition)).status_code in (302, 403)
    assert client.post(sending(edition), {"ontvangers": "0"}).status_code in (302, 403)
    assert client.get(f"/beheer/nieuwsbrief/{edition.pk}/mail/").status_code == 200
