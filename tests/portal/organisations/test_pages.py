"""The list and the page of one, and how little they ask of the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.organisations.models import EmailDomain, Establishment, Invitation, JoinRequest, Organisation
from portal.organisations.services import ask_to_join
from tests.factories.pages import Portal, make_case
from tests.factories.taxonomy import CoropFactory, DivisionFactory, OrganisationFactory
from tests.portal.organisations.people import browser_of, join, make_person

pytestmark = pytest.mark.django_db
BASE = "/organisaties/kozijnfabriek-de-lat/"


def public(name: str, **fields: Any) -> Organisation:
    return OrganisationFactory.create(name=name, verified_at=timezone.now(), **fields)


def names(client: Client, query: str) -> list[str]:
    return [card.name for card in client.get(f"/organisaties/{query}").context["cards"]]


def test_narrowing_the_list(portal: Portal) -> None:
    division, corop = DivisionFactory.create(), CoropFactory.create()
    public("Zagerij Ómmen", slug="zagerij-ommen", sector=division)
    public("Advies Noord", kind="advisory-firm", region=corop)
    public("Bakkerij")
    client = Client()
    assert names(client, "") == ["Advies Noord", "Bakkerij", "Zagerij Ómmen"]
    assert names(client, "?q=OMMEN") == ["Zagerij Ómmen"]
    assert names(client, "?soort=advisory-firm") == ["Advies Noord"]
    assert names(client, "?sector=C") == ["Zagerij Ómmen"]
    assert names(client, "?regio=PV23") == ["Advies Noord"]
    assert names(client, "?regio=PV23&soort=company") == []


@pytest.mark.parametrize(
    "query",
    [
        "?soort=onzin",
        "?sector=99999",
        "?regio=%00",
        "?q=%25",
        "?q=" + "x" * 5000,
        "?q=%ED%A0%80",
        "?sector=C&sector=F",
    ],
)
def test_a_strange_filter_is_left_out_or_finds_nothing(portal: Portal, query: str) -> None:
    public("Bakkerij")
    response = Client().get(f"/organisaties/{query}")
    assert response.status_code == 200


@pytest.mark.parametrize("number", ["0", "2", "x", "-1", "²", "9" * 40])
def test_a_page_that_is_not_there(portal: Portal, number: str) -> None:
    public("Bakkerij")
    assert Client().get(f"/organisaties/?pagina={number}").status_code == 404


def test_pages_keep_the_filter(portal: Portal) -> None:
    with transaction.atomic():
        for number in range(30):
            public(f"Bakkerij {number:02}")
        public("Smederij")
    first = Client().get("/organisaties/?q=bakkerij")
    assert len(first.context["cards"]) == 25
    assert "/organisaties/?q=bakkerij&amp;pagina=2" in first.content.decode()
    assert len(names(Client(), "?q=bakkerij&pagina=2")) == 5


def test_the_way_from_a_case_to_its_company_and_back(portal: Portal) -> None:
    case = make_case(portal, "Minder zaagverlies", organisation="Zagerij Ommen")
    page = Client().get(case.get_url()).content.decode()
    assert 'href="/organisaties/zagerij-ommen/"' in page
    assert f'href="{case.get_url()}"' in Client().get("/organisaties/zagerij-ommen/").content.decode()


# --- budgets


def fill(organisation: Organisation, portal: Portal, rows: int) -> None:
    """So many more of everything that these pages show."""
    start = JoinRequest.objects.count()
    with transaction.atomic():
        for number in range(start, start + rows):
            fill_one(organisation, portal, number)


def fill_one(organisation: Organisation, portal: Portal, number: int) -> None:
    region = CoropFactory.create()
    make_case(portal, f"Voorbeeld {number}", organisation=organisation)
    join(organisation, make_person(f"Collega {number}"), is_listed=True)
    Establishment.objects.create(
        organisation=organisation, name="Kantoor", place=f"Plaats {number}", region=region
    )
    EmailDomain.objects.create(organisation=organisation, domain=f"lat{number}.example")
    ask_to_join(organisation, by=make_person(f"Vrager {number}"))
    Invitation.objects.create(
        organisation=organisation,
        email=f"x{number}@lat.example",
        token_digest=str(number),
        expires_at=timezone.now() + timedelta(days=1),
    )
    OrganisationFactory.create(
        name=f"Dochter {number}",
        parent=organisation,
        verified_at=timezone.now(),
        sector=DivisionFactory.create(),
        region=region,
    )


def queries(client: Client, path: str) -> int:
    client.get(path)  # what a process keeps
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


# With what a process keeps between requests, and it keeps nothing within a transaction.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("path", "budget"),
    [("/organisaties/", 12), (BASE, 13), (f"{BASE}beheer/", 15), (f"{BASE}beheer/mensen.csv", 12)],
)
def test_the_number_of_questions_does_not_grow(
    portal: Portal, organisation: Organisation, manager: User, path: str, budget: int
) -> None:
    found = []
    for rows in (3, 22):
        fill(organisation, portal, rows)
        found.append(queries(browser_of(manager), path))
    assert JoinRequest.objects.count() == 25
    assert found[0] == found[1]
    assert found[0] <= budget


@pytest.mark.django_db(transaction=True)
def test_a_visitor_costs_less(portal: Portal, organisation: Organisation) -> None:
    fill(organisation, portal, 3)
    for path in ("/organisaties/", BASE):
        client = Client()
        client.cookies["bedrijf"] = "C.."  # so that no stored page answers
        assert queries(client, path) <= 10
