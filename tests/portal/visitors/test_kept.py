"""What a visitor keeps without an account: a list in a cookie of their own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from portal.http.numbers_in_addresses import LARGEST
from tests.factories.pages import Portal, make_case, make_figure, make_knowledge, restrict

pytestmark = pytest.mark.django_db

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def keep(client: Client, page: Page, **data: str) -> Any:
    return client.post(f"/bewaard/{page.pk}/", data, headers=SAME_SITE)


def kept_titles(client: Client) -> list[str]:
    html = client.get("/bewaard/").content.decode()
    cards = html[html.index("<main") :].split("<li><article")
    return [
        found[1] for card in cards[1:] if (found := re.search(r"<h[23][^>]*>\s*<a[^>]*>([^<]*)</a>", card))
    ]


def cookie(client: Client) -> str:
    return client.cookies["bewaard"].value if "bewaard" in client.cookies else ""


@pytest.fixture
def cases(portal: Portal) -> list[Page]:
    return [make_case(portal, title) for title in ("Eerste", "Tweede")]


def test_what_was_kept_last_stands_first(client: Client, cases: list[Page]) -> None:
    first, second = cases
    assert kept_titles(client) == []
    assert "Je bewaarde nog niets" in client.get("/bewaard/").content.decode()
    answer = keep(client, first)
    assert (answer.status_code, answer["Location"]) == (302, first.get_url())
    keep(client, second)
    assert kept_titles(client) == ["Tweede", "Eerste"]
    assert cookie(client) == f"{second.pk}.{first.pk}"


def test_keeping_twice_is_keeping_once(client: Client, cases: list[Page]) -> None:
    keep(client, cases[0])
    keep(client, cases[0])
    assert cookie(client) == str(cases[0].pk)
    assert kept_titles(client) == ["Eerste"]


def test_what_is_taken_away_is_gone_and_an_empty_list_is_no_cookie(client: Client, cases: list[Page]) -> None:
    for case in cases:
        keep(client, case)
    keep(client, cases[1], actie="weg")
    assert kept_titles(client) == ["Eerste"]
    keep(client, cases[1], actie="weg")
    assert kept_titles(client) == ["Eerste"]
    answer = keep(client, cases[0], actie="weg")
    assert answer.cookies["bewaard"]["max-age"] == 0
    assert cookie(client) == ""


def test_the_button_on_the_page_says_whether_it_is_kept(client: Client, cases: list[Page]) -> None:
    address = cases[0].get_url()
    before = client.get(address).content.decode()
    keep(client, cases[0])
    after = client.get(address).content.decode()
    other = Client().get(address).content.decode()
    assert (before == other, before == after) == (True, False)
    assert ('value="weg"' in before, 'value="weg"' in after) == (False, True)


def test_the_cookie_is_read_by_no_script_and_sent_to_no_other_site(client: Client, cases: list[Page]) -> None:
    morsel = keep(client, cases[0]).cookies["bewaard"]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")
    assert morsel["max-age"] == 365 * 24 * 3600


@pytest.mark.parametrize(("secure", "flag"), [(True, True), (False, "")])
def test_the_cookie_is_secure_where_the_portal_is(
    client: Client, cases: list[Page], settings: Any, secure: bool, flag: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = secure
    assert keep(client, cases[0]).cookies["bewaard"]["secure"] == flag


def test_pages_of_any_kind_can_be_kept(client: Client, portal: Portal) -> None:
    pages = [
        make_knowledge(portal, "Kennis"),
        make_figure(portal, "Cijfer"),
        make_case(portal, "Zaak"),
        portal.cases,
    ]
    for page in pages:
        keep(client, page)
    assert kept_titles(client) == ["Praktijkvoorbeelden", "Zaak", "Cijfer", "Kennis"]


def test_the_root_of_the_tree_is_no_page_to_keep(client: Client, portal: Portal) -> None:
    keep(client, portal.root)
    assert cookie(client) == ""
    client.cookies["bewaard"] = str(portal.root.pk)
    assert "Je bewaarde nog niets" in client.get("/bewaard/").content.decode()


def test_a_page_that_was_hidden_since_is_left_out_and_comes_back(client: Client, cases: list[Page]) -> None:
    for case in cases:
        keep(client, case)
    restriction = restrict(cases[0])
    assert kept_titles(client) == ["Tweede"]
    restriction.delete()
    assert kept_titles(client) == ["Tweede", "Eerste"]
    cases[1].unpublish()
    assert kept_titles(client) == ["Eerste"]


def test_a_hidden_page_can_be_told_from_no_page_by_nothing(client: Client, portal: Portal) -> None:
    hidden = make_case(portal, "Besloten")
    restrict(hidden)
    draft = make_case(portal, "Concept", live=False)
    answers = [
        (answer.status_code, answer["Location"], answer.cookies.output())
        for pk in (hidden.pk, draft.pk, 987654, LARGEST)
        for answer in [client.post(f"/bewaard/{pk}/", headers=SAME_SITE)]
    ]
    assert answers == [answers[0]] * 4
    assert answers[0][:2] == (302, "/bewaard/")
    assert "Besloten" not in client.get("/bewaard/").content.decode()
    assert client.post(f"/bewaard/{LARGEST + 1}/", headers=SAME_SITE).status_code == 404


@pytest.mark.parametrize(
    "value",
    [
        "",
        ".",
        "a.b",
        "-1",
        "1e9",
        "0",
        "9" * 400,
        "²",
        "1;2",
        "'",
        "<script>",
        ".".join(["777777"] * 900),
        "\u00a0",
        "99999999999",
    ],
)
def test_a_cookie_of_garbage_is_an_empty_list(client: Client, cases: list[Page], value: str) -> None:
    client.cookies["bewaard"] = value
    answer = client.get("/bewaard/")
    assert answer.status_code == 200
    assert "Je bewaarde nog niets" in answer.content.decode()
    keep(client, cases[0])
    assert kept_titles(client) == ["Eerste"]


def test_what_was_kept_longest_ago_makes_room(client: Client, cases: list[Page]) -> None:
    client.cookies["bewaard"] = ".".join(str(number) for number in range(1000, 1100))
    keep(client, cases[0])
    kept = cookie(client).split(".")
    assert (len(kept), kept[0], kept[-1]) == (100, str(cases[0].pk), "1098")


# --- from elsewhere ---


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Sec-Fetch-Site": "none"}, 302),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Origin": "https://testserver"}, 403),
        ({"Origin": "http://testserver.kwaad.nl"}, 403),
        ({"Origin": "https://kwaad.nl"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 302),
    ],
    ids=str,
)
@pytest.mark.parametrize("strict", [True, False], ids=["checking tokens", "not checking"])
def test_another_site_can_keep_nothing(
    cases: list[Page], headers: dict[str, str], status: int, strict: bool
) -> None:
    client = Client(enforce_csrf_checks=strict)
    answer = client.post(f"/bewaard/{cases[0].pk}/", headers=headers)
    assert answer.status_code == status
    assert cookie(client) == (str(cases[0].pk) if status == 302 else "")


def test_another_site_can_take_nothing_away(client: Client, cases: list[Page]) -> None:
    keep(client, cases[0])
    client.post(f"/bewaard/{cases[0].pk}/", {"actie": "weg"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert kept_titles(client) == ["Eerste"]


OUTWARDS = [
    "https://kwaad.nl/",
    "//kwaad.nl",
    "///kwaad.nl",
    "/\\kwaad.nl",
    "\\\\kwaad.nl",
    "http:kwaad.nl",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://testserver@kwaad.nl/",
    "\x00//kwaad.nl",
    " //kwaad.nl",
]


@pytest.mark.parametrize("target", OUTWARDS)
def test_nobody_is_sent_to_another_site(client: Client, cases: list[Page], target: str) -> None:
    assert keep(client, cases[0], terug=target)["Location"] == cases[0].get_url()
    answer = client.post(f"/bewaard/{cases[0].pk}/?terug=https://kwaad.nl", headers=SAME_SITE)
    assert answer["Location"] == cases[0].get_url()


@pytest.mark.parametrize("target", ["/kennis/", "/zoeken/?q=voorraad&pagina=2", "http://testserver/kennis/"])
def test_one_comes_back_where_one_was(client: Client, cases: list[Page], target: str) -> None:
    assert keep(client, cases[0], terug=target)["Location"] == target


def test_a_target_cannot_add_a_header(client: Client, cases: list[Page]) -> None:
    answer = keep(client, cases[0], terug="/kennis/\r\nSet-Cookie: a=b")
    assert "a" not in answer.cookies
    assert "\n" not in answer["Location"]


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete"])
def test_only_a_form_changes_the_list(client: Client, cases: list[Page], method: str) -> None:
    keep(client, cases[0])
    answer = getattr(client, method)(f"/bewaard/{cases[1].pk}/?actie=weg", headers=SAME_SITE)
    assert answer.status_code == 405
    assert not answer.cookies
    assert kept_titles(client) == ["Eerste"]


def test_the_list_is_for_nobody_else(client: Client, cases: list[Page]) -> None:
    keep(client, cases[0])
    answer = client.get("/bewaard/")
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert kept_titles(Client()) == []
