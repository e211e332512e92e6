"""Measured results as a search of their own: which there are, one indicator most improved first, dots with a source."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from search.engine import close_engine
from search.indexing.relay import relay_all
from tests.factories.pages import Portal, make_case, make_knowledge, restrict
from tests.factories.taxonomy import DivisionFactory, SizeClassFactory, indicator

BASE = "/zoeken/resultaten/"
QUERY_BUDGET = 15
Page = Callable[..., BeautifulSoup]


@pytest.fixture
def look(portal: Portal, client: Client) -> Page:
    def ask(address: str = BASE, **extra: Any) -> BeautifulSoup:
        relay_all()
        response = client.get(address, **extra)
        assert response.status_code == 200
        return BeautifulSoup(response.content.decode(), "html.parser")

    return ask


def words(node: Any) -> str:
    return " ".join(node.get_text(" ").split())


def titles(page: BeautifulSoup) -> list[str]:
    return [words(title) for title in page.select(".ranked-result__title")]


def dots(page: BeautifulSoup) -> list[str]:
    return [dot["aria-label"] for dot in page.select("a.result-strip__dot")]


def measured(portal: Portal, title: str, change: float, **values: Any) -> Any:
    figure = {"code": values.pop("code", "stocks"), "change": Decimal(str(change))}
    for name in ("established", "compared_with", "before", "after"):
        if name in values:
            figure[name] = values.pop(name)
    return make_case(portal, title, measurements=[figure], **values)


def test_the_overview_names_what_has_results_and_leads_on(portal: Portal, look: Page) -> None:
    measured(portal, "Een", -8)
    measured(portal, "Twee", -30)
    measured(portal, "Drie", 12, code="labour-productivity")
    measured(portal, "Slechter", 5, code="lead-time")
    page = look()
    found = {
        words(link.select_one(".ways-in__label")): words(link.select_one(".ways-in__count"))
        for link in page.select("main .ways-in__link")
    }
    assert {name.split(" ")[0]: count for name, count in found.items()} == {
        "Arbeidsproductiviteit": "1",
        "Voorraad": "2",
    }
    address = page.select_one("main .ways-in__link[href*=stocks]")["href"]
    assert titles(look(address)) == ["Twee", "Een"]


def test_an_empty_portal_says_what_to_do(look: Page) -> None:
    page = look()
    assert "Nog geen gemeten resultaten" in words(page)
    assert page.select_one(".empty-state a")["href"] == "/zoeken/"


def test_a_result_shows_company_figure_how_established_evidence_and_source(
    portal: Portal, look: Page
) -> None:
    measured(
        portal,
        "Kleine series",
        -8,
        organisation="ALMI",
        sectors=[DivisionFactory.create()],
        established="measured",
    )
    page = look(f"{BASE}?resultaat=stocks")
    result = words(page.select_one(".ranked-result"))
    for part in ("1", "ALMI", "Metaalproducten", "Kleine series", "−8%", "gemeten", "beschreven"):
        assert part in result
    assert page.select_one(".ranked-result .source-line") is not None
    (dot,) = page.select("a.result-strip__dot")
    assert dot["href"] == "/praktijkvoorbeelden/kleine-series/"
    assert dot["aria-label"].startswith("1. ALMI: 8% beter, gemeten, bewijs: beschreven, bron: ")
    assert "result-strip__dot--full" in dot["class"]


def test_dots_and_list_say_the_same_and_shapes_tell_how_established(portal: Portal, look: Page) -> None:
    ways = {
        "measured": "full",
        "counted": "full",
        "estimated": "ring",
        "self-reported": "ring",
        "not-stated": "none",
    }
    for number, way in enumerate(ways):
        measured(portal, f"Bedrijf {way}", -40 + number, established=way)
    page = look(f"{BASE}?resultaat=stocks")
    assert titles(page) == [f"Bedrijf {way}" for way in ways]
    assert [dot["class"][1].rpartition("--")[2] for dot in page.select("a.result-strip__dot")] == list(
        ways.values()
    )
    numbers = [words(number).split()[-1] for number in page.select(".ranked-result__number")]
    assert [label.partition(".")[0] for label in dots(page)] == numbers == ["1", "2", "3", "4", "5"]
    assert [float(dot.find("text")["x"].rstrip("%")) for dot in page.select("a.result-strip__dot")] == sorted(
        (float(dot.find("text")["x"].rstrip("%")) for dot in page.select("a.result-strip__dot")), reverse=True
    )


def test_least_improvement_and_ways_narrow(portal: Portal, look: Page) -> None:
    measured(portal, "Klein", -4, established="measured")
    measured(portal, "Groot", -40, established="self-reported")
    measured(portal, "Midden", -15, established="measured")
    assert titles(look(f"{BASE}?resultaat=stocks&minstens=10")) == ["Groot", "Midden"]
    assert titles(look(f"{BASE}?resultaat=stocks&vastgesteld=measured")) == ["Midden", "Klein"]
    page = look(f"{BASE}?resultaat=stocks&vastgesteld=measured&vastgesteld=estimated&minstens=10")
    assert titles(page) == ["Midden"]
    counts = {box["value"]: words(box.find_parent("label").select_one(".facet-group__count"))
              for box in page.select("[name=vastgesteld]")}  # fmt: skip
    assert counts == {"measured": "1", "self-reported": "1", "estimated": "0"}


def test_the_figure_shown_is_the_one_that_was_asked_for(portal: Portal, look: Page) -> None:
    """A case with a larger, told improvement is listed under "measured" with its smaller, measured one."""
    make_case(portal, "Twee keer", measurements=[
        {"change": Decimal(-40), "established": "self-reported"},
        {"change": Decimal(-10), "established": "measured"},
        {"code": "labour-productivity", "change": Decimal(70), "established": "measured"},
    ])  # fmt: skip
    page = look(f"{BASE}?resultaat=stocks&vastgesteld=measured")
    assert "−10%" in words(page.select_one(".ranked-result"))
    assert "10% beter" in dots(page)[0]
    assert titles(look(f"{BASE}?resultaat=stocks&vastgesteld=measured&minstens=20")) == []


def test_size_and_sector_narrow_with_counts(portal: Portal, look: Page) -> None:
    metal, small = DivisionFactory.create(), SizeClassFactory.create()
    measured(portal, "Metaal", -8, sectors=[metal], size_class=small)
    measured(portal, "Anders", -9)
    page = look(f"{BASE}?resultaat=stocks&sector={metal.code}")
    assert titles(page) == ["Metaal"]
    assert page.select_one("[name=grootte]")["value"] == small.code
    assert [words(chip) for chip in page.select(".chips a")][0].endswith("Metaalproducten")


def test_differences_with_others_never_share_a_scale_with_changes(portal: Portal, look: Page) -> None:
    indicator("employment", name="werkgelegenheid", direction="up", family="employment")
    measured(portal, "Tegenover anderen", 23, code="employment", compared_with="het landelijk gemiddelde")
    measured(portal, "Bij henzelf", 10, code="employment")
    page = look(f"{BASE}?resultaat=employment")
    drawn = page.select(".result-strip")
    assert [[link["aria-label"][0] for link in strip.select("a")] for strip in drawn] == [["2"], ["1"]]
    assert "vergeleken is" in words(drawn[1].select_one(".result-strip__title"))


def test_a_result_in_pieces_is_found_by_its_change_in_percent(portal: Portal, look: Page) -> None:
    indicator("series-size", name="kleinste serie", unit="stuks", family="flexibility")
    figure = {"code": "series-size", "before": Decimal(50), "after": Decimal(5), "established": "counted"}
    make_case(portal, "Series van vijf", measurements=[figure])
    page = look(f"{BASE}?resultaat=series-size")
    assert "50 → 5" in words(page.select_one(".ranked-result"))
    assert "90% beter" in dots(page)[0]


def test_what_the_database_no_longer_says_is_not_shown(portal: Portal, client: Client) -> None:
    """The index still has the old figure; the page shows what is true now, or nothing."""
    case = measured(portal, "Gewijzigd", -40)
    relay_all()
    case.measurements.update(change=Decimal(-2))
    page = BeautifulSoup(client.get(f"{BASE}?resultaat=stocks").content.decode(), "html.parser")
    assert "−2%" in words(page.select_one(".ranked-result")) and "2% beter" in dots(page)[0]
    assert (
        titles(BeautifulSoup(client.get(f"{BASE}?resultaat=stocks&minstens=20").content, "html.parser")) == []
    )


def test_hidden_results_exist_for_their_readers_alone(portal: Portal, look: Page, client: Client) -> None:
    hidden = measured(portal, "Geheim", -50, organisation="Stil bv")
    restrict(hidden, groups=[Group.objects.create(name="ingewijden")])
    assert "Nog geen gemeten resultaten" in words(look())
    page = look(f"{BASE}?resultaat=stocks")
    assert titles(page) == [] and "Stil bv" not in words(page)
    assert "niets gevonden" in words(page.select_one("#aantal"))
    insider = User.objects.create_user("ingewijd@portaal.example")
    insider.groups.set(Group.objects.all())
    client.force_login(insider)
    assert titles(look(f"{BASE}?resultaat=stocks")) == ["Geheim"]


def test_unknown_indicators_and_filters_are_left_out_with_a_sentence(portal: Portal, look: Page) -> None:
    measured(portal, "Een", -8)
    assert "Het filter ‘geluk’ kennen we niet" in words(look(f"{BASE}?resultaat=geluk"))
    assert "kennen we niet" in words(look(f"{BASE}?resultaat=stocks&vastgesteld=gegokt"))
    assert "Dit filter telt hier niet mee" in words(look(f"{BASE}?resultaat=stocks&thema=proces"))


def test_only_the_part_with_results_comes_to_htmx(portal: Portal, client: Client) -> None:
    response = client.get(f"{BASE}?resultaat=stocks", headers={"HX-Request": "true", "HX-Target": "gevonden"})
    assert "<html" not in response.content.decode() and 'id="gevonden"' in response.content.decode()
    assert response["Cache-Control"] == "private, no-cache"


def test_without_an_engine_it_says_so(portal: Portal, look: Page, settings: Any, tmp_path: Any) -> None:
    measured(portal, "Een", -8)
    relay_all()
    close_engine()
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    for address in (BASE, f"{BASE}?resultaat=stocks"):
        client = Client()
        assert "De resultaten zijn er even niet" in client.get(address).content.decode()


@pytest.mark.parametrize("count", [3, 25])
def test_questions_to_the_database_do_not_grow(portal: Portal, client: Client, count: int) -> None:
    for number in range(count):
        measured(portal, f"Bedrijf {number}", -5 - number, sectors=[DivisionFactory.create()])
        make_knowledge(portal, f"Kennis {number}")
    relay_all()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(f"{BASE}?resultaat=stocks")
    assert len(queries) <= QUERY_BUDGET


def test_twenty_a_page_and_numbers_go_on(portal: Portal, look: Page) -> None:
    for number in range(23):
        measured(portal, f"Bedrijf {number}", -60 + number)
    page = look(f"{BASE}?resultaat=stocks&pagina=2")
    assert titles(page) == ["Bedrijf 20", "Bedrijf 21", "Bedrijf 22"]
    assert [label.partition(".")[0] for label in dots(page)] == ["21", "22", "23"]
    beyond = look(f"{BASE}?resultaat=stocks&pagina=9")
    assert "Pagina 9 bestaat niet" in words(beyond)
