"""Events in people's own calendars: read back as a calendar does it."""

from __future__ import annotations

import datetime
import re
from datetime import UTC
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from network.events.clock import moment_of
from network.events.models import CalendarFeed, Event
from network.events.services import cancel_event, change_event, register
from portal.accounts.models import User
from tests.factories.taxonomy import ThemeFactory
from tests.network.ecosystems.conftest import Circle, read, send
from tests.network.events.conftest import DAY, HOUR, address, details, plan
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
PRIVATE = re.compile(r"/bijeenkomsten/mijn-agenda/[\w-]+\.ics")


def entries(path: str, user: User | None = None) -> dict[str, Any]:
    """By title what a calendar program reads there."""
    response = browser_of(user).get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(response.content)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    return {str(each["summary"]): each for each in calendar.walk("VEVENT")}


def test_times_are_right_across_both_changes_of_the_clock(staff: User) -> None:
    """The night that has no half past two, and the one that has two of them."""
    spring, autumn = datetime.date(2031, 3, 30), datetime.date(2031, 10, 26)
    half_past_two = datetime.time(2, 30)
    begins = {
        "Voor": moment_of(spring, datetime.time(1, 30)),
        "Na": moment_of(spring, datetime.time(3, 30)),
        "Eerste": moment_of(autumn, half_past_two, second=False),
        "Tweede": moment_of(autumn, half_past_two, second=True),
        "Zomer": moment_of(datetime.date(2031, 7, 1), datetime.time(9)),
    }
    for title, at in begins.items():
        plan(staff, title=title, starts_at=at)
    found = entries("/bijeenkomsten/agenda.ics")
    assert {title: each["dtstart"].dt for title, each in found.items()} == begins
    assert found["Na"]["dtstart"].dt - found["Voor"]["dtstart"].dt == HOUR
    assert found["Tweede"]["dtstart"].dt - found["Eerste"]["dtstart"].dt == HOUR
    raw = browser_of(None).get("/bijeenkomsten/agenda.ics").content.decode()
    assert "DTSTART:20310701T070000Z" in raw and "TZID" not in raw
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))


def test_a_calendar_learns_of_changes_and_of_what_is_cancelled(staff: User, members: Circle) -> None:
    event = plan(staff, audience="public", title="Eerst")
    path = address(event, "agenda.ics")
    first = entries(path)["Eerst"]
    assert (first["sequence"], first["status"]) == (0, "CONFIRMED")
    changed = change_event(
        event, details=details(event.starts_at + DAY, title="Later"), version=event.version, by=staff
    )
    second = entries(path)["Later"]
    assert (second["uid"], second["sequence"]) == (first["uid"], 1)
    assert second["dtstart"].dt == changed.starts_at
    assert second["last-modified"].dt >= first["last-modified"].dt
    cancel_event(event, by=staff)
    third = entries(path)["Later"]
    assert (third["uid"], third["sequence"], third["status"]) == (first["uid"], 2, "CANCELLED")
    assert entries("/bijeenkomsten/agenda.ics")["Later"]["status"] == "CANCELLED"


def test_what_somebody_wrote_is_no_line_of_its_own(staff: User) -> None:
    plan(staff, title="A\r\nATTENDEE:mailto:x@y.example", summary="b;c,d\\e\x0bf", place="Hal 1, deur 2")
    found = entries("/bijeenkomsten/agenda.ics")
    entry = next(iter(found.values()))
    assert "attendee" not in entry
    assert str(entry["location"]) == "Hal 1, deur 2"
    assert str(entry["description"]).startswith("b;c,d\\e f")


def test_the_public_calendar_is_narrowed_and_the_same_for_everybody(members: Circle, staff: User) -> None:
    theme = ThemeFactory.create(slug="planning", name="Planning")
    plan(staff, title="Openbaar", themes=[theme], online_url="https://voorbeeld.example/deur")
    plan(staff, title="Webinar", kind="webinar")
    plan(staff, title="Voor leden", audience="members")
    plan(members.host, members.kring, title="Onder ons")
    for who in (None, members.anna, members.host, staff):
        assert set(entries("/bijeenkomsten/agenda.ics", who)) == {"Openbaar", "Webinar"}
        assert set(entries("/bijeenkomsten/agenda.ics?thema=planning", who)) == {"Openbaar"}
        assert "deur" not in str(entries("/bijeenkomsten/agenda.ics", who)["Openbaar"].to_ical())
    assert entries("/bijeenkomsten/agenda.ics?soort=webinar&online=on") == {}
    month = timezone.localtime(Event.objects.get(title="Webinar").starts_at)
    assert set(entries(f"/bijeenkomsten/agenda.ics?maand={month:%Y-%m}")) == {"Openbaar", "Webinar"}
    # A theme that no event has now is an empty calendar, and an ecosystem's own tells nothing.
    for query in (f"ecosysteem={members.kring.slug}", "thema=geen"):
        assert set(entries(f"/bijeenkomsten/agenda.ics?{query}")) == set(), query


def own_address(user: User) -> str:
    page = send(user, "/bijeenkomsten/mijn-agenda/")
    found = PRIVATE.search(page)
    assert found is not None
    return found[0]


def test_ones_own_calendar_by_a_secret_address(members: Circle, staff: User) -> None:
    mine = plan(members.host, members.kring, title="Mijn middag", capacity=1)
    register(mine, by=members.anna)
    plan(members.host, members.kring, title="Niet van mij")
    plan(staff, title="Openbaar")
    register(mine, by=members.bram)
    path = own_address(members.anna)
    assert CalendarFeed.objects.get().token_digest not in path
    found = entries(path)  # without being signed in
    assert set(found) == {"Mijn middag"}
    assert "geheime-kamer" in str(found["Mijn middag"]["location"])
    assert set(entries(f"{path}?alles=ja")) == {"Mijn middag", "Niet van mij", "Openbaar"}
    # Who waits has no place, and no way in.
    waiting = own_address(members.bram)
    assert entries(waiting) == {}
    assert "geheime-kamer" not in str(entries(f"{waiting}?alles=ja")["Mijn middag"].to_ical())
    # The address is shown once; another one ends it.
    assert PRIVATE.search(read(members.anna, "/bijeenkomsten/mijn-agenda/")) is None
    other = own_address(members.anna)
    assert other != path
    assert browser_of(None).get(path).status_code == 404
    assert "werkt niet meer" in send(members.anna, "/bijeenkomsten/mijn-agenda/", agenda="weg")
    assert browser_of(None).get(other).status_code == 404
    assert browser_of(None).get("/bijeenkomsten/mijn-agenda/raad-maar.ics").status_code == 404


def test_the_audience_is_asked_every_time(members: Circle) -> None:
    event = plan(members.host, members.kring, title="Kwartelmiddag")
    register(event, by=members.anna)
    path = own_address(members.anna)
    assert set(entries(path)) == {"Kwartelmiddag"}
    row = Participation.objects.get(ecosystem=members.kring, user=members.anna, ended_at=None)
    end_participation(row, by=members.host)
    assert entries(path) == {} == entries(f"{path}?alles=ja")
    User.objects.filter(pk=members.anna.pk).update(is_active=False)
    assert browser_of(None).get(path).status_code == 404


def test_a_calendar_is_kept_by_nobody_between(members: Circle) -> None:
    response = browser_of(None).get(own_address(members.anna))
    assert "no-store" in response["Cache-Control"] and response["Referrer-Policy"] == "no-referrer"
    draft = plan(members.host, members.kring, publish=False)
    assert browser_of(members.host).get(address(draft, "agenda.ics")).status_code == 404
    assert Event.objects.get().created_at <= timezone.now().astimezone(UTC)
