"""A passkey, with an authenticator that Chromium plays: added, used instead of a password, and removed."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from portal.operations.trial import TrialPortal
from tests.journeys.conftest import Visitors
from tests.journeys.test_somebody_makes_an_account import PASSWORD, make_account, sign_out

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def portal_by_name(portal: TrialPortal) -> TrialPortal:
    """Browsers know no passkeys for an address in numbers."""
    return dataclasses.replace(portal, url=portal.url.replace("127.0.0.1", "localhost"))


@pytest.fixture
def visitors_by_name(browser: Browser, portal_by_name: TrialPortal) -> Iterator[Visitors]:
    found = Visitors(browser, portal_by_name)
    yield found
    for context in found.contexts:
        context.close()
    assert found.complaints == []
    assert found.foreign == []


def give_authenticator(page: Page, *, verifies: bool = True) -> Any:
    """A device that asks for a finger, or (`verifies` False) can't tell who holds it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def add_passkey(page: Page, name: str) -> None:
    page.goto("/account/")
    page.get_by_role("link", name="Wijzig Passkeys").click()
    page.get_by_role("link", name="Voeg een passkey toe").click()
    if page.get_by_role("heading", name="Even bevestigen dat jij het bent").count():
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Ga verder").click()
    page.get_by_label("Naam van deze passkey").fill(name)
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("heading", name="Noodcodes")).to_be_visible()


def test_a_passkey_comes_instead_of_the_password(
    visitors_by_name: Visitors, portal_by_name: TrialPortal
) -> None:
    page = visitors_by_name.window()
    give_authenticator(page)
    make_account(page, portal_by_name, f"sanne-{uuid.uuid4().hex[:8]}@bedrijf.example")
    add_passkey(page, "Laptop op kantoor")
    page.get_by_role("button", name="Ik heb ze bewaard").click()
    expect(page.get_by_text("1 passkey")).to_be_visible()

    sign_out(page)
    page.goto("/account/apparaten/")
    expect(page.get_by_role("heading", name="Inloggen", exact=True)).to_be_visible()
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(page.get_by_role("heading", name="Waar je bent ingelogd")).to_be_visible()

    page.goto("/account/tweede-stap/passkeys/")
    expect(page.get_by_text("Laatst gebruikt op")).to_be_visible()
    page.get_by_role("link", name="Haal weg").click()
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_role("button", name="Haal weg").click()
    expect(page.get_by_role("heading", name="Je hebt nog geen passkeys")).to_be_visible()


def test_it_is_a_second_step_after_a_password_and_proof_afterwards(
    visitors_by_name: Visitors, portal_by_name: TrialPortal
) -> None:
    page = visitors_by_name.window()
    give_authenticator(page)
    address = f"sanne-{uuid.uuid4().hex[:8]}@bedrijf.example"
    make_account(page, portal_by_name, address)
    add_passkey(page, "Telefoon")
    sign_out(page)
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("heading", name="Tweede stap")).to_be_visible()
    page.get_by_role("button", name="Gebruik je passkey").click()
    expect(page.get_by_role("heading", name="Mijn omgeving")).to_be_visible()

    page.goto("/account/tweede-stap/app/")
    page.get_by_role("link", name="Met je passkey").click()
    page.get_by_role("button", name="Gebruik je passkey").click()
    expect(page.get_by_role("heading", name="Authenticator‑app toevoegen")).to_be_visible()


def test_a_device_that_refuses_is_told_in_words(
    visitors_by_name: Visitors, portal_by_name: TrialPortal
) -> None:
    page = visitors_by_name.window()
    session = give_authenticator(page, verifies=False)
    page.goto("/inloggen/")
    expect(page.get_by_text("Het lukte niet met je passkey.")).to_be_hidden()
    page.get_by_role("button", name="Log in met een passkey").click()
    expect(page.get_by_text("Het lukte niet met je passkey.")).to_be_visible()
    session.detach()


def test_without_a_script_there_is_no_button_that_does_nothing(visitors_by_name: Visitors) -> None:
    page = visitors_by_name.window(java_script_enabled=False)
    page.goto("/inloggen/")
    expect(page.get_by_role("button", name="Log in met een passkey")).to_have_count(0)
    expect(page.get_by_role("link", name="Stuur me een code per mail")).to_be_visible()
