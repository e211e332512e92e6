"""An owner makes an account, comes in without a password, and has forgotten it: each with the code from the mail."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from portal.operations.trial import TrialPortal
from tests.journeys.letterbox import code_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "vier-woorden-over-fietsen"
NEW_PASSWORD = "vijf-woorden-over-wandelen"


@pytest.fixture
def address() -> str:
    return f"sanne-{uuid.uuid4().hex[:8]}@bedrijf.example"


def make_account(page: Page, portal: TrialPortal, address: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Inloggen").click()
    page.get_by_role("link", name="Maak een account").click()
    page.get_by_label("Je naam").fill("Sanne de Vries")
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_label("Kies een wachtwoord").fill(PASSWORD)
    page.get_by_label("Ik ga akkoord").check()
    page.get_by_role("button", name="Maak mijn account").click()
    expect(page.get_by_role("heading", name="E-mailadres bevestigen")).to_be_visible()
    page.get_by_label("Code uit de mail").fill(code_for(portal, address))
    page.get_by_role("button", name="Bevestig", exact=True).click()
    expect(page.get_by_role("heading", name="Mijn omgeving")).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Log uit").click()
    expect(page.get_by_role("link", name="Inloggen")).to_be_visible()


def test_an_account_with_the_code_from_the_mail(any_visitor: Page, portal: TrialPortal, address: str) -> None:
    page = any_visitor
    make_account(page, portal, address)
    expect(page.get_by_text(f"{address} is bevestigd.")).to_be_visible()
    expect(page.get_by_text("Dag Sanne")).to_be_visible()


def test_a_mistake_is_told_above_the_form_and_what_was_typed_stays(any_visitor: Page, address: str) -> None:
    page = any_visitor
    page.goto("/aanmelden/")
    page.get_by_label("Je naam").fill("Sanne")
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_label("Kies een wachtwoord").fill("kort")
    page.get_by_label("Ik ga akkoord").check()
    page.get_by_role("button", name="Maak mijn account").click()
    expect(page).to_have_title("Fout: Account maken · Slimmer Werken")
    page.locator(".error-summary").get_by_role(
        "link", name="Kies een wachtwoord van ten minste 12 tekens."
    ).click()
    expect(page.get_by_label("Kies een wachtwoord")).to_be_focused()
    expect(page.get_by_label("Kies een wachtwoord")).to_have_value("")
    expect(page.get_by_label("E-mailadres")).to_have_value(address)


def test_in_with_a_code_instead_of_a_password(any_visitor: Page, portal: TrialPortal, address: str) -> None:
    page = any_visitor
    make_account(page, portal, address)
    sign_out(page)
    page.goto("/inloggen/")
    page.get_by_role("link", name="Stuur me een code per mail").click()
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_role("button", name="Stuur me een code").click()
    page.get_by_label("Code uit de mail").fill("BBBB-BBBB")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("Deze code klopt niet.")
    page.get_by_label("Code uit de mail").fill(code_for(portal, address, number=2).lower().replace("-", ""))
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("heading", name="Mijn omgeving")).to_be_visible()


def test_a_forgotten_password(any_visitor: Page, portal: TrialPortal, address: str) -> None:
    page = any_visitor
    make_account(page, portal, address)
    sign_out(page)
    page.goto("/inloggen/")
    page.get_by_role("link", name="Wachtwoord vergeten?").click()
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_role("button", name="Stuur me een code").click()
    page.get_by_label("Code uit de mail").fill(code_for(portal, address, number=2))
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_label("Nieuw wachtwoord").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Bewaar mijn wachtwoord").click()
    expect(page.get_by_role("heading", name="Je wachtwoord is gewijzigd")).to_be_visible()
    page.locator("main").get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_label("Wachtwoord", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("heading", name="Mijn omgeving")).to_be_visible()
