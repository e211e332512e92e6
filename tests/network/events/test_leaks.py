"""An event in a hidden ecosystem, with a word that nobody else may hear, looked for everywhere."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.utils import timezone

from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from network.events.models import Event
from network.events.services import (
    add_material,
    begin_talk,
    cancel_event,
    register,
    remind,
    send_message,
    withdraw,
)
from portal.accounts.models import User
from portal.notifications.models import Notification
from search.indexing.relay import relay_all
from tests.factories.taxonomy import CoropFactory, DivisionFactory, ThemeFactory
from tests.network.ecosystems.conftest import Circle, change, read
from tests.network.events.conftest import HOUR, address, plan
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "index")]
CANARY = "kwartelkoning"
WHERE = (
    "/bijeenkomsten/", "/bijeenkomsten/voorbij/", "/bijeenkomsten/agenda.ics", "/zoeken/?q=zonnedauw",
    "/zoeken/?type=event", "/api/zoeken?q=zonnedauw", "/zoeken/feed/?q=zonnedauw", "/sitemap.xml",
    "/ecosystemen/", "/", "/vragen/", "/forum/",
)  # fmt: skip


@pytest.fixture
def secret(members: Circle) -> Event:
    """Everything of it holds the word, and its theme, sector and region are used nowhere else."""
    change(members.kring, visibility="hidden", joining="invitation", name=f"Kring {CANARY}")
    event = plan(
        members.host,
        members.kring,
        title=f"Zonnedauw {CANARY}",
        summary=CANARY,
        text=f"Zonnedauw en {CANARY}.",
        place=CANARY,
        capacity=1,
        themes=[ThemeFactory.create(slug="vogel", name=f"Vogel {CANARY}")],
        sectors=[DivisionFactory.create(name=f"Nest {CANARY}")],
        region=CoropFactory.create(name=f"Veld {CANARY}"),
    )
    for each in (members.anna, members.bram):
        register(event, by=each)
    send_message(
        event, subject=CANARY, text="Zonnedauw", group="iedereen", by=members.host, token=uuid.uuid4()
    )
    add_material(event, title=CANARY, url=f"https://voorbeeld.example/{CANARY}", by=members.host)
    withdraw(event, by=members.anna)  # so that Bram has an offer
    remind(event.starts_at - HOUR)
    return event


def heard(user: User | None, path: str) -> bool:
    response: Any = browser_of(user).get(path)
    return CANARY in response.content.decode()


def test_nobody_else_hears_of_it(members: Circle, secret: Event) -> None:
    relay_all()
    strangers = [None, members.outsider, User.objects.create_superuser("baas@voorbeeld.example")]
    for who in strangers:
        assert [path for path in WHERE if heard(who, path)] == [], who
        for rest in ("", "agenda.ics"):
            read(who, address(secret, rest), 404)
    # There is something to find: who takes part finds it.
    assert heard(members.guest, "/bijeenkomsten/")
    assert heard(members.guest, "/zoeken/?q=zonnedauw")


def test_who_is_removed_hears_no_more(members: Circle, secret: Event) -> None:
    own = ("/meldingen/", "/mijn/", "/bijeenkomsten/", address(secret))
    assert [heard(members.bram, path) for path in own] == [True] * 4
    row = Participation.objects.get(ecosystem=members.kring, user=members.bram, ended_at=None)
    end_participation(row, by=members.host)
    cancel_event(secret, by=members.host, reason=CANARY)
    assert Notification.objects.filter(recipient=members.bram, kind__startswith="events.").exists()
    relay_all()
    assert [
        path for path in (*own, *WHERE, address(secret, "deelnemers/")) if heard(members.bram, path)
    ] == []


def test_what_a_moderator_hides_is_gone_for_everybody(members: Circle, secret: Event) -> None:
    Event.objects.filter(pk=secret.pk).update(shown="hidden")
    for path in ("/meldingen/", "/bijeenkomsten/", "/mijn/"):
        assert "Zonnedauw" not in read(members.bram, path), path
    read(members.bram, address(secret), 404)
    assert heard(members.host, address(secret))  # who made it may know why it isn't there
    Event.objects.filter(pk=secret.pk).update(shown="removed")
    read(members.host, address(secret), 404)


def test_what_was_said_about_it_stays_with_its_readers(members: Circle, secret: Event) -> None:
    Event.objects.filter(pk=secret.pk).update(starts_at=timezone.now() - HOUR)
    talk = begin_talk(secret, by=members.bram, text=f"Mooi, die {CANARY}.", token=uuid.uuid4())
    assert heard(members.guest, talk.get_absolute_url())
    for who in (None, members.outsider):
        read(who, talk.get_absolute_url(), 404)
        read(who, f"/berichten/{talk.posts.get().pk}/", 404)
