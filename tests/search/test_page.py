"""The search page as a visitor uses it: words, filters, tabs, pages, corrections, and everything in one address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from search import stages
from search.indexing.relay import relay_all
from search.models import SearchEvent
from tests.factories.pages import Portal, make_case, make_figure, make_knowledge, make_page, restrict
from tests.factories.taxonomy import (
    CoropFactory,
    DivisionFactory,
    GoalFactory,
    ProvinceFactory,
    SizeClassFactory,
    ThemeFactory,
)

QUERY_BUDGET = 15


class Shown:
    """A search page, read as a visitor reads it."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.text = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())

    @property
    def heading(self) -> str:
        found = re.search(r'<h2[^>]*id="aantal"[^>]*>(.*?)</h2>', self.html, re.S)
        assert found
        return unescape(found.group(1)).strip()

    @property
    def hits(self) -> list[str]:
        titles = re.findall(r'<h3 class="hit__title"><a[^>]*>(.*?)</a>', self.html, re.S)
        return [unescape(re.sub(r"<[^>]+>", "", title)) for title in titles]

    @property
    def tabs(self) -> list[str]:
        found = re.findall(r'class="tabs__tab"[^>]*>(.*?)</a>', self.html, re.S)
        return [" ".join(unescape(re.sub(r"<[^>]+>", " ", tab)).split()) for tab in found]

    def options(self, name: str) -> dict[str, str]:
        """Value and count of the checkboxes of one facet."""
        count = r'(?: <span class="facet-group__count">([^<]*)</span>)?'
        pattern = rf'name="{name}" value="([^"]+)"[^>]*><span>.*?</span>{count}'
        return dict(re.findall(pattern, self.html))

    def link(self, words: str) -> str:
        for address, inner in re.findall(r'<a[^>]*href="([^"]*)"[^>]*>(.*?)</a>', self.html, re.S):
            if words in " ".join(unescape(re.sub(r"<[^>]+>", " ", inner)).split()):
                return unescape(address)
        raise AssertionError(f"no link says {words!r}")


@pytest.fixture
def search(portal: Portal, client: Client) -> Callable[..., Shown]:
    def ask(address: str = "/zoeken/", data: dict[str, Any] | None = None, **extra: Any) -> Shown:
        relay_all()
        response = client.get(address, data, **extra)
        assert response.status_code == 200
        return Shown(response.content.decode())

    return ask


Search = Callable[..., Shown]


def fill(portal: Portal, places: Iterable[int]) -> None:
    """Hits of every kind, each with all that a hit can show."""
    for place in places:
        make_case(
            portal,
            f"Voorraad verlagen {place}",
            themes=["proces", "zelforganisatie"],
            goals=[GoalFactory.create()],
            sectors=[DivisionFactory.create()],
            regions=[CoropFactory.create()],
            size_class=SizeClassFactory.create(),
            measurements=[{"change": Decimal(-8), "compared_with": "de stand ervoor", "established": "measured",
                           "base": "2006", "period_start": 2008}],
        )  # fmt: skip
        make_knowledge(portal, f"Voorraad begrijpen {place}", themes=[ThemeFactory.create()])
        make_figure(portal, f"Voorraad in cijfers {place}")
        make_page(portal, f"Over voorraad {place}")


def test_a_question_gives_hits_with_kind_company_proof_and_highlight(portal: Portal, search: Search) -> None:
    make_case(portal, "Kleine series", organisation="ALMI", reason="<p>Er lag te veel <b>voorraad</b>.</p>",
              measurements=[{"change": Decimal(-8)}], sectors=[DivisionFactory.create()])  # fmt: skip
    page = search("/zoeken/?q=voorraden")
    assert page.heading == "1 resultaat voor ‘voorraden’"
    assert page.hits == ["Kleine series"]
    assert "<mark>voorraad</mark>" in page.html
    for words in ("Praktijkvoorbeeld", "ALMI", "Metaalproducten", "−8%", "beschreven"):
        assert words in page.text
    assert page.link("Kleine series") == "/praktijkvoorbeelden/kleine-series/"


def test_what_editors_write_is_escaped(portal: Portal, search: Search) -> None:
    make_knowledge(
        portal, "<script>alert(1)</script> lasrobot", text="lasrobot &lt;img src=x onerror=alert(1)&gt;"
    )
    page = search("/zoeken/", {"q": "lasrobot <script>alert(2)</script>"})
    assert page.hits == ["<script>alert(1)</script> lasrobot"]
    assert "<script>alert" not in page.html
    assert "<img" not in page.html


def test_without_a_question_all_is_shown(portal: Portal, search: Search) -> None:
    make_case(portal, "Eén")
    make_knowledge(portal, "Twee")
    page = search()
    assert page.heading == "2 resultaten"
    assert sorted(page.hits) == ["Eén", "Twee"]


def test_tabs_count_each_type_and_narrow_to_one(portal: Portal, search: Search) -> None:
    make_case(portal, "Voorraad een")
    make_case(portal, "Voorraad twee")
    make_knowledge(portal, "Voorraad drie")
    page = search("/zoeken/?q=voorraad")
    assert page.tabs == ["Alles 3", "Praktijkvoorbeelden 2", "Kennis 1"]
    page = search(page.link("Kennis 1"))
    assert page.hits == ["Voorraad drie"]
    assert page.tabs == ["Alles 3", "Praktijkvoorbeelden 2", "Kennis 1"]


def test_values_of_one_facet_widen_and_facets_narrow_each_other(portal: Portal, search: Search) -> None:
    metal, food = DivisionFactory.create(), DivisionFactory.create(code="10", name="Voeding")
    overijssel, utrecht = ProvinceFactory.create(), ProvinceFactory.create(code="PV26", name="Utrecht")
    make_case(portal, "Metaal in Overijssel", sectors=[metal], regions=[overijssel])
    make_case(portal, "Voeding in Overijssel", sectors=[food], regions=[overijssel])
    make_case(portal, "Metaal in Utrecht", sectors=[metal], regions=[utrecht])
    page = search("/zoeken/?sector=25")
    assert sorted(page.hits) == ["Metaal in Overijssel", "Metaal in Utrecht"]
    assert page.options("sector") == {"C": "3", "10": "1", "25": "2"}  # without its own filter
    assert page.options("regio") == {"PV23": "1", "PV26": "1"}
    assert len(search("/zoeken/?sector=25&sector=10").hits) == 3
    assert search("/zoeken/?sector=25&regio=PV26").hits == ["Metaal in Utrecht"]
    assert len(search("/zoeken/?sector=C").hits) == 3


def test_a_province_holds_its_regions(portal: Portal, search: Search) -> None:
    make_case(portal, "In het noorden", regions=[CoropFactory.create()])
    assert search("/zoeken/?regio=PV23").hits == ["In het noorden"]
    assert search("/zoeken/?regio=CR10").hits == ["In het noorden"]


def test_evidence_means_at_least(portal: Portal, search: Search) -> None:
    make_case(portal, "Verteld", nature="statement")
    make_case(portal, "Beschreven")
    measured = {"established": "measured", "base": "2006", "period_start": 2008}
    make_case(portal, "Gemeten", measurements=[measured])
    assert sorted(search("/zoeken/?bewijs=described").hits) == ["Beschreven", "Gemeten"]
    page = search("/zoeken/?bewijs=measured")
    assert page.hits == ["Gemeten"]
    assert page.options("bewijs") == {"described": "2", "measured": "1"}


def test_years_of_the_period_newest_first(portal: Portal, search: Search) -> None:
    make_case(portal, "Toen", period_start=2006, period_end=2007)
    make_case(portal, "Later", period_start=2007)
    page = search()
    assert list(page.options("jaar").items()) == [("2007", "2"), ("2006", "1")]
    assert search("/zoeken/?jaar=2006").hits == ["Toen"]


def test_measured_results_are_found_by_indicator_and_least_improvement(
    portal: Portal, search: Search
) -> None:
    make_case(portal, "Tien meer", measurements=[
        {"code": "stocks", "change": Decimal(-3)}, {"code": "labour-productivity", "change": Decimal(12)}])  # fmt: skip
    make_case(portal, "Vijf meer", measurements=[{"code": "labour-productivity", "change": Decimal(5)}])
    make_case(
        portal, "Minder geworden", measurements=[{"code": "labour-productivity", "change": Decimal(-5)}]
    )
    page = search()
    assert 'value="labour-productivity">Arbeidsproductiviteit (2)' in page.html
    page = search("/zoeken/?resultaat=labour-productivity&minstens=10")
    assert page.hits == ["Tien meer"]
    assert "+12%" in page.text and "−3%" not in page.text  # the proof is what was asked for
    assert "Arbeidsproductiviteit ten minste 10% beter" in page.text
    assert 'value="labour-productivity" selected>Arbeidsproductiviteit (2)' in page.html
    assert len(search("/zoeken/?resultaat=labour-productivity").hits) == 2


def test_chips_name_what_is_chosen_and_take_it_away(portal: Portal, search: Search) -> None:
    make_case(portal, "Voorraad", goals=[GoalFactory.create()], size_class=SizeClassFactory.create())
    page = search("/zoeken/?q=voorraad&doel=minder-voorraad&grootte=15-49")
    assert page.link("Verwijder filter minder voorraad") == "/zoeken/?q=voorraad&grootte=15-49"
    assert page.link("Alles wissen") == "/zoeken/?q=voorraad"


def test_sorting_by_newest(portal: Portal, search: Search) -> None:
    from datetime import UTC, datetime

    make_knowledge(portal, "Voorraad voorraad", first_published_at=datetime(2024, 1, 1, tzinfo=UTC))
    make_knowledge(portal, "Over iets met voorraad", first_published_at=datetime(2026, 1, 1, tzinfo=UTC))
    page = search("/zoeken/?q=voorraad")
    assert page.hits == ["Voorraad voorraad", "Over iets met voorraad"]
    assert search(page.link("Nieuwste eerst")).hits == ["Over iets met voorraad", "Voorraad voorraad"]


def test_pages_are_numbered_and_the_one_after_the_last_says_so(portal: Portal, search: Search) -> None:
    for number in range(23):
        make_knowledge(portal, f"Voorraad {number}")
    first = search("/zoeken/?q=voorraad")
    third = search(first.link("Pagina 3"))
    assert (len(first.hits), len(third.hits)) == (10, 3)
    assert not set(first.hits) & set(third.hits)
    beyond = search("/zoeken/?q=voorraad&pagina=99999")
    assert beyond.hits == []
    assert "Pagina 99999 bestaat niet: de resultaten eindigen op pagina 3." in beyond.text
    assert search(beyond.link("Naar de laatste pagina")).hits == third.hits


def test_pages_end_somewhere_with_a_sentence(
    portal: Portal, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(23):
        make_knowledge(portal, f"Voorraad {number}")
    sentence = "Verder dan 20 resultaten gaan we niet."
    assert sentence not in search("/zoeken/?q=voorraad&pagina=3").text
    monkeypatch.setattr(stages, "DEEPEST", 20)
    assert sentence not in search("/zoeken/?q=voorraad").text
    last = search("/zoeken/?q=voorraad&pagina=2")
    assert len(last.hits) == 10
    assert sentence in last.text
    beyond = search("/zoeken/?q=voorraad&pagina=3")
    assert beyond.hits == []
    assert sentence in beyond.text
    assert "de resultaten eindigen op pagina 2" in beyond.text


def test_a_typing_error_is_corrected_and_can_be_searched_after_all(portal: Portal, search: Search) -> None:
    for number in range(4):
        make_knowledge(portal, f"Verspilling {number}")
    page = search("/zoeken/?q=verspillimg")
    assert len(page.hits) == 4
    assert "Resultaten voor verspilling . Zoek toch naar verspillimg" in page.text
    literal = search(page.link("Zoek toch naar"))
    assert literal.heading == "Niets gevonden voor ‘verspillimg’"


def test_nothing_found_says_why_and_offers_a_wider_filter_and_goals(portal: Portal, search: Search) -> None:
    make_case(portal, "Voorraad", goals=[GoalFactory.create()])
    SizeClassFactory.create()
    page = search("/zoeken/?q=voorraad&grootte=15-49")
    assert page.heading == "Niets gevonden voor ‘voorraad’"
    assert "Met deze woorden en filters samen staat er niets" in page.text
    assert search(page.link("Zoek zonder filters (1)")).hits == ["Voorraad"]
    assert page.link("Minder voorraad") == "/zoeken/?doel=minder-voorraad"
    nothing = search("/zoeken/?q=xyzzyxyzzy")
    assert "Deze woorden staan in geen enkele pagina." in nothing.text
    assert "kleine woorden" in search("/zoeken/?q=de+het+een").text


def test_companies_like_mine_come_first(portal: Portal, search: Search, client: Client) -> None:
    make_case(portal, "Voorraad verlagen", sectors=[DivisionFactory.create(code="10", name="Voeding")])
    make_case(portal, "Minder op de plank met andere voorraad", sectors=[DivisionFactory.create()])
    assert search("/zoeken/?q=voorraad").hits[0] == "Voorraad verlagen"
    client.cookies["bedrijf"] = "25.."
    page = search("/zoeken/?q=voorraad")
    assert page.hits[0] == "Minder op de plank met andere voorraad"
    assert page.text.count("lijkt op jouw bedrijf") == 1
    assert "Bedrijven als het mijne: Metaalproducten" in page.text


def test_the_part_for_htmx_is_the_page_without_its_surroundings(portal: Portal, search: Search) -> None:
    make_case(portal, "Voorraad", goals=[GoalFactory.create()])
    part = search("/zoeken/?q=voorraad", headers={"HX-Request": "true", "HX-Target": "gevonden"})
    assert part.hits == ["Voorraad"]
    assert "<title>voorraad · Zoeken" in part.html
    assert "<html" not in part.html and "<header" not in part.html
    assert part.heading == search("/zoeken/?q=voorraad").heading


def test_search_pages_are_for_no_search_engine_and_no_shared_cache(portal: Portal, client: Client) -> None:
    for address in ("/zoeken/?q=voorraad", "/zoeken/suggesties/?q=voor"):
        response = client.get(address)
        assert response["Cache-Control"] == "private, no-cache"
        assert response["X-Robots-Tag"] == "noindex"
        assert {"Cookie", "HX-Target"} <= {name.strip() for name in response["Vary"].split(",")}
    assert '<meta name="robots" content="noindex, follow">' in client.get("/zoeken/").content.decode()


def test_no_inline_script_or_style(portal: Portal, search: Search) -> None:
    fill(portal, range(1))
    page = search("/zoeken/?q=voorraad")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", page.html)


def grow_and_count(client: Client, portal: Portal, address: str) -> list[int]:
    """The queries of a page over three things of every kind, and over twenty-five."""
    counts = []
    for places in (range(3), range(3, 25)):
        with transaction.atomic():  # one change of the index
            fill(portal, places)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    return counts


@pytest.mark.parametrize("type_code", ["case", "knowledge", "figure", "page"])
def test_queries_do_not_grow_with_hits(live_portal: Portal, client: Client, type_code: str) -> None:
    restrict(make_page(live_portal, "Besloten"))
    few, many = grow_and_count(client, live_portal, f"/zoeken/?q=voorraad&type={type_code}")
    assert few == many <= QUERY_BUDGET


def test_all_kinds_together_for_a_member_of_a_group_stay_in_the_budget(
    live_portal: Portal, client: Client
) -> None:
    group = Group.objects.create(name="leden")
    restrict(make_page(live_portal, "Besloten"), groups=[group])
    person = User.objects.create_user(email="lid@example.org", password="x")
    person.groups.add(group)
    client.force_login(person)
    fill(live_portal, range(2))
    address = "/zoeken/?q=voorraad"
    titles = " ".join(Shown(client.get(address).content.decode()).hits)
    assert all(words in titles for words in ("verlagen", "begrijpen", "in cijfers", "Over"))
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= QUERY_BUDGET


def test_suggestions_cost_two_queries_at_most(live_portal: Portal, client: Client) -> None:
    for number in range(12):
        make_knowledge(live_portal, f"Voorraad {number}")
    relay_all()
    assert not SearchEvent.objects.exists()
    client.get(
        "/zoeken/suggesties/?q=voor", headers={"Accept": "application/json"}
    )  # keeps the names a while
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/zoeken/suggesties/?q=voor", headers={"Accept": "application/json"})
    assert len(queries) <= 2
    found = response.json()["suggesties"]
    assert {line["soort"] for line in found} == {"title", "word"}
    assert found[0]["adres"].startswith("/kennis/voorraad-")
    assert {"tekst": "voorraad", "soort": "word", "groep": "Zoek op", "adres": ""} in found


def test_suggestions_asked_by_a_browser_itself_lead_to_the_results(portal: Portal, client: Client) -> None:
    response = client.get("/zoeken/suggesties/?q=voorraad laag", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 302
    assert response["Location"] == "/zoeken/?q=voorraad+laag"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_searching_changes_nothing(portal: Portal, client: Client, method: str) -> None:
    assert getattr(client, method)("/zoeken/").status_code == 405


# --- suggestions of other kinds


def suggested(client: Client, text: str) -> list[tuple[str, str, str]]:
    relay_all()
    response = client.get("/zoeken/suggesties/", {"q": text}, headers={"Accept": "application/json"})
    return [(line["groep"], line["tekst"], line["adres"]) for line in response.json()["suggesties"]]


def test_themes_goals_indicators_and_organisations_are_suggested_where_something_lies_behind_them(
    portal: Portal, client: Client
) -> None:
    goal = GoalFactory.create(slug="minder-voorraad", name="minder voorraad")
    GoalFactory.create(slug="voorraad-leeg", name="voorraad zonder pagina")
    make_case(portal, "Kleine series", organisation="Voorraadmeesters bv", goals=[goal], measurements=[{}])
    found = suggested(client, "voorr")
    assert ("Doelen", "Minder voorraad", "/zoeken/?doel=minder-voorraad") in found
    assert ("Gemeten resultaten", "Voorraad", "/zoeken/resultaten/?resultaat=stocks") in found
    assert ("Organisaties", "Voorraadmeesters bv", "/zoeken/?q=Voorraadmeesters+bv") in found
    assert not any("zonder pagina" in text for _kind, text, _url in found)
    groups = [kind for kind, _text, _url in found]
    assert groups == sorted(groups, key=groups.index)  # each kind stands together


def test_an_organisation_with_private_cases_alone_is_suggested_to_its_readers(
    portal: Portal, client: Client
) -> None:
    hidden = make_case(portal, "Kleine series", organisation="Stilzwijgers bv")
    assert [text for _kind, text, _url in suggested(client, "stilzw") if "bv" in text] == ["Stilzwijgers bv"]
    restrict(hidden)
    assert suggested(client, "stilzw") == []
    client.force_login(User.objects.create_user("lid@portaal.example"))
    assert "Stilzwijgers bv" in [text for _kind, text, _url in suggested(client, "stilzw")]
