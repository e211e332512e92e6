"""Who sees which organisation and which of its people: with a canary in everything that not everybody may know of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client

from portal.accounts.audiences import terms_for
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from portal.organisations.services import (
    ask_to_join,
    invite_people,
    merge_organisations,
    set_holding,
    verify_organisation,
)
from portal.pages.staff import EDITORS, setup_staff
from search.indexing.relay import relay_all
from tests.factories.pages import Portal, make_case, restrict
from tests.factories.taxonomy import OrganisationFactory
from tests.portal.organisations.people import (
    MANAGER,
    browser_of,
    join,
    make_organisation,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db
BIRD = "Kanarievogel"


@pytest.fixture
def founder(db: None) -> User:
    return make_person("Baas van de kooi")


@pytest.fixture
def hidden(founder: User) -> Organisation:
    found = make_organisation(f"{BIRD} Techniek", by=founder, is_public=False)
    # An answer may repeat the address that was asked for; so the name doesn't stand in it.
    Organisation.objects.filter(pk=found.pk).update(slug="verborgen-adres", description=f"De {BIRD} zelf")
    found.refresh_from_db()
    return found


def editor() -> User:
    setup_staff()
    user = make_person(is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


STRANGERS: dict[str, Callable[[], Any]] = {
    "anonymous": lambda: None,
    "member": make_person,
    "manager of another": lambda: make_organisation("Elders").memberships.get().user,
    "staff without permission": lambda: make_person(is_staff=True),
    "member whose time is over": lambda: (
        join(Organisation.objects.get(name__startswith=BIRD), ends_on="2001-01-01").user
    ),
    "who is invited": lambda: invited(),
}


def invited() -> User:
    person = make_person()
    organisation = Organisation.objects.get(name__startswith=BIRD)
    manager = organisation.memberships.get(role=MANAGER).user
    invite_people(organisation, addresses=[person.email], by=manager)
    return person


PLACES = (
    "/organisaties/", "/organisaties/?q=kanarie", "/organisaties/?soort=company", "/organisaties/verborgen-adres/",
    "/organisaties/verborgen-adres/aanvragen/", "/organisaties/verborgen-adres/beheer/",
    "/organisaties/verborgen-adres/beheer/mensen.csv", "/organisaties/verborgen-adres/verlaten/",
    "/sitemap.xml", "/zoeken/?q=kanarievogel", "/zoeken/suggesties/?q=kanarie", "/api/zoeken?q=kanarievogel", "/",
    "/organisaties/openbaar/",
)  # fmt: skip


@pytest.mark.parametrize("who", STRANGERS)
def test_what_a_member_founded_is_hidden_until_it_is_verified(
    portal: Portal, index: Any, hidden: Organisation, who: str
) -> None:
    # Ways in which a public one leads to it.
    public = make_organisation("Openbaar")
    set_holding(public, holding=hidden, by=make_staff(), reason="Jaarverslag")
    client = browser_of(STRANGERS[who]())
    relay_all()
    found = []
    for path in PLACES:
        response = client.get(path, headers={"Accept": "application/json"} if "suggesties" in path else {})
        text = response.content.decode().lower()
        is_own = path.startswith("/organisaties/verborgen-adres/")
        if "kanarievogel techniek" in text or ("verborgen-adres" in text and not is_own):
            found.append(path)
        if is_own:
            to_the_door = response.status_code == 302 and response["Location"].startswith("/inloggen/")
            assert response.status_code == 404 or (who == "anonymous" and to_the_door), path
    assert found == []


@pytest.mark.parametrize("who", ["founder", "colleague", "superuser", "editor"])
def test_its_own_people_and_staff_do_see_it(
    portal: Portal, hidden: Organisation, founder: User, who: str
) -> None:
    make = {
        "founder": lambda: founder,
        "colleague": lambda: join(hidden).user,
        "superuser": make_staff,
        "editor": editor,
    }
    client = browser_of(make[who]())
    assert BIRD in client.get("/organisaties/").content.decode()
    assert client.get("/organisaties/verborgen-adres/").status_code == 200


def test_a_hidden_one_answers_like_one_that_is_not_there(portal: Portal, hidden: Organisation) -> None:
    for user in (None, make_person()):
        client = browser_of(user)
        for rest in (
            "",
            "aanvragen/",
            "beheer/",
            "verlaten/",
            "zichtbaar/",
            "beheer/gegevens/",
            "beheer/mensen.csv",
        ):
            for method in ("get", "post"):
                there = getattr(client, method)(f"/organisaties/verborgen-adres/{rest}")
                nowhere = getattr(client, method)(f"/organisaties/bestaat-echt-niet-x/{rest}")
                assert there.status_code == nowhere.status_code, (rest, method)


def test_a_company_that_only_a_draft_names_is_hidden(portal: Portal) -> None:
    case = make_case(portal, "Straks", organisation=f"{BIRD} Techniek", live=False)
    assert BIRD not in Client().get("/organisaties/").content.decode()
    assert Client().get(case.organisation.get_absolute_url()).status_code == 404
    make_case(portal, "Nu al", organisation=f"{BIRD} Techniek")
    client = browser_of(make_person())
    assert BIRD in client.get("/organisaties/").content.decode()
    page = client.get(case.organisation.get_absolute_url()).content.decode()
    assert "Nu al" in page
    assert "Straks" not in page


def test_a_case_for_members_stays_for_members_on_the_page(portal: Portal) -> None:
    organisation = make_organisation("Openbaar")
    for title, is_restricted in (("Voor iedereen", False), (f"Over de {BIRD}", True)):
        case = make_case(portal, title, organisation="Openbaar")
        if is_restricted:
            restrict(case)
    assert BIRD not in Client().get(organisation.get_absolute_url()).content.decode()
    assert BIRD in browser_of(make_person()).get(organisation.get_absolute_url()).content.decode()


def test_who_is_listed_is_seen_where_the_organisation_is(hidden: Organisation) -> None:
    public = make_organisation("Openbaar")
    rows = {
        "listed": join(public, is_listed=True),
        "not listed": join(public),
        "listed, over": join(public, is_listed=True, ends_on="2001-01-01"),
        "listed, gone": join(public, make_person(is_active=False), is_listed=True),
        "listed, hidden": join(hidden, is_listed=True),
    }

    def seen(user: Any) -> set[str]:
        visible = set(Membership.objects.visible_to(user))
        return {name for name, row in rows.items() if row in visible}

    assert seen(AnonymousUser()) == {"listed"}
    assert seen(make_person()) == {"listed"}
    assert seen(rows["not listed"].user) >= {"listed", "not listed"}
    assert "listed, hidden" not in seen(rows["not listed"].user)
    assert seen(rows["listed, hidden"].user) == {"listed", "listed, hidden"}
    assert seen(make_staff()) == set(rows)


def test_a_merged_one_leads_on_where_it_was_in_sight(
    portal: Portal, hidden: Organisation, founder: User
) -> None:
    old, new = make_organisation("Oud"), make_organisation("Nieuwer")
    staff = make_staff()
    merge_organisations(old, into=new, by=staff, reason="Overname")
    merge_organisations(hidden, into=new, by=staff, reason="Overname")
    answer = Client().get("/organisaties/oud/")
    assert (answer.status_code, answer["Location"]) == (301, "/organisaties/nieuwer/")
    assert Client().get("/organisaties/verborgen-adres/").status_code == 404
    assert browser_of(make_person()).get("/organisaties/verborgen-adres/").status_code == 404
    assert browser_of(founder).get("/organisaties/verborgen-adres/").status_code == 301
    listed = Client().get("/organisaties/").content.decode()
    assert "Nieuwer" in listed
    assert "Oud" not in listed


def test_audience_terms_follow_membership(hidden: Organisation, founder: User) -> None:
    assert f"organisation:{hidden.pk}" in terms_for(founder)
    guest = join(hidden, ends_on="2001-01-01").user
    assert f"organisation:{hidden.pk}" not in terms_for(guest)


def test_requests_are_for_who_asked_and_for_managers(founder: User) -> None:
    public = make_organisation("Openbaar", by=founder)
    asker, colleague = make_person(), join(public).user
    request = ask_to_join(public, by=asker)
    model = type(request)._default_manager
    seen = [
        request in model.visible_to(who)
        for who in (asker, founder, colleague, make_person(), AnonymousUser())
    ]
    assert seen == [True, True, False, False, False]


def test_the_log_is_for_managers_and_staff(founder: User, hidden: Organisation) -> None:
    verify_organisation(hidden, by=make_staff(), reason="Gezien")
    model = type(hidden.events.get_queryset().first())
    people = (founder, make_staff(), join(hidden).user, make_person(), AnonymousUser())
    assert [model.objects.visible_to(who).exists() for who in people] == [True, True, False, False, False]


def test_what_staff_prepare_stands_in_their_admin_alone(portal: Portal) -> None:
    OrganisationFactory.create(name=f"{BIRD} zonder voorbeeld")
    staff = browser_of(make_staff())
    for client in (Client(), staff):
        assert BIRD not in client.get("/organisaties/").content.decode()
    assert BIRD in staff.get("/beheer/snippets/organisations/organisation/").content.decode()
