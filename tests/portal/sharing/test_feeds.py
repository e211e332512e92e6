"""The Atom feeds of cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.http import page_cache
from tests.factories.pages import PUBLISHED_AT, make_case, restrict
from tests.factories.taxonomy import ThemeFactory

pytestmark = pytest.mark.django_db

NAMES = {"a": "http://www.w3.org/2005/Atom"}
FEED = "/atom/praktijkvoorbeelden/"


def read(client, path: str = FEED) -> ElementTree.Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def titles(client, path: str = FEED) -> list[str]:
    return [
        entry.findtext("a:title", namespaces=NAMES) for entry in read(client, path).findall("a:entry", NAMES)
    ]


def test_an_entry_says_what_and_where(client, portal):
    make_case(portal, "Minder voorraad", slug="minder", organisation="ALMI", summary="Zo < dan <b>eerst</b>.")
    feed = read(client)
    assert feed.findtext("a:id", namespaces=NAMES) == "http://testserver/praktijkvoorbeelden/"
    entry = feed.find("a:entry", NAMES)
    assert entry.findtext("a:title", namespaces=NAMES) == "Minder voorraad (ALMI)"
    assert entry.findtext("a:id", namespaces=NAMES) == "http://testserver/praktijkvoorbeelden/minder/"
    assert entry.find("a:link", NAMES).get("href") == "http://testserver/praktijkvoorbeelden/minder/"
    assert entry.findtext("a:updated", namespaces=NAMES) == PUBLISHED_AT.isoformat()
    assert entry.find("a:category", NAMES).get("term") == "Proces"
    # A reader shows the summary as HTML, so its words must be escaped in it.
    assert entry.findtext("a:summary", namespaces=NAMES) == "Zo &lt; dan &lt;b&gt;eerst&lt;/b&gt;."


def test_newest_first_and_at_most_twenty(client, portal):
    for number in range(22):
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
        make_case(portal, f"Zaak {number}", organisation="X", first_published_at=moment)
    assert titles(client) == [f"Zaak {number} (X)" for number in range(21, 1, -1)]


def test_a_theme_has_a_feed_of_its_own(client, portal):
    make_case(portal, "Over proces", organisation="X", themes=["proces"])
    make_case(portal, "Over tijden", organisation="Y", themes=["werktijden"])
    assert titles(client, f"{FEED}werktijden/") == ["Over tijden (Y)"]
    feed = read(client, f"{FEED}werktijden/")
    assert feed.findtext("a:title", namespaces=NAMES).endswith("praktijkvoorbeelden over werktijden")


def test_a_theme_without_cases_has_an_empty_feed_and_an_unknown_one_none(client, portal):
    ThemeFactory.create(slug="leiderschap")
    assert titles(client, f"{FEED}leiderschap/") == []
    assert client.get(f"{FEED}bestaat-niet/").status_code == 404


def test_private_cases_are_in_nobodys_feed(client, portal, admin_user):
    restrict(make_case(portal, "Kanarie"))
    make_case(portal, "Concept", live=False)
    client.force_login(admin_user)
    assert titles(client) == []


def test_a_control_character_does_not_break_the_feed(client, portal):
    make_case(portal, "Bel\x07rinkelt", slug="bel", organisation="X")
    assert titles(client) == ["Bel rinkelt (X)"]


def test_the_feed_costs_the_same_few_queries_whatever_its_entries(client, portal):
    def queries() -> int:
        page_cache.forget_pages()
        with CaptureQueriesContext(connection) as captured:
            read(client)
        return len(captured)

    for number in range(3):
        make_case(portal, f"Zaak {number}")
    queries()  # what all answers share is stored by now
    few = queries()
    for number in range(15):
        make_case(portal, f"Meer {number}", themes=["werktijden", "proces"])
    assert queries() == few <= 12


def test_pages_about_cases_name_their_feed(client, portal):
    case = make_case(portal, "Zaak", themes=["werktijden"])
    link = '<link rel="alternate" type="application/atom+xml" href="{}">'
    assert link.format(FEED) in client.get(case.get_url()).content.decode()
    theme = client.get("/praktijkvoorbeelden/thema/werktijden/").content.decode()
    assert link.format("/atom/thema/werktijden/") in theme
    assert "Volg wat er nieuw is" in theme
    assert "application/atom+xml" not in client.get("/kennis/").content.decode()
