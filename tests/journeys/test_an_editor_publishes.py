"""Staff sign in, change the summary of a case and publish; visitors and search know it at once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

ADDRESS = "/praktijkvoorbeelden/de-kien/"
WORD = "Fluitenkruid"


@pytest.fixture
def editor(visitors, sign_in: Callable[[Page], None]) -> Iterator[Page]:
    page = visitors.window()
    sign_in(page)
    page.goto(ADDRESS)
    page.get_by_role("link", name="Bewerken").click()
    page.wait_for_url(re.compile(r"/beheer/pages/\d+/edit/"))
    before = page.locator("textarea[name=summary]").input_value()
    edit = page.url
    yield page
    page.goto(edit)
    publish(page, before)


def publish(page: Page, summary: str) -> None:
    page.locator("textarea[name=summary]").fill(summary)
    toggle = page.locator("footer [data-w-dropdown-target=toggle]").first
    if not page.locator("button[name=action-publish]").is_visible():
        toggle.click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_url(re.compile(r"/beheer/pages/\d+/$"))


def test_an_editor_publishes(editor: Page, visitors) -> None:
    visitor = visitors.window()
    visitor.goto(ADDRESS)
    expect(visitor.locator("main")).not_to_contain_text(WORD)

    publish(editor, f"{WORD} groeit nu ook in het gedeelde lab, en daar is dit een verhaal over.")

    # The stored page is gone at once; the index follows within seconds, by the worker or with the request itself.
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text(WORD)
    visitor.goto("/praktijkvoorbeelden/doel/techniek-kiezen/")
    expect(visitor.locator("main")).to_contain_text(WORD)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        visitor.goto(f"/zoeken/?q={WORD.lower()}")
        if visitor.locator(f'.hit a[href="{ADDRESS}"]').count():
            break
        visitor.wait_for_timeout(500)
    expect(visitor.locator(f'.hit a[href="{ADDRESS}"]').first).to_be_visible()


def test_a_visitor_finds_no_way_in(visitors) -> None:
    page = visitors.window()
    page.goto(ADDRESS)
    expect(page.get_by_role("link", name="Bewerken")).to_have_count(0)
    page.goto("/beheer/")
    expect(page).to_have_url(re.compile(r"/inloggen/\?next="))
    page.fill("input[name=login]", "beheer@portaal.example")
    page.fill("input[name=password]", "niet-het-wachtwoord")
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page).to_have_url(re.compile("/inloggen/"))
    expect(page.locator(".error-summary")).to_be_visible()
