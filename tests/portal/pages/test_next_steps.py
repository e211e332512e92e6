"""The box "Wat nu?": at most three steps, each somewhere else, none to what isn't there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from wagtail.models import Page

from portal.design.shapes import Link
from portal.pages import next_steps
from portal.pages.next_steps import next_steps_for, register
from tests.factories.pages import Portal, make_case, make_figure, make_knowledge, make_page, restrict
from tests.portal.pages.conftest import Commit

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(portal: Portal) -> list[Page]:
    return [
        make_case(portal, "Smederij", slug="smederij", themes=["proces"]),
        make_knowledge(portal, "Basis", slug="basis"),
        make_figure(portal, "Groei", slug="groei"),
        make_page(portal, "Over", slug="over"),
        portal.cases,
        portal.knowledge,
        portal.figures,
        portal.home,
    ]


def test_every_step_of_every_page_leads_to_another_page(pages: list[Page], client: Client) -> None:
    for page in pages:
        steps = next_steps_for(page.specific, AnonymousUser())
        addresses = [step.url for step in steps]
        assert len(steps) <= 3
        assert len(set(addresses)) == len(addresses)
        assert page.get_url() not in addresses
        assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_the_box_stands_on_the_page(pages: list[Page], client: Client) -> None:
    html = client.get("/kennis/basis/").content.decode()
    steps = next_steps_for(pages[1], AnonymousUser())
    assert steps
    box = html[html.index("Wat nu?") :]
    assert re.findall(r'<a [^>]*href="([^"]+)"', box)[: len(steps)] == [step.url for step in steps]


def test_no_step_to_an_overview_that_is_hidden(
    portal: Portal, pages: list[Page], client: Client, commit: Commit
) -> None:
    with commit():
        restrict(portal.cases)
    for page in pages[1:4]:
        assert [
            step.url
            for step in next_steps_for(page, AnonymousUser())
            if step.url.startswith("/praktijkvoorbeelden/")
        ] == []


@pytest.fixture
def offers() -> Iterator[None]:
    """A place for a test's own providers, gone afterwards."""
    before = list(next_steps._providers)
    next_steps._providers.clear()
    yield
    next_steps._providers[:] = before


def test_rank_decides_and_what_is_there_twice_counts_once(portal: Portal, offers: None) -> None:
    page = make_page(portal, "Over", slug="over")

    @register(rank=30)
    def late(page: Page, user: object) -> list[Link]:
        return [Link(label="drie", url="/3/"), Link(label="vier", url="/4/")]

    @register(rank=10)
    def early(page: Page, user: object) -> list[Link]:
        own = Link(label="zelf", url="/over/")
        return [
            Link(label="een", url="/1/"),
            own,
            Link(label="leeg", url=""),
            Link(label="nog eens", url="/1/"),
        ]

    @register(rank=20)
    def middle(page: Page, user: object) -> list[Link]:
        return [Link(label="een, later", url="/1/"), Link(label="twee", url="/2/")]

    steps = next_steps_for(page, AnonymousUser())
    assert [(step.label, step.url) for step in steps] == [("een", "/1/"), ("twee", "/2/"), ("drie", "/3/")]


def test_without_any_offer_there_is_no_box(portal: Portal, offers: None, client: Client) -> None:
    make_page(portal, "Over", slug="over")
    assert "Wat nu?" not in client.get("/over/").content.decode()
