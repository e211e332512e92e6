"""What staff do: look at what members founded, give an organisation a manager, put two together, all with a reason."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from portal.accounts.models import User
from portal.organisations.models import EmailDomain, Membership, Organisation
from portal.organisations.services import propose_domain
from portal.pages.staff import EDITORS, setup_staff
from tests.factories.pages import Portal
from tests.factories.taxonomy import OrganisationFactory
from tests.portal.organisations.people import (
    MANAGER,
    browser_of,
    join,
    log_of,
    mails,
    make_organisation,
    make_person,
    make_staff,
    membership,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(portal: Portal) -> Client:
    return browser_of(make_staff())


@pytest.fixture
def founder(portal: Portal) -> User:
    return make_person("Fem Nieuw", "fem@nieuw.example")


@pytest.fixture
def new(founder: User) -> Organisation:
    return make_organisation("Net Nieuw BV", by=founder, is_public=False)


def screen(organisation: Organisation, rest: str = "") -> str:
    return f"/beheer/organisaties/{organisation.pk}/{rest}"


def act(client: Client, organisation: Organisation, action: str, **values: str) -> str:
    data = {"actie": action, **{f"{action}-{name}": value for name, value in values.items()}}
    return client.post(screen(organisation), data, follow=True).content.decode()


def test_the_first_page_names_what_waits(staff: Client, new: Organisation) -> None:
    page = staff.get("/beheer/").content.decode()
    assert "Nieuwe organisaties" in page
    assert screen(new) in page


def test_verifying_and_taking_it_back(staff: Client, new: Organisation, founder: User) -> None:
    assert "Schrijf op" in act(staff, new, "verify", reason="") or "verplicht" in act(
        staff, new, "verify", reason=""
    )
    for _time in range(2):
        page = act(staff, new, "verify", reason="Gebeld met de eigenaar")
    assert "Gebeld met de eigenaar" in page
    assert log_of(new) == ["founded", "verified"]
    assert len(mails(founder.email, "organisation-verified")) == 1
    assert "ingetrokken" in act(staff, new, "unverify", reason="Opgeheven")
    new.refresh_from_db()
    assert new.verified_at is None
    assert log_of(new)[-1] == "unverified"


def test_appointing_a_manager(staff: Client, new: Organisation) -> None:
    heir = make_person(email="heir@nieuw.example")
    assert "Er is geen account met dit adres." in act(
        staff, new, "appoint", email="x@y.example", reason="Vraag"
    )
    for _time in range(2):
        act(staff, new, "appoint", email="HEIR@nieuw.example", reason="Op verzoek")
    assert membership(new, heir).role == MANAGER
    assert log_of(new).count("manager-appointed") == 1
    assert len(mails(heir.email)) == 1


def test_holding_and_domain(staff: Client, new: Organisation, founder: User) -> None:
    OrganisationFactory.create(name="Moeder NV")
    act(staff, new, "holding", other="moeder nv", reason="Jaarverslag")
    new.refresh_from_db()
    assert new.parent is not None
    assert "Er is geen organisatie die zo heet." in act(staff, new, "holding", other="Vader", reason="x")
    domain = propose_domain(new, domain="nieuw.example", by=founder)
    for _time in range(2):
        staff.post(screen(new), {"actie": "domain", "domain": domain.pk})
    domain.refresh_from_db()
    assert domain.confirmed_at is not None
    assert log_of(new).count("domain-confirmed") == 1
    staff.post(screen(new), {"actie": "domain-remove", "domain": domain.pk})
    assert not EmailDomain.objects.exists()
    for odd in ("", "x", "²", "999999"):
        assert staff.post(screen(new), {"actie": "domain", "domain": odd}).status_code == 302


def test_merging_shows_both_names_first(staff: Client, new: Organisation) -> None:
    other = make_organisation("Al Lang Bestaand")
    url = screen(new, "samenvoegen/")
    values = {"other": "al lang bestaand", "reason": "Dubbel gemaakt"}
    page = staff.post(url, values).content.decode()
    assert "Net Nieuw BV" in page
    assert "Al Lang Bestaand" in page
    new.refresh_from_db()
    assert new.merged_into is None
    for _time in range(2):
        assert staff.post(url, {**values, "bevestigd": "ja"}).status_code == 302
    new.refresh_from_db()
    assert new.merged_into == other
    assert log_of(other).count("merged") == 1
    assert "Opgegaan in" in staff.get(screen(new)).content.decode()
    assert (
        "Kies twee verschillende"
        in staff.post(screen(other, "samenvoegen/"), {**values, "bevestigd": "ja"}).content.decode()
    )


def test_editors_look_after_organisations_and_do_not_merge(portal: Portal, new: Organisation) -> None:
    setup_staff()
    editor = make_person(is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITORS))
    client = browser_of(editor)
    assert "samenvoegen" not in client.get(screen(new)).content.decode()
    assert client.get(screen(new, "samenvoegen/")).status_code in (302, 403)
    act(client, new, "verify", reason="Gezien")
    new.refresh_from_db()
    assert new.verified_by == editor


def test_a_manager_has_no_business_here(new: Organisation, founder: User) -> None:
    client = browser_of(founder)
    for rest in ("", "samenvoegen/"):
        assert client.get(screen(new, rest)).status_code == 302
        assert client.post(screen(new, rest), {"actie": "verify", "verify-reason": "x"}).status_code == 302
    new.refresh_from_db()
    assert new.verified_at is None


@pytest.mark.parametrize(
    ("standing", "names"),
    [
        ("unverified", {"Net Nieuw BV"}),
        ("without-manager", {"Verlaten"}),
        ("domains", {"Met domein"}),
        ("merged", {"Weg"}),
        ("", {"Net Nieuw BV", "Verlaten", "Met domein", "Weg", "Blijft"}),
    ],
)
def test_filters_and_their_export(staff: Client, new: Organisation, standing: str, names: set[str]) -> None:
    lonely = make_organisation("Verlaten")
    lonely.memberships.all().delete()
    EmailDomain.objects.create(organisation=make_organisation("Met domein"), domain="x.example")
    kept = make_organisation("Blijft")
    Organisation.objects.filter(pk=make_organisation("Weg").pk).update(merged_into=kept)
    url = f"/beheer/snippets/organisations/organisation/?standing={standing}"
    assert staff.get(url).status_code == 200
    body = staff.get(f"{url}&export=csv").getvalue().decode()
    assert {row[0] for row in list(csv.reader(io.StringIO(body)))[1:]} == names


def test_an_export_holds_no_formula(staff: Client, founder: User) -> None:
    make_organisation("=1+1 BV", by=founder)
    body = staff.get("/beheer/snippets/organisations/organisation/?export=csv").getvalue()
    assert b"'=1+1 BV" in body


def test_what_administrators_do_by_hand_stands_in_the_log(staff: Client, new: Organisation) -> None:
    guest, url = make_person(), "/beheer/snippets/organisations/membership/"
    values = {"user": guest.pk, "organisation": new.pk, "role": "member", "ends_on": "2999-01-01"}
    staff.post(f"{url}add/", values)
    row = Membership.objects.get(user=guest)
    staff.post(f"{url}edit/{row.pk}/", {**values, "role": "editor"})
    staff.post(f"{url}delete/{row.pk}/")
    assert not Membership.objects.filter(user=guest).exists()
    assert log_of(new) == ["founded", "joined", "role-changed", "removed"]


def test_a_name_that_is_there_is_refused_in_the_form(staff: Client, new: Organisation) -> None:
    values = {"name": "net nieuw bv", "slug": "anders", "kind": "company", "description": "", "website": ""}
    page = staff.post("/beheer/snippets/organisations/organisation/add/", values).content.decode()
    assert "Er is al een organisatie die" in page
    assert Organisation.objects.count() == 1


def test_a_merged_one_is_not_chosen_any_more(staff: Client, new: Organisation) -> None:
    kept = make_organisation("Blijft")
    Organisation.objects.filter(pk=new.pk).update(merged_into=kept)
    page = staff.get("/beheer/snippets/choose/organisations/organisation/").content.decode()
    assert "Blijft" in page
    assert "Net Nieuw BV" not in page


def test_the_log_names_people_as_long_as_they_are_there(
    staff: Client, new: Organisation, founder: User
) -> None:
    colleague = join(new, make_person("Kanarie")).user
    act(staff, new, "appoint", email=colleague.email, reason="Op verzoek")
    assert "Kanarie" in staff.get(screen(new)).content.decode()
    colleague.delete()
    assert "Kanarie" not in staff.get(screen(new)).content.decode()
