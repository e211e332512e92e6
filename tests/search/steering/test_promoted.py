"""What editors recommend: on top, marked, once, counted once, and never for whom may not see it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from portal.accounts.models import User
from search.engine import close_engine
from search.indexing.relay import relay_all
from search.models import SearchEvent
from search.steering.models import PromotedResult
from tests.factories.pages import Portal, make_case, make_knowledge, make_page, restrict
from tests.factories.taxonomy import GoalFactory
from tests.search.steering.conftest import make_group, promote
from tests.search.test_page import Shown

Search = Callable[..., Shown]
CONTAINS = PromotedResult.Match.CONTAINS
MARK = "Aanbevolen door de redactie"


def recommended(page: Shown) -> list[str]:
    """The titles of the hits that carry the mark."""
    articles = re.findall(r'<article class="hit hit--recommended">(.*?)</article>', page.html, re.S)
    assert all(MARK in article for article in articles)
    assert page.html.count(MARK) == len(articles)
    return [title for article in articles for title in Shown(article).hits]


@pytest.fixture
def subsidies(portal: Portal) -> list[Page]:
    """Twelve pages that the word finds."""
    return [make_knowledge(portal, f"Subsidie {number}", "Over subsidie. " * number) for number in range(12)]


def all_pages(search: Search, text: str) -> list[str]:
    first, second = search(text), search(text, pagina=2)
    assert recommended(second) == []
    return first.hits + second.hits


def test_what_the_words_find_too_moves_to_the_top_and_counts_once(
    subsidies: list[Page], search: Search
) -> None:
    before = all_pages(search, "subsidie")
    last = before[-1]
    promote("subsidie", subsidies[int(last.split()[1])], reason="Kijk eerst hier.")
    page = search("subsidie")
    assert recommended(page) == [last] == page.hits[:1]
    assert "Kijk eerst hier." in page.text
    assert page.heading == "12 resultaten voor ‘subsidie’"
    assert page.tabs == ["Alles 12", "Kennis 12"]
    assert all_pages(search, "subsidie") == [last, *before[:-1]]


def test_what_the_words_do_not_find_counts_as_one_more(
    portal: Portal, subsidies: list[Page], search: Search
) -> None:
    promote("subsidie", make_page(portal, "Geld van het Rijk"))
    page = search("subsidie")
    assert recommended(page) == ["Geld van het Rijk"]
    assert page.heading == "13 resultaten voor ‘subsidie’"
    assert page.tabs == ["Alles 13", "Kennis 12", "Pagina's 1"]
    assert sorted(all_pages(search, "subsidie")) == sorted(
        ["Geld van het Rijk", *(each.title for each in subsidies)]
    )
    knowledge = search("subsidie", type="knowledge")
    assert (recommended(knowledge), knowledge.heading) == ([], "12 resultaten voor ‘subsidie’")
    assert knowledge.tabs[0] == "Alles 13"
    pages = search("subsidie", type="page")
    assert (pages.hits, pages.heading) == (["Geld van het Rijk"], "1 resultaat voor ‘subsidie’")


def test_it_is_all_there_is(portal: Portal, search: Search) -> None:
    promote("omgevingswet", make_page(portal, "Nieuwe regels"))
    page = search("omgevingswet")
    assert (page.hits, page.heading) == (["Nieuwe regels"], "1 resultaat voor ‘omgevingswet’")
    assert "Deze woorden staan in geen enkele pagina" not in page.text


def test_a_page_of_ten_with_one_more_on_top_has_no_empty_second_page(portal: Portal, search: Search) -> None:
    for number in range(10):
        make_knowledge(portal, f"Subsidie {number}")
    promote("subsidie", make_page(portal, "Geld van het Rijk"))
    page = search("subsidie")
    assert len(page.hits) == 11
    assert "pagina=2" not in page.html


@pytest.mark.parametrize(
    ("match", "text", "is_shown"),
    [
        ("exact", "subsidies", True),
        ("exact", "de subsidie", True),
        ("exact", "subsidie scholing", False),
        ("contains", "scholing en subsidies", True),
        ("contains", "scholing", False),
        ("exact", "subsdie", True),  # corrected
    ],
)
def test_when_it_is_shown(
    portal: Portal, subsidies: list[Page], search: Search, match: str, text: str, is_shown: bool
) -> None:
    make_knowledge(portal, "Scholing")
    promote("subsidie", make_page(portal, "Geld van het Rijk"), match=match)
    assert recommended(search(text)) == (["Geld van het Rijk"] if is_shown else [])


def test_synonyms_call_for_no_recommendation(portal: Portal, subsidies: list[Page], search: Search) -> None:
    make_group("subsidie", "tegemoetkoming")
    promote("subsidie", make_page(portal, "Geld van het Rijk"))
    page = search("tegemoetkoming")
    assert len(page.hits) == 10
    assert recommended(page) == []


def test_days_and_order_and_no_more_than_three(portal: Portal, search: Search) -> None:
    today = timezone.localdate()
    day = timedelta(days=1)
    for name, values in {
        "Gisteren": {"ends_on": today - day},
        "Morgen": {"starts_on": today + day},
        "Vandaag": {"starts_on": today, "ends_on": today, "position": 4},
        "Derde": {"position": 3},
        "Eerste": {"position": 1},
        "Tweede": {"position": 2, "match": CONTAINS},
    }.items():
        promote("subsidie", make_page(portal, name), **values)
    assert recommended(search("subsidie")) == ["Eerste", "Tweede", "Derde"]
    PromotedResult.objects.get(title="Eerste").delete()
    assert recommended(search("subsidie")) == ["Tweede", "Derde", "Vandaag"]


def test_one_page_by_two_lines_stands_there_once(portal: Portal, search: Search) -> None:
    page = make_page(portal, "Geld van het Rijk")
    promote("subsidie", page)
    promote("subsidie", page, match=CONTAINS)
    assert search("subsidie").hits == ["Geld van het Rijk"]


def test_filters_are_respected(portal: Portal, search: Search) -> None:
    goal = GoalFactory.create(slug="geld-of-advies-vinden", name="geld vinden")
    make_case(portal, "Subsidie voor scholing", goals=[goal])
    other = make_case(portal, "Subsidie bij ALMI", measurements=[{"change": Decimal(-8)}])
    within = make_case(portal, "Subsidie in Twente", goals=[goal])
    promote("subsidie", other)
    promote("subsidie", within, position=2)
    promote("subsidie", make_page(portal, "Geld van het Rijk"), position=3)
    assert recommended(search("subsidie")) == ["Subsidie bij ALMI", "Subsidie in Twente", "Geld van het Rijk"]
    page = search("subsidie", doel="geld-of-advies-vinden")
    assert recommended(page) == ["Subsidie in Twente"]
    assert page.hits == ["Subsidie in Twente", "Subsidie voor scholing"]
    assert page.heading == "2 resultaten voor ‘subsidie’"
    assert page.tabs == ["Alles 2", "Praktijkvoorbeelden 2"]
    assert recommended(search("subsidie", resultaat="stocks")) == ["Subsidie bij ALMI"]


def test_without_an_engine_it_still_stands_on_top(
    portal: Portal, subsidies: list[Page], search: Search, settings: Any
) -> None:
    promote("subsidie", subsidies[3])
    search("subsidie")
    close_engine()
    os.unlink(settings.SEARCH_INDEX_DIR / "current")
    page = search("subsidie")
    assert "Zoeken werkt nu niet helemaal" in page.text
    assert recommended(page) == ["Subsidie 3"]
    assert page.hits.count("Subsidie 3") == 1


# --- who may not see it -----------------------------------------------------------------------------------------------


def hidden(page: Page, way: str) -> None:
    if way == "members":
        restrict(page)
    elif way == "group":
        restrict(page, groups=[Group.objects.create(name="geheim")])
    elif way == "ancestor":
        restrict(page.get_parent())
    elif way == "unpublished":
        page.unpublish()
    elif way == "deleted":
        page.delete()


@pytest.mark.parametrize("way", ["members", "group", "ancestor", "unpublished", "deleted"])
@pytest.mark.parametrize("is_found", [True, False])
def test_a_hidden_page_changes_nothing_for_a_visitor(
    portal: Portal, search: Search, way: str, is_found: bool
) -> None:
    """The page with the recommendation and the page without are the same, to the last letter."""
    canary = make_case(portal, "Goudhaantje subsidie" if is_found else "Goudhaantje")
    for number in range(11):
        make_knowledge(portal, f"Subsidie {number}")
    hidden(canary, way)
    variants: list[dict[str, Any]] = [
        {},
        {"type": "case"},
        {"type": "knowledge"},
        {"pagina": 2},
        {"doel": "x"},
    ]
    before = [plain(search("subsidie", **variant)) for variant in variants]
    promote("subsidie", canary)
    after = [plain(search("subsidie", **variant)) for variant in variants]
    assert after == before
    assert "goudhaantje" not in "".join(after).lower()
    assert "11 resultaten" in after[0]


def plain(page: Shown) -> str:
    """Without the token of the form, which is another each time."""
    return re.sub(r'(name="zoekvraag"|data-query=|value=)[^>]*', "", page.html)


def test_who_may_see_it_does(portal: Portal, search: Search) -> None:
    group = Group.objects.create(name="geheim")
    person = User.objects.create_user("lid@example.org")
    page = make_case(portal, "Goudhaantje")
    restrict(page, groups=[group])
    promote("subsidie", page)
    client = Client()
    client.force_login(person)
    assert recommended(search("subsidie", client)) == []
    person.groups.add(group)
    shown = search("subsidie", client)
    assert (recommended(shown), shown.heading) == (["Goudhaantje"], "1 resultaat voor ‘subsidie’")
    assert recommended(search("subsidie")) == []


def test_hidden_a_moment_ago_and_still_in_the_index(portal: Portal, client: Client) -> None:
    """The index still counts it; the database already knows better."""
    page = make_case(portal, "Goudhaantje subsidie")
    make_knowledge(portal, "Subsidie")
    promote("subsidie", page)
    relay_all()
    restrict(page)
    assert SearchEvent.objects.narrowing().exists()
    shown = Shown(client.get("/zoeken/?q=subsidie").content.decode())
    assert shown.hits == ["Subsidie"]
    assert "oudhaantje" not in shown.html
    assert MARK not in shown.html
