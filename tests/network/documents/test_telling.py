"""Of a new document hears who takes part: once, in the mail of the morning, and only as long as it is theirs to see."""

from __future__ import annotations

import datetime
import importlib
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.documents.models import EcosystemDocument
from network.documents.services import (
    TELL_JOB,
    Details,
    change_document,
    put_shown,
    remove_document,
    tell_of_documents,
    telling,
)
from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from portal.accounts.models import User
from portal.background.registry import find
from portal.mail.models import Mail
from portal.notifications.kinds import shown
from portal.notifications.mailing import mail_due
from portal.notifications.models import Notification
from tests.network.documents.conftest import LINK, put
from tests.network.ecosystems.conftest import Circle, read

pytestmark = pytest.mark.django_db
CANARY = "Kwartelkoning"


def heard(user: User) -> list[str]:
    """What this person reads now of documents."""
    rows = list(Notification.objects.filter(recipient=user, kind="documents.added").order_by("pk"))
    return [line.text for line in shown(user, rows).values()]


def run() -> None:
    """As the worker does."""
    find(TELL_JOB).run()


def test_who_takes_part_hears_of_it_in_the_morning_and_who_put_it_there_does_not(members: Circle) -> None:
    document = put(members.kring, members.host, title="Checklist")
    assert not Notification.objects.exists()  # nobody waits for thousands of rows
    run()
    for user in (members.anna, members.bram, members.guest):
        assert heard(user) == ["Nieuw document: “Checklist”"]
    assert heard(members.host) == heard(members.outsider) == []
    [row] = Notification.objects.filter(recipient=members.anna)
    assert row.mail_due_at is not None and row.mail_due_at > timezone.now() + datetime.timedelta(minutes=3)
    page = read(members.anna, "/meldingen/")
    assert "Nieuw document: “Checklist”" in page and members.kring.name in page
    mail_due(row.mail_due_at)
    mail = Mail.objects.get(to=members.anna.email, kind="notifications")
    assert "Nieuw document: “Checklist”" in mail.text and LINK not in mail.text
    # Again, or changed, is no news.
    details = Details(title="Checklist", summary="Om niets te vergeten.", url=LINK)
    change_document(document, details=details, version=1, by=members.host)
    run()
    assert Notification.objects.filter(kind="documents.added").count() == 3


def test_of_a_working_group_its_own_people_hear(members: Circle) -> None:
    put(members.group, members.host, title=CANARY)
    run()
    inside = set(Participation.objects.filter(ecosystem=members.group).values_list("user", flat=True))
    told = set(Notification.objects.filter(kind="documents.added").values_list("recipient", flat=True))
    assert told == inside - {members.host.pk} and members.outsider.pk not in told


def test_who_may_not_see_it_any_more_reads_nothing_of_it(members: Circle) -> None:
    document = put(members.kring, members.host, title=CANARY)
    run()
    assert CANARY in read(members.guest, "/meldingen/")
    end_participation(Participation.objects.get(user=members.guest, ecosystem=members.kring), by=members.host)
    assert CANARY not in read(members.guest, "/meldingen/") and heard(members.guest) == []
    put_shown(document.pk, "hidden")
    assert heard(members.anna) == []
    put_shown(document.pk, "visible")
    assert len(heard(members.anna)) == 1
    mail_due(timezone.now() + datetime.timedelta(days=2))
    assert not Mail.objects.filter(to=members.guest.email, text__contains=CANARY).exists()
    remove_document(document, by=members.host)
    assert not Notification.objects.filter(kind="documents.added").exists()


def test_what_a_moderator_sees_first_is_told_when_it_is_let_through(members: Circle) -> None:
    spam = {"title": "Bel 0900-1234 en win", "summary": "GRATIS GELD! Klik nu! bit.ly/abc"}
    document = put(members.kring, members.host, **spam)
    run()
    assert document.shown == "held" and not Notification.objects.filter(kind="documents.added").exists()
    put_shown(document.pk, "visible")
    run()
    assert len(heard(members.anna)) == 1


def test_a_worker_that_stopped_halfway_goes_on_where_it_was(
    members: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("network.ecosystems.services.telling.PORTION", 2)
    document = put(members.kring, members.host)
    people = set(Participation.objects.filter(ecosystem=members.kring).values_list("user", flat=True))
    assert telling._tell_batch(document.pk, timezone.now()) == 2
    document.refresh_from_db()
    assert document.told_at is None and document.told_until > 0
    assert tell_of_documents() == len(people) - 2
    told = set(Notification.objects.filter(kind="documents.added").values_list("recipient", flat=True))
    assert told == people - {members.host.pk}
    document.refresh_from_db()
    assert document.told_at is not None and tell_of_documents() == 0


def test_twenty_five_ask_as_much_as_three(members: Circle) -> None:
    counted = []
    for many in (3, 25):
        with transaction.atomic():
            while EcosystemDocument.objects.count() < many:
                put(
                    members.kring, members.host, title=f"Nummer {EcosystemDocument.objects.count()}", url=LINK
                )
        run()
        rows = list(Notification.objects.filter(recipient=members.anna, kind="documents.added"))
        with CaptureQueriesContext(connection) as queries:
            assert len(shown(members.anna, rows)) == many
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 2


def test_what_stood_there_before_is_no_news(members: Circle) -> None:
    spam = {"title": "Bel 0900-1234 en win", "summary": "GRATIS GELD! Klik nu! bit.ly/abc"}
    standing, waiting = put(members.kring, members.host), put(members.kring, members.host, **spam)
    migration: Any = importlib.import_module("network.documents.migrations.0002_who_was_told_of_it")
    migration.what_stood_there_is_no_news(apps, None)
    assert list(EcosystemDocument.objects.filter(told_at=None)) == [waiting]
    run()
    assert heard(members.anna) == [] and standing.shown == "visible"
