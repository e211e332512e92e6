"""Many at the same moment, with real transactions: what must hold, holds."""

from __future__ import annotations

import threading
import uuid
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from network.events.models import Event, Registration
from network.events.services import plan_event, register, withdraw
from network.events.services.waiting import put
from portal.accounts.models import User
from portal.notifications.models import Notification
from tests.at_once import at_once
from tests.network.ecosystems.conftest import Circle, person
from tests.network.events.conftest import details, plan

pytestmark = pytest.mark.django_db(transaction=True)


def people(number: int) -> list[User]:
    with transaction.atomic():
        return [person(f"lid{each}") for each in range(number)]


def counted(event: Event) -> tuple[int, int, int]:
    """Registered, waiting or offered, and what the event itself counts."""
    rows = Registration.objects.filter(event=event)
    event.refresh_from_db()
    registered = rows.filter(state="registered").count()
    return registered, rows.involved().count() - registered, event.taken


def errors(outcomes: list[Any]) -> list[Any]:
    return [each for each in outcomes if isinstance(each, Exception)]


def test_fifty_at_once_for_ten_places(members: Circle) -> None:
    event = plan(members.host, members.kring, capacity=10, audience="members")
    crowd = people(50)
    outcomes = at_once(*[partial(register, event, by=each) for each in crowd])
    assert errors(outcomes) == []
    assert counted(event) == (10, 40, 10)
    assert {row.state for row in outcomes} == {"registered", "waiting"}
    # Ten leave at once, and who waited longest has an offer, each once.
    seated = [row.user for row in Registration.objects.filter(event=event, state="registered")]
    assert errors(at_once(*[partial(withdraw, event, by=each) for each in seated])) == []
    rows = Registration.objects.filter(event=event)
    assert counted(event) == (0, 40, 10)
    assert rows.filter(state="offered").count() == 10
    longest = rows.filter(state__in=["offered", "waiting"]).order_by("queued_at", "pk")[:10]
    assert {row.state for row in longest} == {"offered"}
    assert Notification.objects.filter(kind="events.offered").count() == 10


def test_ten_of_the_same_form_are_one_registration_and_one_event(members: Circle) -> None:
    event = plan(members.host, members.kring, capacity=10)
    assert errors(at_once(*[partial(register, event, by=members.anna)] * 10)) == []
    assert counted(event) == (1, 0, 1)
    token, given = uuid.uuid4(), details(audience="ecosystem")
    once = partial(plan_event, members.kring, details=given, by=members.host, token=token)
    assert errors(at_once(*[once] * 10)) == []
    assert Event.objects.filter(token=token).count() == 1


def test_without_lock_and_guard_more_would_come(members: Circle) -> None:
    """The control: who counts and writes without waiting for the others fills the room twice over; with the count that
    the database guards they are refused, lock or no lock."""
    event = plan(members.host, members.kring, capacity=3, audience="members")
    crowd = people(12)
    all_counted = threading.Barrier(6)

    def careless(user: User) -> None:
        if Registration.objects.filter(event=event, state="registered").count() < 3:
            all_counted.wait(10)
            Registration.objects.create(event=event, user=user, state="registered")

    assert errors(at_once(*[partial(careless, each) for each in crowd[:6]])) == []
    assert counted(event) == (6, 0, 0)
    Registration.objects.all().delete()

    def guarded(user: User) -> None:
        with transaction.atomic():
            put(Registration(event=event, user=user), "registered", event.created_at)

    outcomes = at_once(*[partial(guarded, each) for each in crowd[6:]])
    assert [type(each) for each in errors(outcomes)] == [IntegrityError] * 3
    assert counted(event) == (3, 0, 3)
    with pytest.raises(IntegrityError):
        Event.objects.filter(pk=event.pk).update(taken=F("taken") + 1)
