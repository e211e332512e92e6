"""A visitor names their company once, in a cookie of their own; what fits stands first from then on."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from portal.taxonomy.company import CompanyProfile
from tests.factories.pages import Portal, make_case
from tests.factories.taxonomy import CoropFactory, DivisionFactory, ProvinceFactory, SizeClassFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/mijn-bedrijf/"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
ALL = {"sector": "C", "size": "15-49", "region": "PV23"}


@pytest.fixture
def portal(portal: Portal) -> Portal:
    """With one sector of two levels, one province with a region, and one size."""
    DivisionFactory.create()
    CoropFactory.create()
    SizeClassFactory.create()
    return portal


def name_company(client: Client, **data: str) -> Any:
    return client.post(ADDRESS, data, headers=SAME_SITE)


def cookie(client: Client) -> str:
    return client.cookies["bedrijf"].value if "bedrijf" in client.cookies else ""


def titles(client: Client, path: str = "/praktijkvoorbeelden/") -> list[str]:
    found = re.findall(r"<h[23][^>]*>\s*<a[^>]*>(Zaak \d)</a>", client.get(path).content.decode())
    return list(found)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (ALL, "C.15-49.PV23"),
        ({"sector": "C"}, "C.."),
        ({"region": "PV23"}, "..PV23"),
        ({"size": "15-49"}, ".15-49."),
    ],
)
def test_what_is_named_stands_in_a_cookie(
    client: Client, portal: Portal, data: dict[str, str], value: str
) -> None:
    answer = name_company(client, **data)
    assert (answer.status_code, answer["Location"], cookie(client)) == (302, "/praktijkvoorbeelden/", value)
    morsel = answer.cookies["bedrijf"]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")
    form = client.get(ADDRESS).content.decode()
    chosen = re.findall(r'<option value="([^"]+)" selected', form)
    assert sorted(chosen) == sorted(data.values())


def test_naming_nothing_or_clearing_takes_the_cookie_away(client: Client, portal: Portal) -> None:
    name_company(client, **ALL)
    assert name_company(client).cookies["bedrijf"]["max-age"] == 0
    name_company(client, **ALL)
    answer = name_company(client, **ALL, wis="1")
    assert answer.cookies["bedrijf"]["max-age"] == 0
    assert 'name="wis"' not in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sector", "X"),
        ("sector", "25"),
        ("size", "veel"),
        ("region", "CR10"),
        ("region", "' or 1=1"),
        ("sector", "\x00"),
    ],
)
def test_an_unknown_choice_is_told_and_sets_nothing(
    client: Client, portal: Portal, field: str, value: str
) -> None:
    answer = name_company(client, **{**ALL, field: value})
    assert answer.status_code == 200
    assert 'class="error-summary"' in answer.content.decode()
    assert cookie(client) == ""


@pytest.mark.parametrize(
    "value",
    [
        "",
        ".",
        "..",
        "...",
        "X.Y.Z",
        "C",
        "C.15-49",
        "C.15-49.PV23.CR10",
        "é.ü.ñ",
        "<b>.<i>.<u>",
        "C" * 5000,
        "\u0000.a.b",
        "%00..",
        "a;b",
    ],
)
def test_a_cookie_of_garbage_names_no_company(client: Client, portal: Portal, value: str) -> None:
    make_case(portal, "Zaak 1")
    plain = client.get("/praktijkvoorbeelden/").content
    client.cookies["bedrijf"] = value
    for path in ("/praktijkvoorbeelden/", "/", ADDRESS, "/zoeken/?q=zaak"):
        assert client.get(path).status_code == 200
    assert client.get("/praktijkvoorbeelden/").content == plain


def test_what_is_known_of_a_half_known_cookie_counts(client: Client, portal: Portal) -> None:
    client.cookies["bedrijf"] = "X.15-49.PV99"
    form = client.get(ADDRESS).content.decode()
    assert re.findall(r'<option value="([^"]+)" selected', form) == ["15-49"]


@pytest.mark.parametrize(
    "profile", [CompanyProfile("C", "15-49", "PV23"), CompanyProfile(region="CR10"), CompanyProfile("25")]
)
def test_the_cookie_gives_back_what_was_written(portal: Portal, profile: CompanyProfile) -> None:
    assert CompanyProfile.from_cookie(profile.to_cookie()) == profile


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Origin": "https://kwaad.nl"}, 403),
        ({"Origin": "null"}, 403),
    ],
    ids=str,
)
def test_another_site_can_name_nothing(portal: Portal, headers: dict[str, str], status: int) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(ADDRESS, ALL, headers=headers).status_code == status
    assert (cookie(client) != "") == (status == 302)


def test_one_comes_back_where_one_was_and_nowhere_else(client: Client, portal: Portal) -> None:
    page = client.get(f"{ADDRESS}?terug=/zoeken/%3Fq%3Dx").content.decode()
    assert '<input type="hidden" name="terug" value="/zoeken/?q=x">' in page
    assert name_company(client, **ALL, terug="/zoeken/?q=x")["Location"] == "/zoeken/?q=x"
    for target in ("https://kwaad.nl/", "//kwaad.nl", "/\\kwaad.nl", "javascript:alert(1)"):
        assert name_company(client, **ALL, terug=target)["Location"] == "/praktijkvoorbeelden/"
        assert "kwaad" not in client.get(ADDRESS, {"terug": target}).content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
def test_asking_changes_nothing(client: Client, portal: Portal, method: str) -> None:
    answer = getattr(client, method)(ADDRESS, ALL)
    assert (answer.status_code, dict(answer.cookies)) == (200, {})


# --- what stands first ---


def test_companies_like_ones_own_stand_first(client: Client, portal: Portal) -> None:
    metal, province = DivisionFactory.create(), ProvinceFactory.create()
    size = SizeClassFactory.create()
    make_case(portal, "Zaak 1", sectors=[metal], regions=[province], size_class=size)
    make_case(portal, "Zaak 2", sectors=[metal])
    make_case(portal, "Zaak 3", regions=[CoropFactory.create()])
    make_case(portal, "Zaak 4", size_class=size)
    make_case(portal, "Zaak 5")
    assert titles(client) == ["Zaak 5", "Zaak 4", "Zaak 3", "Zaak 2", "Zaak 1"]
    name_company(client, **ALL)
    assert titles(client) == ["Zaak 1", "Zaak 2", "Zaak 3", "Zaak 4", "Zaak 5"]
    assert titles(client, "/") == ["Zaak 1", "Zaak 2", "Zaak 3", "Zaak 4", "Zaak 5"]
    assert titles(Client()) == ["Zaak 5", "Zaak 4", "Zaak 3", "Zaak 2", "Zaak 1"]
    name_company(client, wis="1")
    assert titles(client) == ["Zaak 5", "Zaak 4", "Zaak 3", "Zaak 2", "Zaak 1"]


def test_what_one_visitor_named_is_in_no_page_of_another(client: Client, portal: Portal) -> None:
    """With the page cache on, and whichever of them comes first."""
    make_case(portal, "Zaak 1", sectors=[DivisionFactory.create()])
    make_case(portal, "Zaak 2")
    for path in ("/", "/praktijkvoorbeelden/"):
        other = Client()
        name_company(client, **ALL)
        mine = titles(client, path)
        assert (mine, titles(other, path), titles(client, path)) == (
            ["Zaak 1", "Zaak 2"],
            ["Zaak 2", "Zaak 1"],
            mine,
        )
        assert (
            "Industrie"
            not in re.sub(r"<select.*?</select>", "", other.get(path).content.decode()).split("<main")[0]
        )
