"""Two organisations become one, with all that belonged to either."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Revision

from cases.models import CasePage
from portal.organisations import merging
from portal.organisations.models import (
    EmailDomain,
    Establishment,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
)
from portal.organisations.services import (
    NotAllowed,
    Refused,
    ask_to_join,
    invite_people,
    merge_organisations,
    set_holding,
)
from search.documents import Reader
from search.indexing.relay import relay_all
from search.question import Question
from search.services import answer
from tests.factories.pages import Portal, make_case
from tests.factories.taxonomy import OrganisationFactory
from tests.portal.organisations.people import (
    EDITOR,
    MANAGER,
    MEMBER,
    join,
    log_of,
    make_organisation,
    make_person,
    make_staff,
    membership,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(db: None) -> Organisation:
    return make_organisation("Zagerij Oud")


@pytest.fixture
def new(db: None) -> Organisation:
    return make_organisation("Houtgroep Groot")


def merge(old: Organisation, new: Organisation) -> Organisation:
    found = merge_organisations(old, into=new, by=make_staff(), reason="Overname")
    old.refresh_from_db()
    return found


def test_every_relation_to_an_organisation_says_how_it_moves() -> None:
    """A new foreign key without a line in an `organisation_links.py` fails here."""
    assert set(merging.links()) >= {
        "cases.CasePage.organisation",
        "organisations.Membership.organisation",
        "organisations.Organisation.parent",
    }
    assert merging.unregistered() == []
    assert {label for label, _move in merging.movers()} == set(merging.links())


def test_a_forgotten_relation_stops_the_merge(
    old: Organisation, new: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(merging._movers, "cases.CasePage.organisation")
    with pytest.raises(Exception, match="cases.CasePage.organisation"):
        merge(old, new)
    old.refresh_from_db()
    assert old.merged_into is None


def test_nothing_points_to_the_one_that_went(portal: Portal, old: Organisation, new: Organisation) -> None:
    """Whatever relation there is, now or later."""
    make_case(portal, "Over de zagerij", organisation=old)
    join(old)
    Establishment.objects.create(organisation=old, name="Zagerij", place="Ommen", is_main=True)
    EmailDomain.objects.create(organisation=old, domain="zagerij.example")
    invite_people(old, addresses=["x@zagerij.example"], by=old.memberships.get(role=MANAGER).user)
    ask_to_join(old, by=make_person())
    OrganisationFactory.create(name="Dochter", parent=old)
    merge_organisations(
        OrganisationFactory.create(name="Nog ouder"), into=old, by=make_staff(), reason="Ooit"
    )
    ours = {label for label in merging.links() if label.startswith(("organisations.", "cases."))}
    assert ours <= set(pointing_at(old))
    assert merge(old, new) == new
    assert pointing_at(old) == []
    assert old.merged_into == new
    assert log_of(new)[-1] == "merged"


def pointing_at(organisation: Organisation) -> list[str]:
    from django.apps import apps

    found = []
    for label in merging.links():
        model_label, _dot, field = label.rpartition(".")
        if apps.get_model(model_label)._base_manager.filter(**{field: organisation}).exists():
            found.append(label)
    return found


def test_doing_it_again_changes_nothing(old: Organisation, new: Organisation) -> None:
    merge(old, new)
    before = log_of(new)
    assert merge(old, new) == new
    assert log_of(new) == before


def test_who_belongs_to_both_keeps_the_higher_role(old: Organisation, new: Organisation) -> None:
    both, gone, guest = make_person(), make_person(), make_person()
    yesterday = timezone.localdate() - timedelta(days=1)
    join(old, both, EDITOR, is_listed=True, is_contact=True)
    join(new, both, MEMBER)
    join(old, gone, MANAGER, ends_on=yesterday)
    join(new, gone, MEMBER)
    join(old, guest, MEMBER, ends_on=timezone.localdate())
    join(new, guest, MEMBER)
    merge(old, new)
    row = membership(new, both)
    assert (row.role, row.is_listed, row.is_contact) == (EDITOR, False, True)
    assert (membership(new, gone).role, membership(new, gone).ends_on) == (MEMBER, None)
    assert membership(new, guest).ends_on is None
    assert Membership.objects.filter(organisation=old).count() == 0


def test_one_main_establishment_and_one_of_each_domain_are_left(old: Organisation, new: Organisation) -> None:
    for organisation in (old, new):
        Establishment.objects.create(organisation=organisation, name="Kantoor", place="Zwolle", is_main=True)
        EmailDomain.objects.create(organisation=organisation, domain="hout.example")
    EmailDomain.objects.filter(organisation=old).update(confirmed_at=timezone.now())
    merge(old, new)
    assert list(new.establishments.values_list("is_main", flat=True)) == [True, False]
    assert [domain.confirmed_at is not None for domain in new.domains.all()] == [True]


def test_open_ones_are_not_doubled(old: Organisation, new: Organisation) -> None:
    asker = make_person()
    for organisation in (old, new):
        boss = organisation.memberships.get(role=MANAGER).user
        invite_people(organisation, addresses=["x@hout.example"], by=boss)
        ask_to_join(organisation, by=asker)
    merge(old, new)
    assert new.invitations.unanswered().count() == 1
    assert (Invitation.objects.count(), JoinRequest.objects.filter(organisation=new).count()) == (2, 2)
    assert JoinRequest.objects.open().count() == 1


def test_who_is_in_by_it_asks_no_more(old: Organisation, new: Organisation) -> None:
    boss = old.memberships.get().user
    request = ask_to_join(new, by=boss)
    merge(old, new)
    request.refresh_from_db()
    assert request.outcome == "withdrawn"


@pytest.mark.parametrize(
    ("mine", "theirs", "left", "kept"),
    [
        ("12345678", "", "", "12345678"),
        ("12345678", "87654321", "12345678", "87654321"),
        ("", "87654321", "", "87654321"),
    ],
)
def test_the_kvk_number(
    old: Organisation, new: Organisation, mine: str, theirs: str, left: str, kept: str
) -> None:
    Organisation.objects.filter(pk=old.pk).update(kvk_number=mine)
    Organisation.objects.filter(pk=new.pk).update(kvk_number=theirs)
    merge(old, new)
    new.refresh_from_db()
    assert (old.kvk_number, new.kvk_number) == (left, kept)


def test_no_circle_of_holdings_comes_of_it(old: Organisation, new: Organisation) -> None:
    top, between = make_organisation("Top"), make_organisation("Tussen")
    staff = make_staff()
    for below, above in ((old, top), (between, old), (new, between)):
        set_holding(below, holding=above, by=staff, reason="Jaarverslag")
    merge(old, new)
    parents = {each.name: each.parent.name if each.parent else "" for each in Organisation.objects.all()}
    assert parents == {"Top": "", "Tussen": "Houtgroep Groot", "Houtgroep Groot": "Top", "Zagerij Oud": ""}


def test_cases_are_found_by_the_name_that_stays(portal: Portal, index: Any, new: Organisation) -> None:
    bird = make_organisation("Wielewaal")
    case = make_case(portal, "Minder zaagverlies", organisation=bird)
    relay_all()
    assert titles("wielewaal") == ["Minder zaagverlies"]
    merge(bird, new)
    relay_all()
    case.refresh_from_db()
    assert case.organisation == new
    assert titles("houtgroep groot") == ["Minder zaagverlies"]
    assert titles("wielewaal") == []


def titles(text: str) -> list[str]:
    found = answer(Question(text=text, literal=True), Reader(None), {})
    return [hit.title for _hit, hit in found.found]


def test_a_draft_does_not_bring_the_old_one_back(
    portal: Portal, old: Organisation, new: Organisation
) -> None:
    case = make_case(portal, "Minder zaagverlies", organisation=old)
    case.title = "Nog minder zaagverlies"
    case.save_revision()
    merge(old, new)
    CasePage.objects.get(pk=case.pk).get_latest_revision().publish()
    case.refresh_from_db()
    assert (case.title, case.organisation) == ("Nog minder zaagverlies", new)
    assert Revision.objects.exists()


def test_a_file_that_names_the_old_one_means_the_one_that_stays(
    portal: Portal, old: Organisation, new: Organisation
) -> None:
    from cases.importers import _organisation

    merge(old, new)
    assert _organisation("zagerij OUD", "practice") == new
    assert _organisation("Geheel nieuw", "practice").slug == "geheel-nieuw"


@pytest.mark.parametrize("case", ["itself", "gone", "onto gone", "hidden"])
def test_what_makes_no_sense_is_refused(old: Organisation, new: Organisation, case: str) -> None:
    third = make_organisation("Derde", is_public=False)
    if case in ("gone", "onto gone"):
        merge(old, new)
    pairs = {"itself": (old, old), "gone": (old, third), "onto gone": (third, old), "hidden": (old, third)}
    with pytest.raises(Refused):
        merge(*pairs[case])


def test_it_is_for_administrators(old: Organisation, new: Organisation) -> None:
    for who in (make_person(), new.memberships.get().user, make_person(is_staff=True)):
        with pytest.raises(NotAllowed):
            merge_organisations(old, into=new, by=who, reason="Overname")
