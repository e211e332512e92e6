"""Registering, the waiting list that moves up by itself, and who loses a place."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from network.events.models import Event, Registration
from network.events.services import (
    AnswersWrong,
    NotAllowed,
    Refused,
    accept_offer,
    add_question,
    cancel_event,
    change_event,
    count_places_anew,
    decline_offer,
    expire_offers,
    forget_person,
    forget_registrations,
    put_shown,
    register,
    release_lost,
    remind,
    withdraw,
)
from network.moderation.models import Decision, ModerationCase
from portal.accounts.models import User
from tests.network.ecosystems.conftest import Circle, change
from tests.network.events.conftest import DAY, HOUR, details, plan, states, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(members: Circle) -> Event:
    """One place, which Anna has; then Bram, then the guest."""
    event = plan(members.host, members.kring, capacity=1)
    for number, each in enumerate((members.anna, members.bram, members.guest)):
        register(event, by=each, at=timezone.now() + number * datetime.timedelta(seconds=1))
    return event


def counted(event: Event) -> int:
    """What the event counts; it is always what the rows say."""
    event.refresh_from_db()
    assert event.taken == Registration.objects.filter(event=event).seated().count()
    return event.taken


def test_a_place_and_then_the_waiting_list(full: Event) -> None:
    assert states(full) == {"Anna": "registered", "Bram": "waiting", "Gast": "waiting"}
    assert counted(full) == 1


def test_the_list_moves_up_by_itself_and_an_offer_has_a_term(members: Circle, full: Event) -> None:
    now = timezone.now() + HOUR
    withdraw(full, by=members.anna, at=now)
    assert states(full) == {"Anna": "cancelled", "Bram": "offered", "Gast": "waiting"}
    bram = Registration.objects.get(event=full, user=members.bram)
    assert bram.offer_until == now + DAY
    assert told("offered", bram.pk) == {"Bram"}
    # Nobody passes who was asked, and who is offered a place has it kept for them.
    assert counted(full) == 1
    assert register(full, by=members.host, at=now).state == "waiting"
    # Just in time, and twice is once.
    assert accept_offer(full, by=members.bram, at=now + DAY - HOUR).state == "registered"
    assert accept_offer(full, by=members.bram, at=now + 2 * DAY).state == "registered"
    assert counted(full) == 1


def test_who_is_too_late_makes_room_for_the_next(members: Circle, full: Event) -> None:
    now = timezone.now() + HOUR
    withdraw(full, by=members.anna, at=now)
    assert expire_offers(now + DAY - HOUR) == 0
    assert expire_offers(now + DAY) == 1
    assert states(full) == {"Anna": "cancelled", "Bram": "expired", "Gast": "offered"}
    bram = Registration.objects.get(event=full, user=members.bram)
    assert told("expired", bram.pk) == {"Bram"}
    assert told("offered", bram.pk) == set()
    with pytest.raises(Refused):
        accept_offer(full, by=members.bram, at=now + DAY)
    # Once more from the end of the line, and the job may run again.
    assert register(full, by=members.bram, at=now + DAY).state == "waiting"
    assert expire_offers(now + DAY) == 0
    decline_offer(full, by=members.guest, at=now + DAY)
    assert states(full) == {"Anna": "cancelled", "Bram": "offered", "Gast": "declined"}
    assert told("offered", bram.pk) == {"Bram"}
    assert counted(full) == 1


def test_an_offer_that_lapsed_before_the_job_came_is_no_place(members: Circle, full: Event) -> None:
    now = timezone.now() + HOUR
    withdraw(full, by=members.anna, at=now)
    assert register(full, by=members.bram, at=now + 2 * DAY).state == "waiting"
    assert states(full)["Gast"] == "offered"
    assert counted(full) == 1


def test_near_the_beginning_the_term_is_short_and_then_nobody_is_asked(members: Circle, full: Event) -> None:
    late = full.starts_at - 8 * HOUR
    withdraw(full, by=members.anna, at=late)
    assert Registration.objects.get(event=full, user=members.bram).offer_until == late + 2 * HOUR
    decline_offer(full, by=members.bram, at=full.starts_at - HOUR / 2)
    assert states(full)["Gast"] == "waiting"
    assert counted(full) == 0


def test_while_a_moderator_hides_it_nothing_lapses(members: Circle, full: Event) -> None:
    now = timezone.now() + HOUR
    withdraw(full, by=members.anna, at=now)
    put_shown(full.pk, "hidden")
    assert expire_offers(now + DAY) == 0
    with pytest.raises(NotAllowed):
        accept_offer(full, by=members.bram, at=now)
    put_shown(full.pk, "visible")
    assert expire_offers(now + DAY) == 1


def test_more_places_go_to_who_waits_and_fewer_than_taken_is_refused(members: Circle, full: Event) -> None:
    given = details(starts_at=full.starts_at, capacity=2, audience="ecosystem")
    changed = change_event(full, details=given, version=full.version, by=members.host)
    assert states(full) == {"Anna": "registered", "Bram": "offered", "Gast": "waiting"}
    fewer = details(starts_at=full.starts_at, capacity=1, audience="ecosystem")
    with pytest.raises(Refused, match="al 2 plaatsen bezet"):
        change_event(full, details=fewer, version=changed.version, by=members.host)
    # The database says the same.
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=full.pk).update(capacity=1)


def test_without_an_end_to_places_nobody_waits(members: Circle) -> None:
    event = plan(members.host, members.kring)
    for each in (members.anna, members.bram, members.guest):
        assert register(event, by=each).state == "registered"
    assert counted(event) == 3


def test_when_one_can_register(members: Circle) -> None:
    event = plan(members.host, members.kring, closes_at=timezone.now() + 5 * DAY)
    for at in (event.closes_at, event.starts_at):
        assert at is not None
        with pytest.raises(Refused, match="Aanmelden kan niet meer"):
            register(event, by=members.anna, at=at)
    assert register(event, by=members.anna).state == "registered"
    with pytest.raises(Refused, match="al begonnen"):
        withdraw(event, by=members.anna, at=event.starts_at)
    cancel_event(event, by=members.host, reason="De zaal is weg.")
    with pytest.raises(Refused, match="gaat niet door"):
        register(event, by=members.bram)
    draft = plan(members.host, members.kring, publish=False)
    with pytest.raises(NotAllowed):
        register(draft, by=members.anna)
    with pytest.raises(NotAllowed):
        register(event, by=members.outsider)
    with pytest.raises(NotAllowed):
        withdraw(event, by=members.bram)


def test_house_rules_come_first(members: Circle) -> None:
    event = plan(members.host, members.kring)
    change(members.kring, house_rules="Wees aardig.", rules_version=2)
    with pytest.raises(Refused, match="huisregels"):
        register(event, by=members.anna)


def test_questions_have_answers_that_fit(members: Circle) -> None:
    event = plan(members.host, members.kring)
    diet = add_question(event, label="Wat eet je?", kind="text", by=members.host)
    size = add_question(
        event, label="Maat", kind="choice", options="S\nM\nM\n", is_required=True, by=members.host
    )
    bus = add_question(event, label="Rij je mee?", kind="yes-no", is_required=True, by=members.host)
    assert size.choices == ["S", "M"]
    assert add_question(event, label="Wat  eet je?", kind="text", by=members.host) == diet
    with pytest.raises(AnswersWrong) as wrong:
        register(event, by=members.anna, answers={size.pk: "XL"})
    assert set(wrong.value.problems) == {size.pk, bus.pk}
    assert states(event) == {}
    row = register(event, by=members.anna, answers={size.pk: "M", bus.pk: "ja", 999: "vreemd"})
    assert {each.question.label: each.text for each in row.answers.all()} == {
        "Maat": "M",
        "Rij je mee?": "ja",
    }
    with pytest.raises(Refused, match="twee keuzes"):
        add_question(event, label="Kleur", kind="choice", options="rood", by=members.host)


# --- who loses a place


def test_who_is_removed_loses_the_place(members: Circle, full: Event) -> None:
    row = Participation.objects.get(ecosystem=members.kring, user=members.anna, ended_at=None)
    end_participation(row, by=members.host)
    # At once for whoever reads, and within minutes for who waits.
    mine = Registration.objects.filter(event=full)
    assert not Event.objects.visible_to(members.anna).filter(pk=full.pk).exists()
    assert set(mine.holding(timezone.localdate()).values_list("user__name", flat=True)) == {"Bram", "Gast"}
    assert release_lost(timezone.now()) == 1
    assert states(full) == {"Anna": "cancelled", "Bram": "offered", "Gast": "waiting"}
    assert release_lost(timezone.now()) == 0
    assert counted(full) == 1


def test_who_lost_it_is_passed_over(members: Circle, full: Event) -> None:
    User.objects.filter(pk=members.bram.pk).update(is_active=False)
    withdraw(full, by=members.anna)
    assert states(full) == {"Anna": "cancelled", "Bram": "cancelled", "Gast": "offered"}


def block(user: User, ecosystem_id: int | None) -> None:
    audience = f"ecosystem:{ecosystem_id}" if ecosystem_id else ""
    case = ModerationCase.objects.create(
        code="event", object_id=1, audience=audience, term_at=timezone.now() + DAY, author=user
    )
    Decision.objects.create(
        case=case,
        audience=audience,
        person=user,
        action="none",
        measure="block",
        ground="rules",
        rule="1",
        facts="Schold.",
        reason="Dat mag niet.",
        blocked_until=timezone.localdate() + datetime.timedelta(days=3),
    )


def test_who_is_blocked_there_loses_the_place_and_gets_no_other(members: Circle, full: Event) -> None:
    block(members.anna, members.kring.pk)
    assert release_lost(timezone.now()) == 1
    assert states(full)["Anna"] == "cancelled"
    with pytest.raises(Refused, match="Je kunt je nu niet aanmelden"):
        register(full, by=members.anna)


def test_who_is_erased_makes_room(members: Circle, full: Event) -> None:
    forget_person(members.anna, timezone.now())
    assert states(full) == {"Bram": "offered", "Gast": "waiting"}
    # Where the account goes without this room being told, the job counts anew.
    Registration.objects.filter(event=full, user=members.bram).delete()
    assert count_places_anew(timezone.now()) == 1
    assert counted(full) == 0
    expire_offers(timezone.now())
    assert states(full) == {"Gast": "offered"}


def test_a_year_later_nobody_knows_who_came(members: Circle, full: Event) -> None:
    assert forget_registrations(full.ends_at + 364 * DAY) == 0
    assert forget_registrations(full.ends_at + 366 * DAY) == 3
    assert counted(full) == 0


# --- told


def test_everybody_hears_that_it_is_cancelled_or_changed(members: Circle, full: Event) -> None:
    given: dict[str, Any] = {"capacity": 1, "audience": "ecosystem"}
    later = change_event(
        full, details=details(full.starts_at + DAY, **given), version=full.version, by=members.host
    )
    notice = full.notices.get()
    assert told("changed", notice.pk) == {"Anna", "Bram", "Gast"}
    assert (later.sequence, notice.subject) == (1, "Gewijzigd: tijd")
    # What nobody has to know tells nobody.
    same = change_event(
        full, details=details(later.starts_at, offer_hours=5, **given), version=later.version, by=members.host
    )
    assert (full.notices.count(), same.sequence) == (1, 1)
    cancelled = cancel_event(full, by=members.host, reason="Ziek")
    assert told("cancelled", full.pk) == {"Anna", "Bram", "Gast"}
    assert (cancelled.sequence, cancelled.cancel_reason) == (2, "Ziek")


def test_who_comes_is_reminded_once_the_day_before(members: Circle, full: Event) -> None:
    assert remind(full.starts_at - DAY - HOUR) == 0
    assert remind(full.starts_at - DAY) == 1
    assert remind(full.starts_at - HOUR) == 0
    assert told("reminder", full.pk) == {"Anna"}
    # On another day they hear it again.
    full.refresh_from_db()
    given = details(full.starts_at + 7 * DAY, capacity=1, audience="ecosystem")
    moved = change_event(full, details=given, version=full.version, by=members.host)
    assert told("reminder", full.pk) == set()
    assert remind(moved.starts_at - HOUR) == 1
