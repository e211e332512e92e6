"""A canary in everything that is hidden: it must not sing in hits, totals, facets, suggestions or corrections."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from portal.accounts.models import User
from portal.pages.models import KnowledgePage
from search.engine import engine
from search.indexing.relay import relay_all
from search.models import SearchEvent
from tests.factories.pages import Portal, make_case, make_figure, make_knowledge, make_page, restrict
from tests.factories.taxonomy import DivisionFactory, GoalFactory, ProvinceFactory, SizeClassFactory

CANARY = "goudhaantje"
OTHERS_CANARY = "putterkooi"

Hide = Callable[[Portal], None]


def hide_below_a_restricted_index(portal: Portal) -> None:
    restrict(portal.cases)
    make_hidden_case(portal)


def hide_after_it_was_public(portal: Portal) -> None:
    make_hidden_case(portal)
    relay_all()
    restrict(portal.cases, groups=[Group.objects.create(name="redactie")])


def hide_as_draft(portal: Portal) -> None:
    make_hidden_case(portal, live=False)


def hide_by_unpublishing(portal: Portal) -> None:
    case = make_hidden_case(portal)
    relay_all()
    case.unpublish()


def make_hidden_case(portal: Portal, **fields: object):  # type: ignore[no-untyped-def]
    return make_case(
        portal,
        f"Het {CANARY} in de werkplaats",
        organisation=f"{CANARY.capitalize()} bv",
        reason=f"<p>Over het {CANARY}.</p>",
        goals=[GoalFactory.create(slug="geheim-doel", name="Geheim doel")],
        sectors=[DivisionFactory.create(code="13", name="Geheime sector")],
        regions=[ProvinceFactory.create(code="PV31", name="Limburg")],
        size_class=SizeClassFactory.create(code="1-4", name="geheime grootte", minimum=1, maximum=4),
        period_start=1999,
        measurements=[{"code": "lead-time", "change": Decimal(-40)}],
        **fields,
    )


HIDING = [hide_below_a_restricted_index, hide_after_it_was_public, hide_as_draft, hide_by_unpublishing]
SECRETS = (CANARY, "Geheim doel", "Geheime sector", "Limburg", "geheime grootte", "1999", "oorlooptijd")
#: Every way to ask; the visible pages answer some of them.
QUESTIONS = (
    "",
    "q=werkplaats",
    f"q={CANARY}",
    "q=goudhaantjes",
    "q=goudhaamtje",  # one letter off: a correction would tell that the word exists
    "q=werkplaats&doel=geheim-doel",
    "q=werkplaats&sector=13",
    "type=case",
    "jaar=1999",
    "resultaat=lead-time&minstens=10",
    "sorteer=nieuwste",
    "q=werkplaats&pagina=2",
)


@pytest.fixture
def visible(portal: Portal) -> Portal:
    """What everybody may see: enough to have facets, counts and words."""
    for number in range(3):
        make_knowledge(portal, f"De werkplaats {number}", text="Iedereen mag dit lezen in de werkplaats.")
    relay_all()
    return portal


def told(client: Client, question: str) -> str:
    """The page without the visitor's own words and without what it only repeats of the address."""
    return client.get(f"/zoeken/?{question}").content.decode()


@pytest.mark.parametrize("hide", HIDING)
@pytest.mark.parametrize("applied", [True, False], ids=["applied", "not yet applied"])
def test_nobody_else_hears_the_canary(visible: Portal, client: Client, hide: Hide, applied: bool) -> None:
    hide(visible)
    if applied:
        relay_all()
    for question in QUESTIONS:
        page = told(client, question)
        asked = [part.partition("=")[2].lower() for part in question.split("&")]
        for secret in SECRETS:
            # A name that the visitor filters by stands on its chip; what he typed in the field.
            if secret.lower() in asked or (secret, question) in NAMED_BY_THE_ADDRESS:
                continue
            assert secret not in page, (question, secret)


NAMED_BY_THE_ADDRESS = {
    ("Geheim doel", "q=werkplaats&doel=geheim-doel"),
    ("Geheime sector", "q=werkplaats&sector=13"),
    ("oorlooptijd", "resultaat=lead-time&minstens=10"),
    (CANARY, "q=goudhaantjes"),
}


@pytest.mark.parametrize("hide", HIDING)
@pytest.mark.parametrize("applied", [True, False], ids=["applied", "not yet applied"])
def test_totals_and_tabs_are_those_of_the_visible(
    visible: Portal, client: Client, hide: Hide, applied: bool
) -> None:
    before = {question: told(client, question) for question in ("q=werkplaats", f"q={CANARY}", "")}
    hide(visible)
    if applied:
        relay_all()
    pending = SearchEvent.objects.narrowing().exists()
    for question, page in before.items():
        after = told(client, question)
        if pending:
            assert "geen aantallen en filters" in after
            assert "resultaten voor" not in after and "facet-group" not in after
        else:
            assert heading(after) == heading(page)
            assert tabs(after) == tabs(page)


def heading(page: str) -> str:
    return page.split('id="aantal"')[1].split(">", 1)[1].split("</h2>")[0]


def tabs(page: str) -> str:
    return page.split('<nav class="tabs"')[1].split("</nav>")[0] if '<nav class="tabs"' in page else ""


@pytest.mark.parametrize("hide", HIDING)
@pytest.mark.parametrize("applied", [True, False], ids=["applied", "not yet applied"])
def test_nothing_is_suggested_of_it(visible: Portal, client: Client, hide: Hide, applied: bool) -> None:
    hide(visible)
    if applied:
        relay_all()
    for beginning in ("go", "goudh", CANARY, "het goud", "werk", "lim"):
        assert CANARY not in client.get("/zoeken/suggesties/", {"q": beginning}).content.decode().lower()


def test_who_may_see_it_does_find_it(visible: Portal, client: Client) -> None:
    """Without this the tests above could pass on a search that finds nothing."""
    hide_below_a_restricted_index(visible)
    relay_all()
    client.force_login(User.objects.create_user(email="lid@example.org", password="x"))
    page = told(client, f"q={CANARY}")
    assert "1 resultaat voor" in page
    for secret in SECRETS:
        assert secret in page
    assert CANARY in told(client, "q=goudhaamtje")
    found = client.get("/zoeken/suggesties/", {"q": "goudh"}).json()["suggesties"]
    assert any(CANARY in line["tekst"].lower() for line in found)


def test_a_member_of_another_group_finds_only_his_own(visible: Portal, client: Client) -> None:
    mine, theirs = Group.objects.create(name="mijn"), Group.objects.create(name="hun")
    restrict(make_page(visible, f"Plan {CANARY}"), groups=[mine])
    restrict(make_page(visible, f"Plan {OTHERS_CANARY}"), groups=[theirs])
    relay_all()
    person = User.objects.create_user(email="lid@example.org", password="x")
    person.groups.add(mine)
    client.force_login(person)
    page = told(client, "q=plan")
    assert CANARY in page and "1 resultaat" in page
    assert OTHERS_CANARY not in page


def test_an_index_that_lies_is_not_believed(visible: Portal, client: Client) -> None:
    """A change that escaped the outbox: the database refuses the hit, and totals and counts go without it."""
    page = make_knowledge(visible, f"Werkplaats met {CANARY}")
    make_figure(visible, "Werkplaats in cijfers")
    relay_all()
    KnowledgePage.objects.filter(pk=page.pk).update(live=False)
    assert f"knowledge:{page.pk}" in {found.id for found in engine().contents()}
    html = told(client, "q=werkplaats")
    assert CANARY not in html
    assert "4 resultaten" in heading(html)
    assert 'Kennis <span class="tabs__count">3' in html
