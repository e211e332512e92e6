"""Searching from elsewhere: a browser's address bar, and a feed of what is new for a search."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client

from portal.accounts.models import User
from search.engine import close_engine
from search.following.views import LIMIT
from search.indexing.relay import relay_all
from tests.factories.pages import Portal, make_case, make_knowledge, restrict
from tests.factories.taxonomy import GoalFactory

ATOM = {"a": "http://www.w3.org/2005/Atom"}
OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def feed(client: Client, query: str) -> ElementTree.Element:
    relay_all()
    response = client.get(f"/zoeken/feed/?{query}")
    assert response.status_code == 200 and response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def titles(found: ElementTree.Element) -> list[str | None]:
    return [title.text for title in found.findall("a:entry/a:title", ATOM)]


@pytest.fixture
def filled(portal: Portal) -> Portal:
    goal = GoalFactory.create(slug="minder-voorraad", name="minder voorraad")
    for month, title in ((3, "Voorraad in maart"), (9, "Voorraad in september"), (6, "Voorraad & juni <b>")):
        make_case(portal, title, goals=[goal], first_published_at=datetime(2026, month, 1, tzinfo=UTC))
    make_knowledge(portal, "Iets anders")
    return portal


def test_a_feed_has_what_a_search_finds_newest_first(filled: Portal, client: Client) -> None:
    found = feed(client, "q=voorraad")
    assert titles(found) == ["Voorraad in september", "Voorraad & juni <b>", "Voorraad in maart"]
    link = found.find("a:entry/a:link", ATOM)
    assert link is not None and link.get("href", "").endswith("/praktijkvoorbeelden/voorraad-in-september/")
    assert found.findtext("a:entry/a:updated", namespaces=ATOM) == "2026-09-01T00:00:00+00:00"
    assert titles(feed(client, "doel=minder-voorraad&type=knowledge")) == []


def test_the_results_page_leads_to_its_feed(filled: Portal, client: Client) -> None:
    relay_all()
    page = client.get("/zoeken/?q=voorraad&doel=minder-voorraad&pagina=1&sorteer=nieuwste").content.decode()
    address = "/zoeken/feed/?q=voorraad&amp;doel=minder-voorraad"
    assert (
        f'type="application/atom+xml" title="Slimmer Werken: nieuw voor ‘voorraad’" href="{address}"' in page
    )
    assert f'<a href="{address}" hx-boost="false">Volg deze zoekvraag' in page
    assert "Volg deze zoekvraag" not in client.get("/zoeken/").content.decode()


def test_a_feed_is_the_same_for_everybody(filled: Portal, client: Client) -> None:
    hidden = make_case(filled, "Voorraad voor ingewijden")
    restrict(hidden, groups=[Group.objects.create(name="ingewijden")])
    client.force_login(User.objects.create_superuser("beheer@portaal.example"))
    assert "Voorraad voor ingewijden" not in titles(feed(client, "q=voorraad"))


def test_a_feed_without_an_engine_asks_to_come_back(
    filled: Portal, client: Client, settings: Any, tmp_path: Any
) -> None:
    close_engine()
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    response = client.get("/zoeken/feed/?q=voorraad")
    assert (response.status_code, response["Retry-After"]) == (503, "300")


def test_who_asks_too_often_waits(filled: Portal) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC), tick=False):
        client = Client(REMOTE_ADDR="192.0.2.7")
        statuses = [client.get("/zoeken/feed/?q=xyzzy").status_code for _number in range(LIMIT.most + 1)]
        assert statuses == [200] * LIMIT.most + [429]
        refused = client.get("/zoeken/feed/?q=xyzzy")
        assert refused["Retry-After"] == "51"
        assert "Probeer het over een minuut opnieuw." in refused.content.decode()
        assert Client(REMOTE_ADDR="192.0.2.8").get("/zoeken/feed/?q=xyzzy").status_code == 200


def test_strange_words_give_a_feed_that_is_xml(filled: Portal, client: Client) -> None:
    for text in ("\x00\x08voor\ufffe\uffffraad", "<script>]]>&amp;", "voorraad " * 2_000):
        relay_all()
        response = client.get("/zoeken/feed/", {"q": text})
        ElementTree.fromstring(response.content)


def test_a_browser_is_told_how_to_search_here(filled: Portal, client: Client) -> None:
    relay_all()
    front = client.get("/").content.decode()
    assert '<link rel="search" type="application/opensearchdescription+xml"' in front
    response = client.get("/opensearch.xml")
    found = ElementTree.fromstring(response.content)
    urls = {url.get("type"): url.get("template", "") for url in found.findall("o:Url", OPENSEARCH)}
    assert len(found.findtext("o:ShortName", namespaces=OPENSEARCH) or "") <= 16
    path = urls["text/html"].replace("{searchTerms}", "voorraad").partition("/zoeken")
    assert "3 resultaten" in client.get("".join(path[1:])).content.decode()
    suggestions = "/zoeken" + urls["application/x-suggestions+json"].partition("/zoeken")[2]
    answer = client.get(
        suggestions.replace("{searchTerms}", "voorr"), headers={"Accept": "text/html,*/*;q=0.8"}
    )
    typed, lines, _descriptions, addresses = json.loads(answer.content)
    assert answer["Content-Type"] == "application/x-suggestions+json"
    assert typed == "voorr" and "Voorraad in maart" in lines and len(lines) == len(addresses)
    assert all("://" in address for address in addresses)
