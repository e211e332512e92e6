"""Where staff must have a second step, an administrator sets one up with an app and gets in."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from portal.operations.trial import TrialPortal, trial_portal
from tests.journeys.conftest import Visitors

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def strict_directory(filled_portal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.mktemp("strict") / "data"
    shutil.copytree(filled_portal, own)
    return own


@pytest.fixture(scope="module")
def strict_portal(strict_directory: Path) -> Iterator[TrialPortal]:
    with trial_portal(strict_directory, PORTAL_MFA_REQUIRED="ja") as running:
        yield running


@pytest.fixture
def strict_visitors(browser: Browser, strict_portal: TrialPortal) -> Iterator[Visitors]:
    found = Visitors(browser, strict_portal)
    yield found
    found.leave()


def shown_by_app(secret: str, *, not_before: int = 0) -> tuple[str, int]:
    """What the app shows, and its step; waits for a step that wasn't used yet."""
    while int(time.time()) // 30 < not_before:
        time.sleep(1)
    step = int(time.time()) // 30
    return format_hotp_value(hotp_value(secret, step)), step


def pass_the_first_step(page: Page, portal: TrialPortal) -> None:
    page.goto("/beheer/")
    page.get_by_label("E-mailadres").fill(portal.email)
    page.get_by_label("Wachtwoord", exact=True).fill(portal.password)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def test_the_administrator_sets_it_up_and_gets_in(
    strict_visitors: Visitors, strict_portal: TrialPortal
) -> None:
    """Without JavaScript, as all of it works."""
    page = strict_visitors.window(java_script_enabled=False)
    pass_the_first_step(page, strict_portal)
    expect(page.get_by_text("Zet eerst een tweede stap aan")).to_be_visible()
    page.goto("/praktijkvoorbeelden/")
    expect(page.get_by_text("Zet eerst een tweede stap aan")).to_be_visible()

    page.get_by_role("link", name="Authenticator-app").click()
    page.get_by_label("Wachtwoord").fill(strict_portal.password)
    page.get_by_role("button", name="Ga verder").click()
    drawing = page.get_by_role("img", name="QR-code voor je authenticator-app")
    # It may still be on its way.
    drawing.evaluate("image => image.decode()")
    assert drawing.evaluate("image => image.naturalWidth") > 0
    secret = page.locator("main code").inner_text()
    code, step = shown_by_app(secret)
    page.get_by_label("Code uit je app").fill(code)
    page.get_by_role("button", name="Zet aan").click()

    expect(page.get_by_role("heading", name="Noodcodes")).to_be_visible()
    recovery_code = page.locator("#codes code").first.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Bewaar als bestand").click()
    assert recovery_code in Path(download.value.path()).read_text(encoding="utf-8")
    with page.expect_navigation():
        page.get_by_role("button", name="Ik heb ze bewaard").click()
    page.goto("/beheer/")
    expect(page.get_by_role("heading", name="Beheer van Slimmer Werken")).to_be_visible()

    again = strict_visitors.window()
    pass_the_first_step(again, strict_portal)
    again.get_by_label("Code uit je app, of een noodcode").fill(code)
    again.get_by_role("button", name="Inloggen", exact=True).click()
    expect(again.locator(".error-summary")).to_contain_text("Deze code klopt niet.")
    again.get_by_label("Code uit je app, of een noodcode").fill(shown_by_app(secret, not_before=step + 1)[0])
    again.get_by_role("button", name="Inloggen", exact=True).click()
    again.wait_for_url("**/beheer/")

    third = strict_visitors.window()
    pass_the_first_step(third, strict_portal)
    third.get_by_label("Code uit je app, of een noodcode").fill(recovery_code)
    third.get_by_role("button", name="Inloggen", exact=True).click()
    third.wait_for_url("**/beheer/")
