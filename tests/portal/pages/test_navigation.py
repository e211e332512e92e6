"""The menu and the footer: what the site has, or what an editor chose; only what everybody may see."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from portal.accounts.models import User
from portal.pages.models import NavigationSettings, PageCitation
from portal.pages.navigation import offer_entry
from tests.factories.pages import Portal, make_knowledge, make_page, restrict
from tests.factories.taxonomy import SourceFactory
from tests.portal.pages.conftest import Commit

pytestmark = pytest.mark.django_db


# Lists that are no pages: of search, of a room below, and of one above that offers its own.
LISTS = [
    ("/zoeken/resultaten/", "Gemeten resultaten"),
    ("/organisaties/", "Organisaties"),
    ("/volgen/", "Volg wat er nieuw is"),
    ("/nieuwsbrief/", "Nieuwsbrief"),
]
# What people do together has one word in the menu; in the footer each has a link.
ENTRY = ("/meedoen/", "Meedoen")
TOGETHER = [
    ENTRY,
    ("/forum/", "Forum"),
    ("/vragen/", "Vragen"),
    ("/bijeenkomsten/", "Bijeenkomsten"),
    ("/ecosystemen/", "Ecosystemen"),
    ("/gedragsregels/", "Gedragsregels"),
]
# Below the pages about the portal.
KEPT = ("/privacy/verwerkingen/", "Wat we van je bewaren")


def save_settings(**fields: Any) -> NavigationSettings:
    settings = NavigationSettings.for_site(Site.objects.get())
    for name, value in fields.items():
        setattr(settings, name, value)
    settings.save()
    return settings


def links(html: str, start: str, end: str) -> list[tuple[str, str]]:
    """(address, word) of the links between two marks."""
    part = html[html.index(start) : html.index(end, html.index(start))]
    return [
        (address, re.sub(r"<[^>]+>", "", word).strip())
        for address, word in re.findall(r'<a[^>]*href="([^"]*)"[^>]*>(.*?)</a>', part, re.DOTALL)
    ]


def menu(client: Client, path: str = "/kennis/") -> list[tuple[str, str]]:
    return links(client.get(path).content.decode(), '<nav class="navigation"', "</nav>")


def footer(client: Client) -> list[tuple[str, str]]:
    return links(client.get("/kennis/").content.decode(), "<footer", "</footer>")


def test_without_settings_the_menu_has_the_overviews(portal: Portal, client: Client) -> None:
    assert menu(client) == [
        ("/praktijkvoorbeelden/", "Praktijk"),
        ("/kennis/", "Kennis"),
        ("/cijfers/", "Cijfers"),
        ENTRY,
    ]
    assert footer(client) == [*menu(client)[:-1], *LISTS, *TOGETHER, KEPT]


def test_asking_for_a_page_writes_nothing(portal: Portal, client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        menu(client, "/")
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []


def test_without_settings_the_footer_has_the_fixed_pages_in_their_order(
    portal: Portal, client: Client
) -> None:
    for slug in ("privacy", "over", "iets-anders"):
        make_page(portal, slug.capitalize(), slug=slug)
    fixed = [("/over/", "Over"), ("/privacy/", "Privacy"), KEPT]
    assert footer(client)[-len(fixed) :] == fixed


def test_the_page_that_one_is_on_is_marked(portal: Portal, client: Client) -> None:
    make_knowledge(portal, "Basis", slug="basis")
    for path in ("/kennis/", "/kennis/basis/"):
        marked = re.findall(r'<a[^>]*href="([^"]*)"[^>]*aria-current', client.get(path).content.decode())
        assert "/kennis/" in marked
        assert "/cijfers/" not in marked


@pytest.mark.parametrize("path", ["/meedoen/", *(address for address, _word in TOGETHER)])
def test_what_people_do_together_lies_under_one_word(portal: Portal, client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    head = html[html.index('<nav class="navigation"') : html.index("</nav>")]
    assert re.findall(r'<a[^>]*href="([^"]*)"[^>]*aria-current', head) == ["/meedoen/"]


def test_an_editors_menu_may_have_that_word_too(portal: Portal, client: Client) -> None:
    save_settings(menu=[("link", {"label": "Samen", "page": None, "url": "/meedoen/"})])
    assert menu(client) == [("/meedoen/", "Samen")]
    html = client.get("/vragen/").content.decode()
    assert 'href="/meedoen/" aria-current' in html
    # The footer says it in the editors' word, or in ours, but not twice.
    assert [word for address, word in footer(client) if address == "/meedoen/"] == ["Meedoen"]


def test_there_is_room_for_one_such_word() -> None:
    with pytest.raises(ValueError, match="second entry"):
        offer_entry("Nog iets", "search:results")


def test_an_editors_menu_and_footer(portal: Portal, client: Client) -> None:
    over = make_page(portal, "Over", slug="over")
    save_settings(
        menu=[
            ("link", {"label": "Wie wij zijn", "page": over, "url": ""}),
            ("link", {"label": "Zoek", "page": None, "url": "/zoeken/"}),
        ],
        footer=[
            (
                "column",
                {
                    "title": "Elders",
                    "links": [{"label": "Ministerie", "page": None, "url": "https://voorbeeld.nl"}],
                },
            )
        ],
        footer_note="Gemaakt in Overijssel",
    )
    assert menu(client) == [("/over/", "Wie wij zijn"), ("/zoeken/", "Zoek")]
    assert footer(client) == [("https://voorbeeld.nl", "Ministerie")]
    html = client.get("/kennis/").content.decode()
    assert "Elders" in html and "Gemaakt in Overijssel" in html


@pytest.mark.parametrize("way", ["members", "ancestor", "draft", "deleted"])
def test_a_page_that_is_not_everybodys_stands_in_no_menu(
    portal: Portal, client: Client, commit: Commit, way: str
) -> None:
    chosen = make_knowledge(portal, "Kwartel", slug="kwartel")
    link = {"label": "Kwartel", "page": chosen, "url": ""}
    other = {"label": "Cijfers", "page": portal.figures, "url": ""}
    with commit():
        save_settings(
            menu=[("link", link), ("link", other)], footer=[("column", {"title": "Meer", "links": [link]})]
        )
    path = "/cijfers/"
    assert [word for _address, word in menu(client, path)] == ["Kwartel", "Cijfers"]
    with commit():
        if way == "members":
            restrict(chosen)
        elif way == "ancestor":
            restrict(portal.knowledge)
        elif way == "draft":
            chosen.unpublish()
        else:
            chosen.delete()
    assert [word for _address, word in menu(Client(), path)] == ["Cijfers"]
    member = Client()
    member.force_login(User.objects.create_user("lid@voorbeeld.nl"))
    # The menu is one for all, so a member doesn't see it there either.
    assert "Kwartel" not in member.get(path).content.decode()


def test_a_hidden_overview_is_not_in_the_standard_menu(portal: Portal, client: Client) -> None:
    restrict(portal.knowledge)
    html = client.get("/cijfers/").content.decode()
    assert links(html, '<nav class="navigation"', "</nav>") == [
        ("/praktijkvoorbeelden/", "Praktijk"),
        ("/cijfers/", "Cijfers"),
        ENTRY,
    ]


def test_saving_the_settings_changes_pages_that_were_stored(
    portal: Portal, client: Client, commit: Commit
) -> None:
    with commit():
        save_settings(footer_note="Eerste regel")
    assert "Eerste regel" in client.get("/kennis/").content.decode()
    with commit():
        save_settings(footer_note="Tweede regel")
    html = client.get("/kennis/").content.decode()
    assert "Tweede regel" in html and "Eerste regel" not in html


def test_a_new_name_of_a_source_changes_pages_that_were_stored(
    portal: Portal, client: Client, commit: Commit
) -> None:
    source = SourceFactory.create()
    page = make_knowledge(portal, "Basis", slug="basis")
    with commit():
        PageCitation.objects.create(page=page, source=source, place="blz. 2")
    assert source.publisher in client.get("/kennis/basis/").content.decode()
    with commit():
        source.publisher = "Kwartelfonds"
        source.save()
    assert "Kwartelfonds" in client.get("/kennis/basis/").content.decode()


def test_a_new_title_changes_the_menu(portal: Portal, client: Client, commit: Commit) -> None:
    assert ("/kennis/", "Kennis") in menu(client)
    with commit():
        portal.knowledge.title = "Wat wij weten"
        portal.knowledge.save_revision().publish()
    assert ("/kennis/", "Wat wij weten") in menu(client)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://voorbeeld.nl", "kennis", "", "//voorbeeld.nl"]
)
def test_a_link_leads_to_a_page_or_a_safe_address(portal: Portal, address: str) -> None:
    block = NavigationSettings._meta.get_field("menu").stream_block.child_blocks["link"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"label": "Hier", "page": None, "url": address}))


@pytest.mark.parametrize("address", ["/zoeken/", "https://voorbeeld.nl/a?b=c"])
def test_a_safe_address_is_kept(portal: Portal, address: str) -> None:
    block = NavigationSettings._meta.get_field("menu").stream_block.child_blocks["link"]
    assert block.clean(block.to_python({"label": "Hier", "page": None, "url": address}))["url"] == address
