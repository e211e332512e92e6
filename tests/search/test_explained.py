"""Staff with the right see why a hit stands where it does; for others that page and its links don't exist."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from portal.accounts.models import User
from search.engine import close_engine
from search.indexing.relay import relay_all
from search.models import SearchEvent
from tests.factories.pages import Portal, make_case, make_knowledge, restrict


@pytest.fixture
def case(portal: Portal) -> Any:
    page = make_case(portal, "Voorraad verlagen", organisation="ALMI")
    make_knowledge(portal, "Wat voorraad kost")
    relay_all()
    return page


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    user = User.objects.create_user("redactie@portaal.example", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="explain_hit"))
    client.force_login(user)
    return client


def test_each_hit_leads_to_its_explanation(case: Any, editor: Client) -> None:
    page = editor.get("/zoeken/?q=voorraad").content.decode()
    assert page.count("Waarom staat dit hier?") == 2
    address = f"/zoeken/waarom/?q=voorraad&amp;document=case%3A{case.pk}"
    assert address in page
    told = editor.get(address.replace("&amp;", "&")).content.decode()
    for words in (
        "Voorraad verlagen",
        " van 2 resultaten",
        "Score ",
        "Per woord van de zoekvraag",
    ):
        assert words in told
    assert "Waarom staat dit hier?" not in editor.get("/zoeken/").content.decode()


def test_a_correction_is_told(case: Any, editor: Client) -> None:
    told = editor.get(f"/zoeken/waarom/?q=voorraat&document=case:{case.pk}").content.decode()
    assert "Zoeken maakte daarvan <strong>voorraad</strong>" in told


@pytest.mark.parametrize("is_staff", [False, True])
def test_without_the_right_it_does_not_exist(case: Any, client: Client, is_staff: bool) -> None:
    client.force_login(User.objects.create_user("lid@portaal.example", is_staff=is_staff))
    assert "Waarom staat dit hier?" not in client.get("/zoeken/?q=voorraad").content.decode()
    assert client.get(f"/zoeken/waarom/?q=voorraad&document=case:{case.pk}").status_code == 404


def test_what_may_not_be_read_is_not_explained(case: Any, editor: Client) -> None:
    restrict(case, groups=[Group.objects.create(name="ingewijden")])
    for identity in (f"case:{case.pk}", "case:99999", "geheim:1", "", "x" * 5_000, "case:\x00"):
        assert editor.get("/zoeken/waarom/", {"q": "voorraad", "document": identity}).status_code == 404


def test_without_an_engine_it_says_so(case: Any, editor: Client, settings: Any, tmp_path: Any) -> None:
    close_engine()
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    told = editor.get(f"/zoeken/waarom/?q=voorraad&document=case:{case.pk}").content.decode()
    assert "geeft nu geen uitleg" in told


def test_while_something_is_being_hidden_no_number_is_told(case: Any, editor: Client) -> None:
    SearchEvent.objects.create(type="case", object_id=1, narrows=True)
    told = editor.get(f"/zoeken/waarom/?q=voorraad&document=case:{case.pk}").content.decode()
    assert "geeft nu geen uitleg" in told and "resultaten." not in told


def test_how_many_hidden_pages_hold_a_word_is_not_told(portal: Portal, case: Any, editor: Client) -> None:
    address = f"/zoeken/waarom/?q=voorraad+kwartsglas&document=case:{case.pk}"
    before = editor.get(address).content.decode()
    hidden = make_case(portal, "Kwartsglas")
    restrict(hidden, groups=[Group.objects.create(name="Besloten")])
    relay_all()
    assert terms_of(editor.get(address).content.decode()) == terms_of(before)


def terms_of(html: str) -> list[str]:
    """The names of the first round's terms, with what is said of them."""
    return re.findall(r"<t[hd][^>]*>(kwart[^<]*|glas[^<]*)<", html)
