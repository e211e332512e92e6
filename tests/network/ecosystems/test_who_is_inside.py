"""Who takes part holds the term, and nobody else: up, down and beside, and from the moment that something ends."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from time_machine import travel

from network.ecosystems.audiences import ecosystem_term
from network.ecosystems.models import CompanyMembership, Ecosystem, Participation
from network.ecosystems.services import (
    NotAllowed,
    Refused,
    accept_rules,
    admit_company,
    change_house_rules,
    close_ecosystem,
    end_company,
    end_lapsed,
    end_participation,
    found_ecosystem,
    set_role,
    take_part,
)
from portal.accounts.audiences import terms_for
from portal.accounts.models import User
from portal.organisations.models import Membership
from tests.network.ecosystems.conftest import Circle, company, person

TODAY = timezone.localdate


def inside(user: Any, circle: Circle) -> set[str]:
    """Names of the ecosystems whose content this person reads; terms and set always say the same."""
    names = {ecosystem.pk: ecosystem.name for ecosystem in (circle.kring, circle.group, circle.sibling)}
    terms = {name for pk, name in names.items() if ecosystem_term(pk) in terms_for(user)}
    assert terms == set(Ecosystem.objects.inside(user, TODAY()).values_list("name", flat=True))
    return terms


def known(user: Any) -> set[str]:
    return set(Ecosystem.objects.visible_to(user).values_list("name", flat=True))


def test_each_reads_where_they_take_part(circle: Circle) -> None:
    assert inside(circle.anna, circle) == {"ElektroKring", "Lassen"}
    assert inside(circle.bram, circle) == {"ElektroKring", "Plannen"}
    assert inside(circle.guest, circle) == {"ElektroKring"}
    assert inside(circle.outsider, circle) == set()
    assert inside(AnonymousUser(), circle) == set()


def test_managers_inherit_downward_and_not_upward(circle: Circle) -> None:
    assert inside(circle.host, circle) == {"ElektroKring", "Lassen", "Plannen"}
    anna = Participation.objects.get(user=circle.anna, ecosystem=circle.group)
    set_role(anna, role="manager", by=circle.host)
    assert inside(circle.anna, circle) == {"ElektroKring", "Lassen"}
    with pytest.raises(NotAllowed):
        close_ecosystem(circle.kring, by=circle.anna)
    set_role(
        Participation.objects.get(user=circle.bram, ecosystem=circle.kring), role="manager", by=circle.host
    )
    assert inside(circle.bram, circle) == {"ElektroKring", "Lassen", "Plannen"}


def test_an_ordinary_member_of_the_host_manages_nothing(circle: Circle) -> None:
    colleague = person("collega")
    Membership.objects.create(organisation=circle.stroomhuis, user=colleague, role="editor")
    assert inside(colleague, circle) == set()


@pytest.mark.parametrize(
    ("visibility", "others", "members"),
    [
        ("public", {"ElektroKring", "Lassen"}, {"ElektroKring", "Lassen", "Plannen"}),
        ("members", {"ElektroKring"}, {"ElektroKring", "Lassen", "Plannen"}),
        ("hidden", {"ElektroKring"}, {"ElektroKring", "Plannen"}),
    ],
)
def test_who_knows_that_a_group_exists(
    circle: Circle, visibility: str, others: set[str], members: set[str]
) -> None:
    """Bram takes part in the parent and in the sibling, never in the group; its members always know."""
    Ecosystem.objects.filter(pk=circle.kring.pk).update(visibility="public")
    Ecosystem.objects.filter(pk=circle.group.pk).update(visibility=visibility, joining="invitation")
    assert known(circle.outsider) == known(AnonymousUser()) == others
    assert known(circle.bram) == members
    assert "Lassen" in known(circle.anna) and "Lassen" in known(circle.host)


def test_who_knows_that_an_ecosystem_exists(circle: Circle) -> None:
    assert known(AnonymousUser()) == set()
    assert known(circle.outsider) == {"ElektroKring"}
    Ecosystem.objects.filter(pk=circle.kring.pk).update(visibility="hidden", joining="invitation")
    assert known(circle.outsider) == set()
    assert known(circle.guest) == {"ElektroKring", "Lassen", "Plannen"}
    Ecosystem.objects.filter(pk=circle.group.pk).update(visibility="public")
    assert known(circle.outsider) == known(AnonymousUser()) == set()  # a public group in a hidden ecosystem


def test_who_leaves_the_company_is_out_at_once(circle: Circle) -> None:
    Membership.objects.filter(user=circle.anna).delete()
    assert inside(circle.anna, circle) == set()
    assert inside(circle.bram, circle) == {"ElektroKring", "Plannen"}


def test_on_the_day_after_the_last_one_the_person_is_out(circle: Circle) -> None:
    Membership.objects.filter(user=circle.anna).update(ends_on=TODAY())
    assert inside(circle.anna, circle) == {"ElektroKring", "Lassen"}
    with travel(timezone.now() + datetime.timedelta(days=1)):
        assert inside(circle.anna, circle) == set()


def test_a_company_that_leaves_takes_its_people_along(circle: Circle) -> None:
    end_company(circle.company_row(circle.anna_bv), by=circle.host)
    assert inside(circle.anna, circle) == set()
    assert not Participation.objects.filter(user=circle.anna, ended_at=None).exists()
    assert inside(circle.bram, circle) == {"ElektroKring", "Plannen"}


def test_a_guest_is_out_after_the_last_day(circle: Circle) -> None:
    with travel(timezone.now() + datetime.timedelta(days=30)):
        assert inside(circle.guest, circle) == {"ElektroKring"}
    with travel(timezone.now() + datetime.timedelta(days=31)):
        assert inside(circle.guest, circle) == set()


def test_who_leaves_the_ecosystem_leaves_its_groups(circle: Circle) -> None:
    end_participation(Participation.objects.get(user=circle.anna, ecosystem=circle.kring), by=circle.anna)
    assert inside(circle.anna, circle) == set()
    # And where a row of the group were left behind, it would count for nothing.
    Participation.objects.filter(user=circle.anna, ecosystem=circle.group).update(ended_at=None)
    assert inside(circle.anna, circle) == set()


def test_coming_back_to_the_company_revives_nothing_after_the_night(circle: Circle) -> None:
    Membership.objects.filter(user=circle.anna).delete()
    assert end_lapsed(timezone.now()) == 2
    Membership.objects.create(user=circle.anna, organisation=circle.anna_bv)
    assert inside(circle.anna, circle) == set()
    assert end_lapsed(timezone.now()) == 0
    circle.take_part(circle.anna)
    assert inside(circle.anna, circle) == {"ElektroKring"}


def test_a_person_of_two_companies_stays_through_the_other_one(circle: Circle) -> None:
    Membership.objects.create(user=circle.anna, organisation=circle.bram_bv)
    Membership.objects.filter(user=circle.anna, organisation=circle.anna_bv).delete()
    assert inside(circle.anna, circle) == set()
    circle.take_part(circle.anna)
    assert inside(circle.anna, circle) == {"ElektroKring"}
    circle.take_part(circle.anna, circle.group)
    assert inside(circle.anna, circle) == {"ElektroKring", "Lassen"}


def test_a_group_needs_its_parent(circle: Circle) -> None:
    with pytest.raises(Refused, match="eerst mee in het ecosysteem"):
        circle.take_part(circle.outsider, circle.group)


def test_only_who_may_lets_people_in(circle: Circle) -> None:
    newcomer = person("nieuw")
    Membership.objects.create(user=newcomer, organisation=circle.anna_bv)
    for by in (newcomer, circle.anna, circle.outsider):
        with pytest.raises(NotAllowed):
            take_part(circle.kring, user=newcomer, by=by)
    Ecosystem.objects.filter(pk=circle.kring.pk).update(joining="open")
    circle.kring.refresh_from_db()
    with pytest.raises(NotAllowed):
        take_part(circle.kring, user=newcomer, by=newcomer, guest_until=TODAY())
    take_part(circle.kring, user=newcomer, by=newcomer)
    assert inside(newcomer, circle) == {"ElektroKring"}
    with pytest.raises(Refused, match="nog geen lid"):
        take_part(circle.kring, user=circle.outsider, by=circle.outsider)


def test_taking_part_twice_is_taking_part_once(circle: Circle) -> None:
    before = Participation.objects.count()
    circle.take_part(circle.anna)
    circle.take_part(circle.anna)
    admit_company(circle.kring, organisation=circle.anna_bv, by=circle.host)
    assert Participation.objects.count() == before
    assert CompanyMembership.objects.filter(organisation=circle.anna_bv).count() == 1


def test_a_closed_ecosystem_takes_nobody_but_lets_its_people_read(circle: Circle) -> None:
    close_ecosystem(circle.kring, by=circle.host)
    circle.group.refresh_from_db()
    assert circle.group.closed_at is not None
    with pytest.raises(Refused, match="gesloten"):
        circle.take_part(circle.outsider, guest_until=TODAY())
    assert inside(circle.anna, circle) == {"ElektroKring", "Lassen"}


def test_new_house_rules_are_asked_of_everybody_again(circle: Circle) -> None:
    row = Participation.objects.get(user=circle.anna, ecosystem=circle.kring)
    change_house_rules(circle.kring, text="Wat hier staat, blijft hier.", by=circle.host)
    accept_rules(row, version=circle.kring.rules_version, by=circle.anna)
    assert row.rules_version == circle.kring.rules_version == 2
    change_house_rules(circle.kring, text="Wat hier staat, blijft hier.", by=circle.host)
    assert circle.kring.rules_version == 2  # the same text asks nobody again
    change_house_rules(circle.kring, text="Wees kort.", by=circle.host)
    row.ecosystem.refresh_from_db()
    accept_rules(row, version=2, by=circle.anna)
    assert row.rules_version == 2 < circle.kring.rules_version
    with pytest.raises(NotAllowed):
        accept_rules(row, version=3, by=circle.bram)


def test_a_guest_manages_nothing(circle: Circle) -> None:
    with pytest.raises(Refused, match="gast"):
        set_role(Participation.objects.get(user=circle.guest), role="manager", by=circle.host)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_guest_has_an_end_date_within_a_year(circle: Circle, days: int) -> None:
    with pytest.raises(Refused, match="binnen een jaar"):
        circle.take_part(circle.outsider, guest_until=TODAY() + datetime.timedelta(days=days))


def test_founding_is_for_managers_of_the_organisation(circle: Circle) -> None:
    for by in (circle.anna, circle.outsider):
        with pytest.raises(NotAllowed):
            found_ecosystem(organisation=circle.stroomhuis, name="Nog een", by=by)
        with pytest.raises(NotAllowed):
            found_ecosystem(organisation=circle.stroomhuis, name="Nog een", by=by, parent=circle.kring)
    with pytest.raises(Refused, match="deze naam"):
        found_ecosystem(organisation=circle.stroomhuis, name=" elektrokring ", by=circle.host)
    with pytest.raises(Refused, match="geen werkgroepen"):
        found_ecosystem(organisation=circle.stroomhuis, name="Dieper", by=circle.host, parent=circle.group)
    elsewhere = company("Elders", circle.outsider, role="manager")
    other = found_ecosystem(organisation=elsewhere, name="Lassen", by=circle.outsider)
    assert other.slug == "lassen-2"


def test_the_list_of_people_is_for_who_takes_part(circle: Circle) -> None:
    def people(user: Any) -> set[tuple[str, str]]:
        rows = Participation.objects.visible_to(user).values_list("ecosystem__name", "user__name")
        return set(rows)

    assert people(circle.outsider) == people(AnonymousUser()) == set()
    assert ("Lassen", "Anna") not in people(circle.bram)
    assert ("ElektroKring", "Anna") in people(circle.bram)
    assert ("Lassen", "Anna") in people(circle.host)


@pytest.mark.parametrize(
    "broken", ["company and guest", "neither", "twice", "hidden and open", "ends before"]
)
def test_the_database_refuses(circle: Circle, broken: str) -> None:
    row = circle.company_row(circle.anna_bv)
    user = User.objects.create_user("nog.een@voorbeeld.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        if broken == "company and guest":
            Participation.objects.create(ecosystem=circle.kring, user=user, company=row, guest_until=TODAY())
        elif broken == "neither":
            Participation.objects.create(ecosystem=circle.kring, user=user)
        elif broken == "twice":
            Participation.objects.create(ecosystem=circle.kring, user=circle.anna, company=row)
        elif broken == "hidden and open":
            Ecosystem.objects.filter(pk=circle.kring.pk).update(visibility="hidden", joining="open")
        else:
            CompanyMembership.objects.filter(pk=row.pk).update(
                ended_at=row.started_at - datetime.timedelta(days=1)
            )


@pytest.mark.parametrize("number", [3, 25])
def test_terms_cost_one_query_however_many_there_are(
    circle: Circle, django_assert_num_queries: Any, number: int
) -> None:
    from network.ecosystems.audiences import ecosystems

    for each in range(number):
        group = found_ecosystem(
            organisation=circle.stroomhuis, name=f"Groep {each}", by=circle.host, parent=circle.kring
        )
        circle.take_part(circle.anna, group)
    with django_assert_num_queries(1):
        assert len(list(ecosystems(circle.anna))) == number + 2
