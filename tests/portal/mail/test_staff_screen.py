"""What staff see of mail that did not arrive, and what they can do about it."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from portal.mail.models import Mail
from portal.mail.services import queue_mail

pytestmark = pytest.mark.django_db
ADDRESS = "/beheer/rapporten/mail/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("beheer@portaal.example"))
    return client


def mail(subject: str, state: str) -> Mail:
    queue_mail(to="jan@bedrijf.example", subject=subject, text="Dag", kind="test")
    row = Mail.objects.get(subject=subject)
    Mail.objects.filter(pk=row.pk).update(state=state)
    return row


def test_an_empty_list_says_so(staff: Client) -> None:
    assert "Er is geen mail die je aandacht nodig heeft." in staff.get(ADDRESS).content.decode()


def test_what_is_uncertain_is_shown_and_sent_again_by_choice(staff: Client) -> None:
    uncertain, waiting = mail("Onzekere mail", "uncertain"), mail("Wachtende mail", "waiting")
    page = staff.get(ADDRESS).content.decode()
    assert "Onzekere mail" in page
    assert "Wachtende mail" not in page
    assert "Er wacht 1 mail op verzending." in page
    answer = staff.post(f"{ADDRESS}{uncertain.pk}/", {"actie": "opnieuw"}, follow=True).content.decode()
    assert "De mail gaat opnieuw de deur uit." in answer
    assert set(Mail.objects.values_list("state", flat=True)) == {"waiting"}
    answer = staff.post(f"{ADDRESS}{waiting.pk}/", {"actie": "opnieuw"}, follow=True).content.decode()
    assert "kan niet opnieuw" in answer


def test_what_is_left_leaves_the_list(staff: Client) -> None:
    refused = mail("Geweigerde mail", "refused")
    staff.post(f"{ADDRESS}{refused.pk}/", {"actie": "laat"})
    assert "Geweigerde mail" not in staff.get(ADDRESS).content.decode()
    refused.refresh_from_db()
    assert refused.state == "refused"
    entry = ModelLogEntry.objects.get(object_id=refused.pk)
    assert (entry.action, entry.user) == ("mail.leave", User.objects.get())
