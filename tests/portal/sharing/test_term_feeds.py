"""What is new of every kind about a theme or for a sector, as a feed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from portal.http.page_cache import forget_pages
from search.indexing.relay import relay_all
from tests.factories.pages import Portal, make_case, make_knowledge, restrict
from tests.factories.taxonomy import DivisionFactory, ThemeFactory

pytestmark = pytest.mark.django_db
NAMES = {"a": "http://www.w3.org/2005/Atom"}
FEED = "/atom/thema/proces/"


@pytest.fixture
def content(portal: Portal, index: Any) -> Portal:
    division = DivisionFactory.create(name="Metaalproducten", slug="metaalproducten")
    newer = datetime(2026, 3, 1, tzinfo=UTC)
    older = datetime(2026, 2, 1, tzinfo=UTC)
    make_case(
        portal, "Minder <b>voorraad</b>", slug="minder", themes=["proces"], sectors=[division],
        first_published_at=older, last_published_at=older,
    )  # fmt: skip
    make_case(portal, "Vrije dagen ruilen", slug="ruilen", themes=["werktijden"], first_published_at=newer)
    theme = ThemeFactory.create(slug="proces")
    made = {"first_published_at": newer, "last_published_at": newer}
    make_knowledge(portal, "Wat is proces?", slug="proces", themes=[theme], **made)
    restrict(make_case(portal, "Kwartelkoning", slug="besloten", themes=["proces"], sectors=[division]))
    relay_all()
    return portal


def titles(client: Client, path: str) -> list[str | None]:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    root = ElementTree.fromstring(response.content)
    return [entry.findtext("a:title", namespaces=NAMES) for entry in root.findall("a:entry", NAMES)]


def test_a_theme_has_all_kinds_and_a_sector_its_cases(
    content: Portal, client: Client, admin_client: Client
) -> None:
    assert set(titles(client, FEED)) == {"Wat is proces?", "Minder <b>voorraad</b>"}
    assert titles(client, "/atom/sector/metaalproducten/") == ["Minder <b>voorraad</b>"]
    # Who may read more gets the same: a feed reader has no account.
    assert set(titles(admin_client, FEED)) == set(titles(client, FEED))
    heading = ElementTree.fromstring(client.get(FEED).content).findtext("a:title", namespaces=NAMES)
    assert heading == "Slimmer Werken: Nieuw over proces"


def test_what_is_hidden_leaves_the_feed_before_the_index_knows(content: Portal, client: Client) -> None:
    from cases.models import CasePage

    restrict(CasePage.objects.get(slug="minder"))
    forget_pages()  # as at a commit
    assert titles(client, FEED) == ["Wat is proces?"]


def test_who_has_the_newest_gets_no_body(content: Portal, client: Client) -> None:
    first = client.get(FEED)
    assert first["Last-Modified"]
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304
    # As the view answers it itself, where no page is stored.
    head = client.head(FEED, headers={"If-Modified-Since": first["Last-Modified"]})
    assert head.status_code == 304


def test_it_is_made_once(content: Portal, client: Client, django_assert_num_queries: Any) -> None:
    client.get(FEED)
    with django_assert_num_queries(0):
        client.get(FEED)


@pytest.mark.parametrize("path", ["/atom/thema/bestaat-niet/", "/atom/sector/proces/", "/atom/doel/proces/"])
def test_what_there_isnt_has_no_feed(content: Portal, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_term_without_anything_has_an_empty_feed(content: Portal, client: Client) -> None:
    ThemeFactory.create(slug="leeg", name="Leeg")
    assert titles(client, "/atom/thema/leeg/") == []


def test_one_page_names_them_all(content: Portal, client: Client) -> None:
    page = client.get("/volgen/").content.decode()
    assert f'href="{FEED}"' in page
    assert 'href="/nieuwsbrief/"' in page
