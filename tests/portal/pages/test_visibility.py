"""Who sees which page, in the queryset and on the screen; what one may not see does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from cases.models import CasePage
from portal.accounts.models import User
from portal.home.models import FrontPageProof
from portal.pages.models import KnowledgePage, RelatedPage
from portal.pages.querysets import page_audience, visible_pages
from tests.factories.pages import (
    Portal,
    add_measurement,
    make_case,
    make_figure,
    make_knowledge,
    make_page,
    restrict,
)
from tests.portal.pages.conftest import Commit

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(group: Group) -> dict[str, Any]:
    def person(name: str, **fields: bool) -> User:
        return User.objects.create_user(f"{name}@voorbeeld.nl", **fields)

    people: dict[str, Any] = {
        "visitor": AnonymousUser(),
        "gone": person("gone", is_active=False, is_superuser=True),
        "member": person("member"),
        "circle": person("circle"),
        "other": person("other"),
        "boss": person("boss", is_superuser=True),
    }
    people["circle"].groups.add(group)
    people["gone"].groups.add(group)
    people["other"].groups.add(Group.objects.create(name="Kring Salland"))
    return people


ALL = {"visitor", "gone", "member", "circle", "other", "boss"}
SIGNED_IN = {"member", "circle", "other", "boss"}


def who_sees(page: Page, people: dict[str, Any]) -> set[str]:
    lists = {name for name, user in people.items() if type(page).objects.visible_to(user).filter(pk=page.pk)}
    general = {name for name, user in people.items() if visible_pages(user).filter(pk=page.pk)}
    assert lists == general
    return lists


def test_a_page_without_a_restriction_is_everybodys(portal: Portal, people: dict[str, Any]) -> None:
    page = make_case(portal, "Open")
    restrict(make_case(portal, "Een ander, besloten"))
    assert who_sees(page, people) == ALL


def test_a_page_for_members(portal: Portal, people: dict[str, Any]) -> None:
    page = make_case(portal, "Voor leden")
    restrict(page)
    assert who_sees(page, people) == SIGNED_IN


def test_a_page_for_a_group(portal: Portal, people: dict[str, Any], group: Group) -> None:
    page = make_case(portal, "Voor een kring")
    restrict(page, groups=[group])
    assert who_sees(page, people) == {"circle", "boss"}


def test_a_restriction_without_any_group_lets_nobody_in(portal: Portal, people: dict[str, Any]) -> None:
    page = make_case(portal, "Voor niemand")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    assert who_sees(page, people) == {"boss"}


def test_a_shared_password_opens_nothing(portal: Portal, people: dict[str, Any]) -> None:
    page = make_case(portal, "Met een wachtwoord")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )
    assert who_sees(page, people) == {"boss"}


def test_a_restriction_holds_for_all_below_it(portal: Portal, people: dict[str, Any]) -> None:
    page = make_case(portal, "Onder een besloten overzicht")
    restrict(portal.cases)
    assert who_sees(portal.cases, people) == who_sees(page, people) == SIGNED_IN
    assert who_sees(make_knowledge(portal, "Ernaast"), people) == ALL


def test_two_restrictions_above_each_other_must_both_be_passed(
    portal: Portal, people: dict[str, Any], group: Group
) -> None:
    page = make_case(portal, "Dubbel")
    restrict(portal.cases, groups=[group])
    restrict(page, groups=[Group.objects.get(name="Kring Salland")])
    assert who_sees(page, people) == {"boss"}
    people["circle"].groups.add(Group.objects.get(name="Kring Salland"))
    assert who_sees(page, people) == {"circle", "boss"}


def test_a_page_whose_path_begins_alike_is_no_page_below(portal: Portal, people: dict[str, Any]) -> None:
    first, second = make_page(portal, "Eerste"), make_page(portal, "Tweede")
    restrict(first)
    assert who_sees(second, people) == ALL


@pytest.mark.parametrize(
    "fields", [{"live": False}, {"live": False, "expired": True}], ids=["draft", "expired"]
)
def test_a_page_that_is_not_live_is_nobodys(
    portal: Portal, people: dict[str, Any], fields: dict[str, Any]
) -> None:
    assert who_sees(make_case(portal, "Concept", **fields), people) == set()


def test_the_terms_of_a_page_are_never_wider_than_its_readers(
    portal: Portal, people: dict[str, Any], group: Group
) -> None:
    page = make_case(portal, "Dubbel")
    audiences = [page_audience(page)]
    restrict(portal.home)
    audiences.append(page_audience(page))
    restrict(portal.cases, groups=[group])
    audiences.append(page_audience(page))
    restrict(page, groups=[Group.objects.get(name="Kring Salland")])
    audiences.append(page_audience(page))
    circle = f"group:{group.pk}"
    assert audiences == [{"public"}, {"member"}, {circle, "administrator"}, {"administrator"}]


# --- on the screen ---


def shape(client: Client, path: str) -> tuple[int, str, dict[str, str]]:
    """All that an answer tells, but its own address and the number of the request."""
    response = client.get(path)
    text = response.content.decode().replace(path, "PATH")
    volatile = {"X-Request-ID", "Content-Length", "Date"}
    headers = {name: value for name, value in response.headers.items() if name not in volatile}
    return response.status_code, re.sub(r"[0-9a-f]{32}", "", text), headers


@pytest.mark.parametrize("way", ["draft", "members", "group", "ancestor", "password"])
def test_a_hidden_page_answers_as_one_that_does_not_exist(
    portal: Portal, group: Group, client: Client, way: str
) -> None:
    page = make_case(portal, "Geheim", slug="geheim", live=way != "draft")
    address, nothing = page.get_url(), "/praktijkvoorbeelden/niets1/"
    if way == "members":
        restrict(page)
    elif way == "group":
        restrict(page, groups=[group])
    elif way == "ancestor":
        restrict(portal.cases)
    elif way == "password":
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password="x"
        )
    assert shape(client, address) == shape(client, nothing)
    assert shape(client, f"{address}dieper/") == shape(client, f"{nothing}dieper/")
    assert client.get(address).status_code == 404
    if way in ("members", "ancestor"):
        client.force_login(User.objects.create_user("lid@voorbeeld.nl"))
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("tail", ["thema/", "thema/proces/", "regio/", "onbekend/"])
def test_below_a_hidden_overview_there_is_nothing(
    portal: Portal, client: Client, commit: Commit, tail: str
) -> None:
    make_case(portal, "Smederij", themes=["proces"])
    known = "/praktijkvoorbeelden/"
    before = client.get(known + tail).status_code
    with commit():
        restrict(portal.cases)
    assert before == (404 if tail == "onbekend/" else 200)
    assert shape(client, known + tail) == shape(client, "/niets/" + tail)


def test_the_address_that_a_hidden_page_had_leads_nowhere(
    portal: Portal, client: Client, commit: Commit
) -> None:
    page = make_case(portal, "Geheim", slug="oud")
    page.save_revision().publish()
    page.slug = "nieuw"
    with commit():
        page.save_revision().publish()
    assert client.get("/praktijkvoorbeelden/oud/")["Location"] == "/praktijkvoorbeelden/nieuw/"
    restrict(page)
    assert shape(client, "/praktijkvoorbeelden/oud/") == shape(client, "/praktijkvoorbeelden/niks/")


def words(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def secret(portal: Portal) -> CasePage:
    """A case that is shown everywhere; nobody sees it any more once `hide` is called."""
    case = make_case(
        portal, "Kwartelkoning", slug="kwartelkoning", organisation="Kwartel bv", themes=["proces"]
    )
    add_measurement(case)
    FrontPageProof.objects.create(page=portal.home, case=case)
    reader = make_knowledge(portal, "Lezer", slug="lezer", body=[("references", {"pages": [case]})])
    RelatedPage.objects.create(page=reader, target=case)
    RelatedPage.objects.create(
        page=make_case(portal, "Andere", slug="andere", themes=["leiderschap"]), target=case
    )
    make_page(portal, "Over", slug="over", body=[("references", {"pages": [case]})])
    return case


SHOWN_ON = [
    "/",
    "/praktijkvoorbeelden/",
    "/praktijkvoorbeelden/thema/proces/",
    "/praktijkvoorbeelden/andere/",
    "/kennis/lezer/",
    "/over/",
    "/sitemap.xml",
    "/atom/praktijkvoorbeelden/",
]


@pytest.mark.parametrize("path", SHOWN_ON)
@pytest.mark.parametrize("way", ["members", "draft"])
def test_a_page_hidden_later_is_gone_everywhere(
    portal: Portal, secret: CasePage, client: Client, commit: Commit, path: str, way: str
) -> None:
    assert re.search("kwartel", words(client, path), re.IGNORECASE)
    with commit():
        if way == "members":
            restrict(secret)
        else:
            secret.unpublish()
    assert not re.search("kwartel", words(Client(), path), re.IGNORECASE)


@pytest.mark.parametrize("path", SHOWN_ON[:6])
def test_who_may_see_it_does(
    portal: Portal, secret: CasePage, sign_in: Callable[..., Client], path: str
) -> None:
    restrict(secret)
    assert re.search("kwartel", words(sign_in(), path), re.IGNORECASE)


def test_a_hidden_figure_is_no_chart(portal: Portal, client: Client, commit: Commit) -> None:
    figure = make_figure(portal, "Kwartelgroei", slug="kwartelgroei")
    make_knowledge(portal, "Lezer", slug="lezer", body=[("references", {"pages": [figure]})])
    assert "Kwartelgroei" in words(client, "/kennis/lezer/")
    with commit():
        restrict(portal.figures)
    assert "wartelgroei" not in words(Client(), "/kennis/lezer/")


def test_an_unpublished_draft_of_a_live_page_does_not_show(portal: Portal, client: Client) -> None:
    page = make_knowledge(portal, "Lezer", slug="lezer")
    before = words(client, "/kennis/lezer/")
    page.title = "Kwartel"
    page.save_revision()
    assert words(Client(), "/kennis/lezer/") == before
    assert KnowledgePage.objects.get().has_unpublished_changes
