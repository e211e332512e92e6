"""Somebody takes the newsletter without an account, keeps a case, signs in, and finds all of it in one place."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from portal.operations.trial import TrialPortal
from tests.journeys.members import link_mailed_to, make_members, sign_in_as
from tests.journeys.pages import FIRST_CASE
from tests.journeys.test_accessibility import findings

HOME = "/mijn/"


@pytest.fixture
def address(portal: TrialPortal) -> str:
    """Of a member with nothing of their own yet."""
    email = f"sanne-{uuid4().hex[:8]}@bedrijf.example"
    make_members(portal, {"Sanne de Vries": email})
    return email


def take_newsletter(page: Page, portal: TrialPortal, email: str) -> None:
    page.goto("/volgen/")
    page.get_by_role("link", name="Neem de nieuwsbrief").click()
    page.get_by_label("E-mailadres").fill("geen adres")
    page.get_by_role("button", name="Stuur mij de nieuwsbrief").click()
    expect(page.get_by_label("E-mailadres")).to_have_value("geen adres")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Stuur mij de nieuwsbrief").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in je mail")
    page.goto(link_mailed_to(portal, email, r"http\S+/nieuwsbrief/bevestig/\S+"))
    page.get_by_role("button", name="Ja, stuur mij de nieuwsbrief").click()
    expect(page.locator("main")).to_contain_text("Je krijgt de nieuwsbrief")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.locator("main")).to_contain_text("Je keuze is bewaard")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("link", name="Stop met de nieuwsbrief").click()
    page.get_by_role("button", name="Stuur geen nieuwsbrief meer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je krijgt de nieuwsbrief niet meer")


def test_newsletter_and_a_saved_search(any_visitor: Page, portal: TrialPortal, address: str) -> None:
    page = any_visitor
    take_newsletter(page, portal, f"lezer-{uuid4().hex[:8]}@bedrijf.example")
    sign_in_as(page, address)
    page.goto("/zoeken/?q=voorraad&thema=proces")
    page.get_by_role("link", name="Bewaar deze zoekopdracht").click()
    expect(page.locator("main")).to_contain_text("Je zoekt op ‘voorraad’")
    page.get_by_label("Naam").fill("Minder voorraad")
    page.get_by_label("elke dag").check()
    page.get_by_role("button", name="Bewaar de zoekopdracht").click()
    expect(page.locator("main")).to_contain_text("‘Minder voorraad’ is bewaard.")
    page.get_by_role("link", name=re.compile("^Wijzig")).click()
    page.get_by_label("Naam").fill("Voorraad")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.get_by_role("link", name="Voorraad", exact=True).click()
    expect(page).to_have_url(f"{portal.url}/zoeken/?q=voorraad&thema=proces")


def test_one_place_for_what_is_mine(visitors: Any, portal: TrialPortal, address: str) -> None:
    page = visitors.window()
    page.goto(FIRST_CASE)
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    sign_in_as(page, address)
    expect(page.get_by_role("heading", name="Mijn omgeving")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Lees de regels van dit portaal")
    page.get_by_role("link", name=title).click()
    expect(page).to_have_url(f"{portal.url}{FIRST_CASE}")
    page.get_by_role("link", name="Mijn omgeving").click()
    found = []
    for path in (
        HOME,
        "/mijn/zoekopdrachten/",
        "/mijn/zoekopdrachten/bewaar/?q=voorraad",
        "/mijn/nieuwsbrief/",
    ):
        page.goto(path)
        found += findings(page, path)
    page.goto(HOME)
    page.get_by_role("button", name="Log uit").click()
    for path in ("/nieuwsbrief/", "/nieuwsbrief/archief/", "/volgen/"):
        page.goto(path)
        found += findings(page, path)
    assert not found, "\n".join(found)
