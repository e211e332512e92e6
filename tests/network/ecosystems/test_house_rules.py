"""Nobody gets in without the house rules as they are now, and nobody goes on without new ones."""

from __future__ import annotations

import pytest

from network.ecosystems.models import JoinRequest, Participation
from network.ecosystems.rules import is_inside, needs_rules
from network.ecosystems.services import (
    ChangedMeanwhile,
    RulesNotAccepted,
    ask_to_join,
    change_house_rules,
    decide_join_request,
    take_part,
)
from portal.accounts.models import User
from tests.factories.pages import Portal
from tests.network.ecosystems.conftest import Circle, address, change, person, read, send
from tests.portal.organisations.people import browser_of, join, mails

pytestmark = pytest.mark.django_db
RULES = "Wat hier staat, **blijft** hier."
JOIN = "meedoen/"


@pytest.fixture
def newcomer(circle: Circle) -> User:
    """Of a company that belongs; the ecosystem is open and has rules."""
    change(circle.kring, joining="open")
    change_house_rules(circle.kring, text=RULES, by=circle.host)
    return join(circle.anna_bv, person("nieuw")).user


def test_the_box_is_to_be_ticked(portal: Portal, circle: Circle, newcomer: User) -> None:
    url = address(circle.kring, JOIN)
    assert "<strong>blijft</strong>" in read(newcomer, url)
    version = str(circle.kring.rules_version)
    page = send(newcomer, url, version=version)
    assert "Lees de huisregels en vink aan" in page
    assert not is_inside(newcomer, circle.kring)
    send(newcomer, url, version=version, rules="on")
    assert is_inside(newcomer, circle.kring)
    assert needs_rules(newcomer, circle.kring) is None
    assert RULES in mails(newcomer.email)[-1].text


def test_who_saw_older_rules_reads_the_new_ones_first(portal: Portal, circle: Circle, newcomer: User) -> None:
    old = str(circle.kring.rules_version)
    change_house_rules(circle.kring, text="Wees kort.", by=circle.host)
    page = send(newcomer, address(circle.kring, JOIN), version=old, rules="on")
    assert "De huisregels zijn intussen gewijzigd" in page and "Wees kort." in page
    assert f'value="{circle.kring.rules_version}"' in page and "checked" not in page
    assert not is_inside(newcomer, circle.kring)


@pytest.mark.parametrize("version", [0, 1, 99])
def test_no_other_version_lets_anybody_in(circle: Circle, newcomer: User, version: int) -> None:
    with pytest.raises(RulesNotAccepted):
        take_part(circle.kring, user=newcomer, by=newcomer, accepted_rules=version)
    change(circle.kring, joining="request")
    with pytest.raises(RulesNotAccepted):
        ask_to_join(circle.kring, by=newcomer, through=circle.anna_bv, accepted_rules=version)
    assert not JoinRequest.objects.exists()


def test_rules_that_changed_while_a_request_was_open_are_asked_at_the_door(
    portal: Portal, circle: Circle, newcomer: User
) -> None:
    change(circle.kring, joining="request")
    request = ask_to_join(
        circle.kring, by=newcomer, through=circle.anna_bv, accepted_rules=circle.kring.rules_version
    )
    change_house_rules(circle.kring, text="Wees kort.", by=circle.host)
    decide_join_request(request, is_accepted=True, by=circle.host)
    assert browser_of(newcomer).get(address(circle.kring))["Location"] == address(circle.kring, "huisregels/")


@pytest.mark.parametrize("rest", ["", "leden/"])
def test_new_rules_come_before_anything_else(portal: Portal, circle: Circle, rest: str) -> None:
    change_house_rules(circle.kring, text=RULES, by=circle.host)
    client, door = browser_of(circle.bram), address(circle.kring, "huisregels/")
    assert client.get(address(circle.kring, rest))["Location"] == door
    # A way around them through a group is none.
    assert client.get(address(circle.sibling, rest))["Location"] == door
    assert "Lees de huisregels en vink aan" in client.post(door, {"version": "2"}).content.decode()
    assert client.post(door, {"version": "2", "rules": "on"})["Location"] == address(circle.kring)
    assert client.get(address(circle.kring, rest)).status_code == 200
    assert client.get(address(circle.sibling, rest)).status_code == 200
    # Who takes part nowhere, but manages, is not asked.
    assert browser_of(circle.host).get(address(circle.kring, rest)).status_code == 200


def test_accepting_an_older_text_is_not_enough(portal: Portal, circle: Circle) -> None:
    change_house_rules(circle.kring, text=RULES, by=circle.host)
    change_house_rules(circle.kring, text="Wees kort.", by=circle.host)
    page = send(circle.anna, address(circle.kring, "huisregels/"), version="2", rules="on")
    assert "Wees kort." in page and "intussen gewijzigd" in page
    assert needs_rules(circle.anna, circle.kring) is not None


def test_managers_write_look_and_save(portal: Portal, circle: Circle) -> None:
    url = address(circle.kring, "beheer/huisregels/")
    typed = {"text": f"{RULES} <script>x</script>", "version": "1", "actie": "voorbeeld"}
    page = browser_of(circle.host).post(url, typed).content.decode()
    assert "<strong>blijft</strong>" in page and "<script>x" not in page
    circle.kring.refresh_from_db()
    assert circle.kring.house_rules == ""
    send(circle.host, url, text=RULES, version="1")
    circle.kring.refresh_from_db()
    assert (circle.kring.house_rules, circle.kring.rules_version) == (RULES, 2)
    overview = read(circle.host, address(circle.kring, "beheer/"))
    assert "3 mensen accepteerden de huisregels nog niet." in overview


def test_two_managers_write_at_once(portal: Portal, circle: Circle) -> None:
    change_house_rules(circle.kring, text="Van de eerste.", by=circle.host)
    page = send(circle.host, address(circle.kring, "beheer/huisregels/"), text="Van de tweede.", version="1")
    assert "Iemand anders wijzigde dit intussen." in page
    assert "Van de eerste." in page and "Van de tweede." in page
    with pytest.raises(ChangedMeanwhile):
        change_house_rules(circle.kring, text="Van de tweede.", by=circle.host, known=1)
    # Saving again overwrites knowingly.
    send(circle.host, address(circle.kring, "beheer/huisregels/"), text="Van de tweede.", version="2")
    circle.kring.refresh_from_db()
    assert circle.kring.house_rules == "Van de tweede."


def test_whoever_was_removed_accepts_nothing(portal: Portal, circle: Circle) -> None:
    change_house_rules(circle.kring, text=RULES, by=circle.host)
    Participation.objects.filter(user=circle.anna).update(ended_at="2100-01-01T00:00:00Z")
    page = send(circle.anna, address(circle.kring, "huisregels/"), 404, version="2", rules="on")
    assert "Je doet hier niet meer mee." in page
