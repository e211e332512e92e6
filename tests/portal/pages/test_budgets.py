"""How many questions a page puts to the database: few, and as many for 25 rows as for 3."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.home.models import FrontPageProof, HomePage
from portal.pages.models import PageCitation, RelatedPage
from tests.factories.pages import (
    Portal,
    add_measurement,
    make_case,
    make_figure,
    make_knowledge,
    make_page,
    make_portal,
    restrict,
)
from tests.factories.taxonomy import (
    CoropFactory,
    DivisionFactory,
    GoalFactory,
    SizeClassFactory,
    SourceFactory,
    indicator,
)

# Within a test's own transaction the portal remembers less than it does outside one.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("index"),
    pytest.mark.slow,
]

BUDGETS = {
    "/": 20,
    "/praktijkvoorbeelden/": 12,
    "/praktijkvoorbeelden/thema/": 12,
    "/praktijkvoorbeelden/doel/minder-voorraad/": 12,
    "/praktijkvoorbeelden/sector/sector-c/": 12,
    "/praktijkvoorbeelden/regio/overijssel/": 12,
    "/praktijkvoorbeelden/volle/": 12,
    "/kennis/": 12,
    "/kennis/volle/": 12,
    "/over/": 12,
    "/bewaard/": 12,
    "/mijn-bedrijf/": 12,
    "/bestaat-niet/": 12,
}
COMPARED: dict[str, Any] = {
    "established": "measured",
    "period_start": 2006,
    "base": "de stand in 2006",
    "compared_with": "de andere vestiging",
}


def fill(number: int) -> Portal:
    """A portal in which everything that can stand in a list stands there `number` times."""
    portal = make_portal()
    terms: dict[str, Any] = {
        "goals": [GoalFactory.create()],
        "sectors": [DivisionFactory.create(code=str(10 + place)) for place in range(3)],
        "regions": [CoropFactory.create(code=f"CR0{place}", name=f"Streek {place}") for place in range(3)],
        "size_class": SizeClassFactory.create(),
        "themes": ["proces", "leiderschap"],
    }
    cases = [
        make_case(portal, f"Zaak {place}", measurements=[COMPARED, {"code": "lead-time"}], **terms)
        for place in range(number)
    ]
    figures = [make_figure(portal, f"Cijfer {place}") for place in range(3)]
    shown = [
        ("references", {"pages": cases[:6]}),
        ("heading", "Verder"),
        ("references", {"pages": figures}),
        ("references", {"pages": cases[6:12]}),
    ]
    full = make_case(portal, "Volle zaak", slug="volle", **terms)
    knowledge = make_knowledge(portal, "Volle kennis", slug="volle", body=shown)
    make_page(portal, "Over", slug="over", body=shown)
    for place, case in enumerate(cases):
        source = SourceFactory.create(code=f"bron-{place}")
        add_measurement(full, indicator(f"maat-{place}").code, source=source, sort_order=place, **COMPARED)
        for page in (full, knowledge):
            RelatedPage.objects.create(page=page, target=case, sort_order=place)
            PageCitation.objects.create(page=page, source=source, place="blz. 1", sort_order=place)
        make_knowledge(portal, f"Kennis {place}")
    for case in cases[:3]:
        FrontPageProof.objects.create(page=portal.home, case=case)
    portal.home.figure = figures[0]
    portal.home.save()
    return portal


def questions(client: Client, path: str) -> list[str]:
    """The queries of a request for which no finished page is stored; menu and addresses are known from the last one."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    assert response.status_code == (404 if path == "/bestaat-niet/" else 200)
    assert "X-From-Cache" not in response.headers
    return [query["sql"] for query in asked.captured_queries]


VISITORS = ["nobody", "with a company", "behind a restriction"]


def as_visitor(client: Client, who: str) -> Client:
    """A restriction is the dearest case: who passes it is asked for, and it is weighed for each page."""
    if who == "with a company":
        client.cookies["bedrijf"] = "C.15-49.PV23"
    if who == "behind a restriction":
        group = Group.objects.create(name="Kring Twente")
        restrict(HomePage.objects.get().get_children().get(slug="cijfers"), groups=[group])
        user = User.objects.create_user("lid@voorbeeld.nl")
        user.groups.add(group)
        client.force_login(user)
    return client


@pytest.mark.parametrize("who", VISITORS)
def test_few_questions_and_as_many_for_many_rows(who: str) -> None:
    """Who is signed in costs five more: session, person, their groups and memberships, and whom a restriction lets in.

    What is like a page costs one for each kind of page among it, and with more cases these are all of one kind.
    """
    counts = {}
    for number in (3, 25):
        with transaction.atomic():  # one change of the index
            portal = fill(number)
        client = as_visitor(Client(), who)
        kept = ".".join(str(page.pk) for page in portal.cases.get_children())
        client.cookies["bewaard"] = f"{kept}.{portal.knowledge.pk}"
        counts[number] = {path: len(questions(client, path)) for path in BUDGETS}
        portal.home.delete()
        Group.objects.filter(name="Kring Twente").delete()
        User.objects.all().delete()
    assert [path for path in BUDGETS if counts[25][path] > counts[3][path]] == []
    extra = 5 if who == "behind a restriction" else 0
    over = {path: count for path, count in counts[25].items() if count > BUDGETS[path] + extra}
    assert over == {}
