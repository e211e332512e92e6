"""Every page of accounts, as it comes while one uses it: axe finds nothing, nothing is wider than the screen."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from portal.operations.trial import TrialPortal
from tests.journeys.letterbox import code_for
from tests.journeys.test_accessibility import findings
from tests.journeys.test_somebody_makes_an_account import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOOR = {
    "sign in": "/inloggen/",
    "a code": "/inloggen/code/",
    "forgotten": "/wachtwoord/vergeten/",
    "changed": "/wachtwoord/klaar/",
    "closed": "/inloggen/gesloten/",
}
OWN = {
    "overview": "/account/",
    "address": "/account/e-mail/",
    "password": "/account/wachtwoord/",
    "sessions": "/account/apparaten/",
    "sign in again": "/account/opnieuw-inloggen/",
    "second steps": "/account/tweede-stap/",
    "remove the app": "/account/tweede-stap/app/weg/",
    "recovery codes that are left": "/account/tweede-stap/noodcodes/",
    "new recovery codes": "/account/tweede-stap/noodcodes/nieuw/",
    "passkeys": "/account/tweede-stap/passkeys/",
    "add a passkey": "/account/tweede-stap/passkeys/nieuw/",
    "profile": "/account/profiel/",
    "photo": "/account/profiel/foto/",
    "as others see one": "/account/profiel/voorbeeld/",
}


def test_nothing_found_at_the_door(visitors: Any) -> None:
    page = visitors.window()
    found = []
    for name, address in DOOR.items():
        page.goto(address)
        found += findings(page, name)
    page.goto("/inloggen/")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_selector(".error-summary")
    found += findings(page, "sign in, with errors")
    assert not found, "\n".join(found)


def test_nothing_found_from_the_first_form_to_the_last(visitors: Any, portal: TrialPortal) -> None:
    page, address = visitors.window(), f"sanne-{uuid.uuid4().hex[:8]}@bedrijf.example"
    found = make_account(page, portal, address) + set_up_app(page)
    for name, place in OWN.items():
        page.goto(place)
        assert page.url.endswith(place), f"{name}: {page.url}"
        found += findings(page, name)
    page.goto("/account/")
    with page.expect_navigation():
        page.get_by_role("button", name="Log uit").click()
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    found += findings(page, "second step")
    assert not found, "\n".join(found)


def make_account(page: Page, portal: TrialPortal, address: str) -> list[str]:
    page.goto("/aanmelden/")
    found = findings(page, "sign up")
    page.get_by_label("Je naam").fill("Sanne de Vries")
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_label("Kies een wachtwoord").fill(PASSWORD)
    page.get_by_label("Ik ga akkoord").check()
    page.get_by_role("button", name="Maak mijn account").click()
    found += findings(page, "the code that proves an address")
    page.get_by_label("Code uit de mail").fill(code_for(portal, address))
    page.get_by_role("button", name="Bevestig", exact=True).click()
    return found


def set_up_app(page: Page) -> list[str]:
    page.goto("/account/tweede-stap/app/")
    found = findings(page, "prove again")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    found += findings(page, "add an app")
    step = int(page.evaluate("() => Math.floor(Date.now() / 30000)"))
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code uit je app").fill(format_hotp_value(hotp_value(secret, step)))
    page.get_by_role("button", name="Zet aan").click()
    found += findings(page, "recovery codes")
    page.get_by_role("button", name="Ik heb ze bewaard").click()
    return found
