"""Who reads what of an event, and who gets a place: nobody round the back."""

from __future__ import annotations

import uuid

import pytest

from network.events.models import Registration
from network.events.services import Refused, add_material, register, send_message, withdraw
from portal.accounts.models import User
from tests.network.ecosystems.conftest import Circle, read
from tests.network.events.conftest import address, plan, states
from tests.network.events.test_registering import block

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]


def test_a_message_is_read_by_who_it_went_to(members: Circle) -> None:
    """The way in, sent to who comes, isn't on the page of who waits; nor what the material is called."""
    event = plan(members.host, members.kring, capacity=1)
    for each in (members.anna, members.bram):
        register(event, by=each)
    said = {"aangemeld": "De code is 1234", "wachtlijst": "Je bent de eerste", "iedereen": "Neem lunch mee"}
    for group, subject in said.items():
        send_message(event, subject=subject, text="Tot dan", group=group, by=members.host, token=uuid.uuid4())
    add_material(event, title="Offerte van Anna", url="https://voorbeeld.example/a", by=members.host)

    def seen(reader: User) -> set[str]:
        page = read(reader, address(event))
        return {each for each in (*said.values(), "Offerte van Anna") if each in page}

    assert states(event) == {"Anna": "registered", "Bram": "waiting"}
    assert seen(members.anna) == {"De code is 1234", "Neem lunch mee", "Offerte van Anna"}
    assert seen(members.bram) == {"Je bent de eerste", "Neem lunch mee"}
    assert seen(members.host) == {*said.values(), "Offerte van Anna"}


def test_who_was_blocked_meanwhile_takes_no_offered_place_by_registering_again(members: Circle) -> None:
    event = plan(members.host, members.kring, capacity=1)
    for each in (members.anna, members.bram):
        register(event, by=each)
    withdraw(event, by=members.anna)
    assert states(event)["Bram"] == "offered"
    block(members.bram, members.kring.pk)
    with pytest.raises(Refused):
        register(event, by=members.bram)
    assert Registration.objects.get(event=event, user=members.bram).state == "offered"
