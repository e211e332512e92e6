"""Searching within an ecosystem: what is there, also in groups that one is in, and not a word of anything else."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.ecosystems.models import Ecosystem, Participation
from network.ecosystems.services import end_participation, found_ecosystem
from network.forum.services import begin_topic, main_room
from portal.accounts.models import User
from search.engine import close_engine
from search.engines.base import Engine
from search.indexing.relay import relay_all
from tests.factories.pages import Portal, make_knowledge
from tests.network.conversations.conftest import known
from tests.network.ecosystems.conftest import Circle, change
from tests.network.events.conftest import plan
from tests.portal.organisations.people import browser_of
from tests.search.steering.conftest import promote
from tests.search.test_page import QUERY_BUDGET, Shown
from tests.search.test_reconcile import damage_index

HERE = "elektrokring"


def talk(ecosystem: Ecosystem, by: User, title: str) -> None:
    begin_topic(main_room(ecosystem), by=by, title=title, text=f"Over {title} bij ons.", token=uuid.uuid4())


@pytest.fixture
def members(index: Engine, portal: Portal, circle: Circle) -> Iterator[Circle]:
    """The word stands in the ecosystem, in both of its groups, in another ecosystem and on a public page."""
    cache.clear()
    known(circle.host, circle.anna, circle.bram)
    other = found_ecosystem(organisation=circle.stroomhuis, name="MetaalKring", by=circle.host)
    for ecosystem, title in (
        (circle.kring, "Lasrobot in de kring"),
        (circle.group, "Lasrobot in de groep"),
        (circle.sibling, "Lasrobot bij de buren"),
        (other, "Lasrobot in metaal"),
    ):
        talk(ecosystem, circle.host, title)
    make_knowledge(portal, "Lasrobot voor iedereen", "Over de lasrobot.")
    yield circle
    cache.clear()


def search(user: User | None, **values: Any) -> Shown:
    relay_all()
    response = browser_of(user).get("/zoeken/", values)
    assert response.status_code == 200
    return Shown(response.content.decode())


def test_what_is_found_is_of_this_ecosystem_and_of_the_groups_that_one_is_in(members: Circle) -> None:
    everywhere = search(members.anna, q="lasrobot")
    assert "Lasrobot voor iedereen" in everywhere.hits and "Lasrobot in de kring" in everywhere.hits
    page = search(members.anna, q="lasrobot", **{"in": HERE})
    assert set(page.hits) == {"Lasrobot in de kring", "Lasrobot in de groep"}
    assert page.heading == "2 resultaten voor ‘lasrobot’"
    assert page.link("ElektroKring") == "/ecosystemen/elektrokring/"
    assert "Zoeken in ElektroKring" in page.text
    assert set(search(members.bram, q="lasrobot", **{"in": HERE}).hits) == {
        "Lasrobot in de kring",
        "Lasrobot bij de buren",
    }
    # Within the group itself, by who is in it.
    group = members.group.slug
    assert search(members.anna, q="lasrobot", **{"in": group}).hits == ["Lasrobot in de groep"]


def test_tabs_filters_and_pages_stay_in_the_ecosystem_until_one_leaves_it(members: Circle) -> None:
    page = search(members.anna, q="lasrobot", **{"in": HERE})
    assert page.tabs and not [tab for tab in page.tabs if tab.startswith("Kennis")]
    assert all("in=elektrokring" in page.link(tab) for tab in page.tabs)
    assert "in=elektrokring" in page.link("Nieuwste eerst")
    assert '<input type="hidden" name="in" value="elektrokring">' in page.html
    away = page.link("In ElektroKring")
    assert "in=" not in away and "q=lasrobot" in away
    # Nothing that would follow it elsewhere: a feed reader has no account, and what is kept knows no place.
    assert "/zoeken/feed/" not in page.html and "Bewaar" not in page.text


@pytest.mark.parametrize("code", [HERE, "bestaat-niet", "metaalkring", "x" * 500, "a\x00b"])
def test_who_is_not_there_reads_the_same_whatever_stands_in_the_address(members: Circle, code: str) -> None:
    change(members.kring, visibility="hidden", joining="invitation")
    for reader in (members.outsider, None):
        page = search(reader, q="lasrobot", **{"in": code})
        assert page.hits == ["Lasrobot voor iedereen"]
        assert page.heading == "1 resultaat voor ‘lasrobot’"
        assert "Daar kun je niet apart zoeken." in page.text
        assert "ElektroKring" not in page.html and "MetaalKring" not in page.html
        assert suggested(reader, "lasr", code) == suggested(reader, "lasr", "")


def test_who_left_is_outside_at_once(members: Circle) -> None:
    row = Participation.objects.get(user=members.anna, ecosystem=members.kring)
    assert len(search(members.anna, q="lasrobot", **{"in": HERE}).hits) == 2
    end_participation(row, by=members.host)
    page = search(members.anna, q="lasrobot", **{"in": HERE})
    assert page.hits == ["Lasrobot voor iedereen"] and "Daar kun je niet apart zoeken." in page.text


def suggested(user: User | None, text: str, code: str) -> list[str]:
    relay_all()
    values = {"q": text, **({"in": code} if code else {})}
    response = browser_of(user).get("/zoeken/suggesties/", values, headers={"accept": "application/json"})
    return [line["tekst"] for line in response.json()["suggesties"]]


def test_suggestions_come_from_there_too(members: Circle) -> None:
    assert "Lasrobot voor iedereen" in suggested(members.anna, "lasr", "")
    titles = [text for text in suggested(members.anna, "lasr", HERE) if " " in text]
    assert set(titles) == {"Lasrobot in de kring", "Lasrobot in de groep"}
    page = search(members.anna, q="lasrobot", **{"in": HERE})
    assert 'data-suggestions="/zoeken/suggesties/?in=elektrokring"' in page.html


def test_where_nothing_is_found_all_is_one_click_away(members: Circle) -> None:
    talk(members.kring, members.host, "Planbord")
    page = search(members.anna, q="iedereen", **{"in": HERE})
    assert page.hits == [] and "In ElektroKring staan deze woorden nergens" in page.text
    assert page.link("Zoek in alles (1)") == "/zoeken/?q=iedereen"


def test_a_public_event_of_the_ecosystem_is_found_there(members: Circle) -> None:
    plan(members.host, members.kring, title="Open avond over de lasrobot", audience="public")
    other = Ecosystem.objects.get(name="MetaalKring")
    plan(members.host, other, title="Avond van iemand anders over de lasrobot", audience="public")
    page = search(members.anna, q="avond", **{"in": HERE})
    assert page.hits == ["Open avond over de lasrobot"]
    assert len(search(None, q="avond").hits) == 2


def test_what_editors_put_on_top_stays_out_of_it(portal: Portal, members: Circle) -> None:
    page = make_knowledge(portal, "Aanbevolen uitleg", "Uitleg.")
    promote("lasrobot", page, reason="Kijk hier.")
    assert search(members.anna, q="lasrobot").hits[0] == "Aanbevolen uitleg"
    within = search(members.anna, q="lasrobot", **{"in": HERE})
    assert set(within.hits) == {"Lasrobot in de kring", "Lasrobot in de groep"}


def test_without_an_engine_it_says_that_titles_of_elsewhere_are_among_it(
    members: Circle, settings: Any
) -> None:
    relay_all()
    close_engine()
    damage_index(Path(settings.SEARCH_INDEX_DIR), "delete")
    answer = browser_of(members.anna).get("/zoeken/", {"q": "lasrobot", "in": HERE})
    page = Shown(answer.content.decode())
    assert "Lasrobot voor iedereen" in page.hits and "Lasrobot bij de buren" not in page.hits
    assert "Je ziet nu dus ook wat niet van ElektroKring is." in page.text


def test_what_is_asked_there_is_in_no_journal(members: Circle, settings: Any, tmp_path: Path) -> None:
    settings.SEARCH_JOURNAL_DIR = tmp_path / "journal"

    def journal() -> str:
        return "".join(
            path.read_text("utf-8", "replace") for path in tmp_path.glob("journal/**/*") if path.is_file()
        )

    agent = {"user-agent": "Mozilla/5.0"}
    html = browser_of(members.anna).get("/zoeken/", {"q": "geheimpje", "in": HERE}, headers=agent).content
    assert journal() == "" and b"data-query" not in html and b'zoekvraag"' not in html
    browser_of(members.anna).get("/zoeken/", {"q": "openbaar"}, headers=agent)
    assert "openbaar" in journal()


@pytest.mark.parametrize("path", ["/api/zoeken", "/zoeken/feed/", "/zoeken/resultaten/"])
def test_other_ways_to_search_know_no_place(members: Circle, path: str) -> None:
    relay_all()
    for user in (members.anna, None):
        answers = [
            browser_of(user).get(path, {"q": "lasrobot", **place}).content.decode()
            for place in ({}, {"in": HERE})
        ]
        assert "in de kring" not in answers[1] and "elektrokring" not in answers[1].replace(
            "ElektroKring", ""
        )
        assert ("voor iedereen" in answers[0]) == ("voor iedereen" in answers[1])


def test_the_home_has_a_box_that_searches_there(members: Circle) -> None:
    html = unescape(browser_of(members.anna).get(f"/ecosystemen/{HERE}/").content.decode())
    [form] = [each for each in re.findall(r"<form.*?</form>", html, re.S) if 'name="in"' in each]
    assert 'action="/zoeken/"' in form and 'value="elektrokring"' in form and "Zoek in dit ecosysteem" in form
    outside = browser_of(members.outsider).get(f"/ecosystemen/{HERE}/").content.decode()
    assert 'name="in"' not in outside


def test_it_costs_one_query_more_at_most(members: Circle) -> None:
    relay_all()
    browser = browser_of(members.anna)
    browser.get("/zoeken/", {"q": "lasrobot", "in": HERE})
    counts = []
    for values in ({"q": "lasrobot"}, {"q": "lasrobot", "in": HERE}):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get("/zoeken/", values).status_code == 200
        counts.append(len(queries))
    assert counts[1] <= min(counts[0] + 1, QUERY_BUDGET)
