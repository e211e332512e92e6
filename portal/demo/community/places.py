"""Ecosystems with their working groups, who takes part, and the rooms of the forum."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from network.ecosystems.models import Ecosystem, Participation
from network.ecosystems.services import (
    accept_rules,
    admit_company,
    ask_to_join,
    change_house_rules,
    found_ecosystem,
    set_role,
    take_part,
)
from network.forum.models import ForumRoom
from network.forum.services import make_room
from portal.accounts.models import User
from portal.demo.community.cast import Cast, read

GUEST_DAYS = 180
DETAILS = ("summary", "about", "visibility", "joining")


def load_ecosystems(cast: Cast) -> None:
    for entry in read("ecosystems"):
        manager = cast.people[entry["manager"]]
        ecosystem = _ecosystem(cast, entry, manager)
        for group in entry.get("groups", []):
            _ecosystem(cast, {**group, "organisation": entry["organisation"]}, manager, parent=ecosystem)


def _ecosystem(
    cast: Cast, entry: dict[str, Any], manager: User, parent: Ecosystem | None = None
) -> Ecosystem:
    """As it stands where it is there already: who came or went since then isn't touched."""
    organisation = cast.organisations[entry["organisation"]]
    known = Ecosystem.objects.filter(organisation=organisation, parent=parent, name=entry["name"]).first()
    if known is None:
        details = {name: entry[name].strip() for name in DETAILS}
        known = found_ecosystem(
            organisation=organisation, name=entry["name"], by=manager, parent=parent, **details
        )
        _people_it(cast, entry, known, manager)
        cast.made["ecosystems"] += 1
    cast.ecosystems[entry["key"]] = known
    return known


def _people_it(cast: Cast, entry: dict[str, Any], ecosystem: Ecosystem, manager: User) -> None:
    if entry.get("house_rules"):
        change_house_rules(ecosystem, text=entry["house_rules"].strip(), by=manager)
    for key in entry.get("companies", []):
        admit_company(ecosystem, organisation=cast.organisations[key], by=manager)
    version = ecosystem.rules_version
    for key in entry["people"]:
        person = cast.people[key]
        row = take_part(
            ecosystem, user=person, by=manager, accepted_rules=version if person == manager else 0
        )
        accept_rules(row, version=version, by=person)
        if person == manager:
            set_role(row, role=Participation.Role.MANAGER, by=manager)
    until = timezone.localdate(cast.now) + timedelta(days=GUEST_DAYS)
    for key in entry.get("guests", []):
        row = take_part(ecosystem, user=cast.people[key], by=manager, guest_until=until)
        accept_rules(row, version=version, by=cast.people[key])
    for asked in entry.get("asks", []):
        _ask(cast, ecosystem, asked, version)
    # They were there before they wrote.
    Participation.objects.filter(ecosystem=ecosystem).update(started_at=cast.came)
    ecosystem.companies.update(started_at=cast.came)
    ecosystem.created_at = cast.came
    ecosystem.save(update_fields=["created_at"])


def _ask(cast: Cast, ecosystem: Ecosystem, asked: dict[str, Any], version: int) -> None:
    person = cast.people[asked["by"]]
    membership = person.memberships.select_related("organisation").get()
    ask_to_join(
        ecosystem,
        by=person,
        through=membership.organisation,
        message=asked["message"],
        accepted_rules=version,
    )


def load_rooms(cast: Cast) -> None:
    for entry in read("forum")["rooms"]:
        known = ForumRoom.objects.filter(ecosystem=None, name=entry["name"]).first()
        if known is None:
            known = make_room(
                ecosystem=None, name=entry["name"], summary=entry["summary"], by=cast.people["mo"]
            )
            cast.made["rooms"] += 1
        cast.rooms[entry["key"]] = known
