"""Of an ecosystem that is hidden no event tells that it is there, whatever was chosen before it was hidden."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest

from network.ecosystems.models import Ecosystem
from network.ecosystems.services import Details as PlaceDetails
from network.ecosystems.services import change_details
from network.events.models import Event, Registration
from network.events.services import Refused, plan_event, register, release_lost
from search.indexing.relay import relay_all
from tests.network.ecosystems.conftest import Circle, change, read
from tests.network.events.conftest import DAY, address, details, plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "index")]
CANARY = "roerdompkring"


def hide(place: Ecosystem, by: Any) -> None:
    """By the form, so that search hears of it."""
    now = PlaceDetails.of(place)
    change_details(
        place, details=replace(now, visibility="hidden", joining="invitation"), by=by, known=now.digest()
    )


@pytest.mark.parametrize("audience", ["public", "members"])
def test_who_hides_an_ecosystem_hides_what_it_organises(members: Circle, audience: str) -> None:
    change(members.kring, name=CANARY.title(), visibility="public")
    event = plan(members.host, members.kring, audience=audience, title="Zonnedauw", capacity=3)
    below = plan(members.host, members.group, audience=audience, title="Zonnedauw onder")
    register(event, by=members.outsider)
    hide(members.kring, members.host)
    relay_all()
    for reader in (None, members.outsider):
        read(reader, address(event), 404)
        read(reader, address(below), 404)
        read(reader, address(event, "agenda.ics"), 404)
        for path in (
            "/bijeenkomsten/",
            "/bijeenkomsten/agenda.ics",
            "/zoeken/?q=zonnedauw",
            "/api/zoeken?q=zonnedauw",
        ):
            page = read(reader, path)
            assert "Zonnedauw" not in page and CANARY not in page.lower(), path
    assert "Zonnedauw" in read(members.anna, "/bijeenkomsten/")
    # Who can't know of it any more holds no place.
    release_lost(event.starts_at - 2 * DAY)
    assert Registration.objects.get(event=event, user=members.outsider).state == "cancelled"


def test_a_hidden_one_can_choose_nothing_wider(members: Circle) -> None:
    change(members.kring, visibility="hidden", joining="invitation")
    page = read(members.host, f"/bijeenkomsten/nieuw/?voor={members.kring.slug}")
    assert "alleen wie meedoet aan het ecosysteem" in page
    assert "ook wie geen account heeft" not in page
    for place in Ecosystem.objects.filter(pk__in=[members.kring.pk, members.group.pk]):
        for audience in ("public", "members"):
            with pytest.raises(Refused, match="verborgen"):
                plan_event(place, details=details(audience=audience), by=members.host, token=uuid.uuid4())
    assert not Event.objects.exists()
    assert plan(members.host, members.kring).audience == "ecosystem"
