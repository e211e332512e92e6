"""Somebody reads, clears and switches off their notifications without script; and axe finds nothing on any screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from portal.notifications.services import frequencies_of, mark_seen
from portal.notifications.tokens import Unsubscription, write_token
from tests.journeys.test_accessibility import findings
from tests.portal.notifications.conftest import FRIDAY, NEWS, REPLY, tell
from tests.portal.organisations.people import browser_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Kring-van-metaalbewerkers-en-plaatwerkers-in-de-regio-Zuidoost-Drenthe-en-Twente"


def window_of(user: User, browser: Browser, base_url: str) -> Page:
    context = browser.new_context(locale="nl-NL", base_url=base_url, java_script_enabled=False)
    session = browser_of(user).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}])
    return context.new_page()


def with_script(page: Page, browser: Browser, path: str, name: str) -> list[str]:
    """axe is a script: the same page, in a window that runs it."""
    context = browser.new_context(locale="nl-NL", storage_state=page.context.storage_state())
    looked = context.new_page()
    looked.goto(page.url.partition("/account")[0].partition("/meldingen")[0] + path)
    found = findings(looked, name)
    context.close()
    return found


def test_reading_clearing_and_switching_off(
    browser: Browser, live_server: Any, reader: User, ecosystem: Callable[..., Ecosystem]
) -> None:
    page = window_of(reader, browser, live_server.url)
    page.goto("/meldingen/")
    found = with_script(page, browser, "/meldingen/", "no notifications yet")
    tell(reader, ecosystem("Gezien"), at=FRIDAY)
    mark_seen(reader, reader.notifications.all())
    tell(
        reader,
        ecosystem(LONG, summary="Voor wie plaat bewerkt"),
        ecosystem("ElektroKring"),
        at=timezone.now(),
    )
    page.goto("/meldingen/")
    found += with_script(page, browser, "/meldingen/", "notifications")
    page.get_by_role("link", name="ElektroKring").click()
    expect(page).to_have_url(re.compile("/ecosystemen/elektrokring/$"))
    page.get_by_role("link", name="Meldingen 1").click()  # what was opened isn't new any more
    page.get_by_role("button", name="Alles gezien").click()
    expect(page.get_by_text("Alles staat op gezien.")).to_be_visible()
    expect(page.get_by_role("link", name="Meldingen", exact=True)).to_be_visible()
    page.get_by_role("link", name="Hoe vaak krijg je mail?").click()
    found += with_script(page, browser, "/account/meldingen/", "how often")
    page.get_by_label("Antwoorden").select_option("elke week")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar").click()
    assert frequencies_of(reader) == {NEWS: "direct", REPLY: "weekly"}
    way_out = f"/meldingen/afmelden/{write_token(Unsubscription(reader.pk, NEWS))}/"
    page.goto(way_out)
    found += with_script(page, browser, way_out, "out by one click")
    page.get_by_role("button", name="Stuur geen mail meer").click()
    expect(page.get_by_role("heading", name="Je krijgt hierover geen mail meer")).to_be_visible()
    assert frequencies_of(reader)[NEWS] == "off"
    page.context.close()
    assert not found, "\n".join(found)
