"""Each thing is mailed once, whatever else happens at that moment; with real transactions."""

from __future__ import annotations

import os
import threading
from typing import Any

import pytest
from django.db import connection, connections, transaction

from portal.accounts.models import User
from portal.mail.models import Mail
from portal.mail.services import queue_mail
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.mailing import mail_due
from portal.notifications.models import Notification
from portal.notifications.services import notify
from portal.notifications.showing import number_unseen
from portal.notifications.times import PAUSE
from tests.at_once import all_at_once
from tests.portal.notifications.conftest import FRIDAY

pytestmark = pytest.mark.django_db(transaction=True)
SIMPLE = "test-simple"
SOON = FRIDAY + PAUSE
MOST_STATEMENTS = 40


@pytest.fixture(autouse=True)
def simple() -> None:
    def show(user: User, rows: list[Notification]) -> dict[int, Shown]:
        return {row.pk: Shown(f"Nummer {row.object_id}", "/") for row in rows}

    register(Kind(SIMPLE, "eenvoudig", "", Frequency.DIRECT, show))


def people(number: int) -> list[User]:
    return [User.objects.create_user(f"p{each}@bedrijf.example") for each in range(number)]


def tell_all(readers: list[User], *object_ids: int) -> None:
    for object_id in object_ids:
        notify(SIMPLE, recipients=readers, object_id=object_id, at=FRIDAY)


def test_workers_side_by_side_mail_everybody_once() -> None:
    readers = people(12)
    tell_all(readers, 1, 2, 3)
    all_at_once([lambda: mail_due(SOON)] * 3)
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted(reader.email for reader in readers)
    assert set(Mail.objects.values_list("subject", flat=True)) == {"3 nieuwe meldingen"}
    assert Notification.objects.filter(mailed_at=SOON).count() == 36


def test_without_taking_the_rows_first_they_would_mail_double() -> None:
    """The control: what workers do that look, and mail what they saw."""
    (reader,) = people(1)
    tell_all([reader], 1)
    looked = threading.Barrier(2)

    def careless() -> None:
        rows = list(Notification.objects.due(SOON))
        looked.wait(10)
        for _row in rows:
            queue_mail(to=reader.email, subject="x", text="x", kind="notifications")
        Notification.objects.due(SOON).update(mail_due_at=None, mailed_at=SOON)

    all_at_once([careless] * 2)
    assert Mail.objects.count() == 2


def test_the_same_event_told_at_once_is_one_row() -> None:
    readers = people(5)
    all_at_once([lambda: tell_all(readers, 1)] * 4)
    assert Notification.objects.count() == 5


class Die:
    """Kills the process at its so-manieth statement, as `kill -9` would: nothing is rolled back by us."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            os._exit(9)
        return execute(sql, params, many, context)


def killed_at(statement: int) -> bool:
    """Mail in a process of its own that dies there; False where it had finished before."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            # Whatever the parent has open is not ours, and left as it is: a browser's event loop may hide some of it.
            inherited = [(each, each.connection) for each in connections.all(initialized_only=True)]
            for each, _open in inherited:
                each.connection = None
            with connection.execute_wrapper(Die(statement)):
                mail_due(SOON)
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 9


def test_a_worker_killed_anywhere_mails_nothing_double_and_loses_nothing() -> None:
    readers = people(2)
    deaths = 0
    for statement in range(1, MOST_STATEMENTS):
        tell_all(readers, statement)
        died = killed_at(statement)
        mail_due(SOON)
        for reader in readers:
            subjects = list(Mail.objects.filter(to=reader.email).values_list("subject", flat=True))
            assert subjects == [f"Nummer {statement}"], statement
        Mail.objects.all().delete()
        if not died:
            break
        deaths += 1
    assert 15 < deaths < MOST_STATEMENTS - 1, deaths


def test_who_looked_just_before_reads_it_when_it_is_committed() -> None:
    """Noted as having nothing new by who looks during the transaction, and noted no longer after it."""
    (reader,) = people(1)
    seen_from_outside: list[str] = []
    with transaction.atomic():
        tell_all([reader], 1)
        all_at_once([lambda: seen_from_outside.append(number_unseen(reader))] * 1)
    assert seen_from_outside == [""]
    assert number_unseen(reader) == "1"
