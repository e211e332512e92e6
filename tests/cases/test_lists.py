"""The overviews with their counts, the lists behind them, their order and their pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cases.models import CasePage
from cases.overviews import OVERVIEWS, ways_in
from cases.shapes import case_views
from portal.accounts.models import User
from portal.media.services import make_renditions
from portal.taxonomy.company import CompanyProfile
from portal.taxonomy.models import Region, Sector
from tests.factories.media import create_image
from tests.factories.pages import PUBLISHED_AT, Portal, make_case, restrict
from tests.factories.taxonomy import (
    CoropFactory,
    DivisionFactory,
    GoalFactory,
    ProvinceFactory,
    SectionFactory,
    SizeClassFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

BASE = "/praktijkvoorbeelden/"


def test_photos_on_cards_ask_nothing_more(portal: Portal, django_assert_num_queries: Any) -> None:
    cache.clear()  # Wagtail keeps sizes there, by numbers that another test's images had
    for place in range(3):
        make_case(portal, f"Zaak {place}", cover=create_image(f"Ploeg {place}"))
    assert make_renditions(timezone.now()) == 3
    cases = list(CasePage.objects.all().with_card())
    assert cases[0].get_url()
    with django_assert_num_queries(0):
        assert all(view.image_url for view in case_views(cases))


def counts(client: Client, key: str) -> dict[str, int]:
    """The overview as a reader sees it: what leads where, with how many cases."""
    html = client.get(f"{BASE}{key}/").content.decode()
    found = re.findall(
        r'class="ways-in__link" href="([^"]+)">.*?<span class="ways-in__count">(\d+)</span>', html, re.DOTALL
    )
    return {address.removeprefix(f"{BASE}{key}/").rstrip("/"): int(count) for address, count in found}


def titles(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    return re.findall(r"<h[23][^>]*>\s*<a[^>]*>(Zaak [^<]+)</a>", response.content.decode())


@pytest.fixture
def sectors(portal: Portal) -> dict[str, Sector]:
    """Section C with the divisions 25 and 28, and section G with 47."""
    industry = SectionFactory.create(code="C", name="Industrie", slug="industrie")
    trade = SectionFactory.create(code="G", name="Handel", slug="handel")
    return {
        "C": industry,
        "25": DivisionFactory.create(code="25", slug="metaal", parent=industry),
        "28": DivisionFactory.create(code="28", slug="machines", name="Machines", parent=industry),
        "G": trade,
        "47": DivisionFactory.create(code="47", slug="winkels", name="Winkels", parent=trade),
    }


@pytest.fixture
def regions(portal: Portal) -> dict[str, Region]:
    overijssel = ProvinceFactory.create(code="PV23", name="Overijssel", slug="overijssel")
    gelderland = ProvinceFactory.create(code="PV25", name="Gelderland", slug="gelderland")
    return {
        "PV23": overijssel,
        "CR10": CoropFactory.create(code="CR10", slug="noord-overijssel", parent=overijssel),
        "CR12": CoropFactory.create(code="CR12", name="Twente", slug="twente", parent=overijssel),
        "PV25": gelderland,
        "CR15": CoropFactory.create(code="CR15", name="Achterhoek", slug="achterhoek", parent=gelderland),
    }


def test_a_section_counts_what_stands_in_its_divisions_each_case_once(
    portal: Portal, client: Client, sectors: dict[str, Sector]
) -> None:
    make_case(portal, "Zaak a", sectors=[sectors["25"]])
    make_case(portal, "Zaak b", sectors=[sectors["25"], sectors["28"], sectors["C"]])
    make_case(portal, "Zaak c", sectors=[sectors["C"], sectors["47"]])
    make_case(portal, "Zaak d")
    assert counts(client, "sector") == {"industrie": 3, "handel": 1}
    assert titles(client, f"{BASE}sector/industrie/") == ["Zaak c", "Zaak b", "Zaak a"]
    assert titles(client, f"{BASE}sector/metaal/") == ["Zaak b", "Zaak a"]
    assert titles(client, f"{BASE}sector/winkels/") == ["Zaak c"]


def test_a_province_counts_what_stands_in_its_regions_each_case_once(
    portal: Portal, client: Client, regions: dict[str, Region]
) -> None:
    make_case(portal, "Zaak a", regions=[regions["CR10"]])
    make_case(portal, "Zaak b", regions=[regions["CR10"], regions["CR12"], regions["PV23"]])
    make_case(portal, "Zaak c", regions=[regions["PV25"], regions["CR12"]])
    assert counts(client, "regio") == {"overijssel": 3, "gelderland": 1}
    assert titles(client, f"{BASE}regio/overijssel/") == ["Zaak c", "Zaak b", "Zaak a"]
    assert titles(client, f"{BASE}regio/twente/") == ["Zaak c", "Zaak b"]
    assert titles(client, f"{BASE}regio/achterhoek/") == []


def test_themes_and_goals_stand_in_the_editors_order_and_without_the_empty_ones(
    portal: Portal, client: Client
) -> None:
    ThemeFactory.create(slug="leiderschap", sort_order=1)
    ThemeFactory.create(slug="proces", sort_order=2)
    ThemeFactory.create(slug="leeg", sort_order=0)
    goal = GoalFactory.create(slug="minder-voorraad")
    GoalFactory.create(slug="niemands-doel", name="niemands doel")
    make_case(portal, "Zaak a", themes=["proces", "leiderschap"], goals=[goal])
    make_case(portal, "Zaak b", themes=["proces"])
    assert list(counts(client, "thema").items()) == [("leiderschap", 1), ("proces", 2)]
    assert counts(client, "doel") == {"minder-voorraad": 1}


@pytest.mark.parametrize("way", ["members", "draft", "ancestor"])
def test_a_case_that_one_may_not_see_counts_nowhere(
    portal: Portal, sectors: dict[str, Sector], regions: dict[str, Region], way: str
) -> None:
    goal = GoalFactory.create()
    terms: dict[str, Any] = {"sectors": [sectors["25"]], "regions": [regions["CR10"]], "goals": [goal]}
    make_case(portal, "Zaak open", **terms)
    hidden = make_case(portal, "Zaak besloten", themes=["geheim"], live=way != "draft", **terms)
    if way == "members":
        restrict(hidden)
    visitor, member = Client(), Client()
    if way == "ancestor":
        restrict(portal.cases)
        assert visitor.get(f"{BASE}sector/").status_code == 404
    else:
        expected = {
            "sector": {"industrie": 1},
            "regio": {"overijssel": 1},
            "doel": {goal.slug: 1},
            "thema": {"proces": 1},
        }
        assert {key: counts(visitor, key) for key in OVERVIEWS} == expected
        assert titles(visitor, BASE) == titles(visitor, f"{BASE}sector/industrie/") == ["Zaak open"]
        assert titles(visitor, f"{BASE}thema/geheim/") == []
    member.force_login(User.objects.create_user("lid@voorbeeld.nl"))
    seen = 1 if way == "draft" else 2
    assert counts(member, "sector") == {"industrie": seen}
    assert len(titles(member, BASE)) == seen


def test_every_overview_counts_in_two_queries(
    portal: Portal, sectors: dict[str, Sector], django_assert_num_queries: Any
) -> None:
    for number in range(5):
        make_case(portal, f"Zaak {number}", sectors=[sectors["25"]])
    for overview in OVERVIEWS.values():
        with django_assert_num_queries(2):
            ways_in(overview, CasePage.objects.all(), BASE)


@pytest.mark.parametrize("key", ["thema", "doel", "sector", "regio"])
def test_an_overview_without_cases_says_so(portal: Portal, client: Client, key: str) -> None:
    html = client.get(f"{BASE}{key}/").content.decode()
    assert "Nog niets te kiezen" in html
    assert counts(client, key) == {}


@pytest.mark.parametrize(
    "path", ["thema/geluk/", "sector/c/", "regio/PV23/", "grootte/", "thema/proces/x/", "thema/../"]
)
def test_an_unknown_term_is_not_found(portal: Portal, client: Client, path: str) -> None:
    make_case(portal, "Zaak a")
    assert client.get(BASE + path).status_code == 404


def test_the_list_of_a_term_says_how_many_and_where_one_is(
    portal: Portal, client: Client, sectors: dict[str, Sector]
) -> None:
    make_case(portal, "Zaak a", sectors=[sectors["25"]])
    make_case(portal, "Zaak b", sectors=[sectors["25"]])
    html = client.get(f"{BASE}sector/industrie/").content.decode()
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["Praktijkvoorbeelden in Industrie"]
    assert "2 praktijkvoorbeelden<" in html
    make_case(portal, "Zaak c", sectors=[sectors["47"]])
    assert "1 praktijkvoorbeeld<" in client.get(f"{BASE}sector/handel/").content.decode()


# --- companies like one's own ---


def order(profile: CompanyProfile | None) -> list[str]:
    return [case.title.removeprefix("Zaak ") for case in CasePage.objects.live().like_company_first(profile)]


@pytest.fixture
def likely(portal: Portal, sectors: dict[str, Sector], regions: dict[str, Region]) -> None:
    """Named after what they share with a company of section C, 15 to 49 people, in Overijssel; oldest first."""
    size = SizeClassFactory.create(code="15-49")
    larger = SizeClassFactory.create(code="50-99", minimum=50, maximum=99)
    described: dict[str, dict[str, Any]] = {
        "alles": {"sectors": [sectors["25"]], "regions": [regions["CR10"]], "size_class": size},
        "sector en regio": {"sectors": [sectors["C"]], "regions": [regions["PV23"]], "size_class": larger},
        "sector": {"sectors": [sectors["28"], sectors["47"]], "regions": [regions["CR15"]]},
        "regio en grootte": {"sectors": [sectors["47"]], "regions": [regions["CR12"]], "size_class": size},
        "regio": {"regions": [regions["CR12"], regions["CR10"]]},
        "grootte": {"size_class": size},
        "niets": {"sectors": [sectors["47"]], "regions": [regions["CR15"]], "size_class": larger},
    }
    for number, (name, fields) in enumerate(described.items()):
        moment = PUBLISHED_AT + timedelta(days=number)
        make_case(portal, f"Zaak {name}", first_published_at=moment, **fields)


NEWEST = ["niets", "grootte", "regio", "regio en grootte", "sector", "sector en regio", "alles"]


@pytest.mark.parametrize(
    ("profile", "first"),
    [
        (
            CompanyProfile("C", "15-49", "PV23"),
            ["alles", "sector en regio", "sector", "regio en grootte", "regio", "grootte", "niets"],
        ),
        (CompanyProfile(sector="C"), ["sector", "sector en regio", "alles"]),
        (CompanyProfile(sector="25"), ["alles"]),
        (CompanyProfile(region="PV23"), ["regio", "regio en grootte", "sector en regio", "alles"]),
        (CompanyProfile(region="CR12"), ["regio", "regio en grootte", "sector en regio"]),
        (CompanyProfile(size="15-49"), ["grootte", "regio en grootte", "alles"]),
        (CompanyProfile(size="250-plus"), []),
        (CompanyProfile(), []),
        (None, []),
    ],
    ids=str,
)
def test_those_like_ones_own_stand_first_and_the_rest_by_age(
    likely: None, profile: CompanyProfile | None, first: list[str]
) -> None:
    rest = [name for name in NEWEST if name not in first]
    assert order(profile) == first + rest


# --- pages of a list ---


def test_a_long_list_is_divided_and_leaves_nothing_out(portal: Portal, client: Client) -> None:
    for number in range(25):
        make_case(portal, f"Zaak {number:02}", first_published_at=PUBLISHED_AT + timedelta(days=number))
    pages = [titles(client, f"{BASE}?pagina={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [12, 12, 1]
    assert sum(pages, []) == [f"Zaak {number:02}" for number in range(24, -1, -1)]
    assert titles(client, BASE) == pages[0]
    html = client.get(f"{BASE}?pagina=2").content.decode()
    assert "25 praktijkvoorbeelden" in html
    assert f'href="{BASE}"' in html and f'href="{BASE}?pagina=3"' in html


@pytest.mark.parametrize(
    "page", ["0", "-1", "2", "4", "99999", "1000001", "x", "", "1.0", " 1", "1e1", "²", "9" * 5000]
)
@pytest.mark.parametrize("path", ["", "thema/proces/"])
def test_a_page_of_a_list_that_is_none_is_not_found(
    portal: Portal, client: Client, path: str, page: str
) -> None:
    make_case(portal, "Zaak a", themes=["proces"])
    response = client.get(BASE + path, {"pagina": page})
    assert response.status_code == 404
    assert "Deze pagina is er niet" in response.content.decode()


@pytest.mark.parametrize("path", ["", "thema/proces/"])
def test_an_empty_list_has_one_page(portal: Portal, client: Client, path: str) -> None:
    ThemeFactory.create(slug="proces")
    html = client.get(BASE + path, {"pagina": "1"}).content.decode()
    assert "Nog geen praktijkvoorbeeld" in html
