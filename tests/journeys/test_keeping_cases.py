"""A visitor keeps two cases without an account, finds them back, and takes one away."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

ALMI = "/praktijkvoorbeelden/almi-machinefabriek/"
DSM = "/praktijkvoorbeelden/dsm-delft/"
KEPT = "Bewaard: haal weg"


def test_keeping_cases(any_visitor: Page) -> None:
    page = any_visitor
    titles = []
    for address in (ALMI, DSM):
        page.goto(address)
        titles.append(page.locator("h1").inner_text())
        page.get_by_role("button", name="Bewaar", exact=True).click()
        expect(page.get_by_role("button", name=KEPT)).to_be_visible()
        expect(page).to_have_url(re.compile(address))

    page.goto("/bewaard/")
    kept = page.locator("main li h2 a, main li h3 a")
    # What was kept last stands first.
    expect(kept).to_have_text([titles[1], titles[0]])

    page.get_by_role("button", name="Haal weg").first.click()
    expect(page).to_have_url(re.compile("/bewaard/$"))
    expect(kept).to_have_text([titles[0]])
    kept.first.click()
    expect(page).to_have_url(re.compile(ALMI))
    # The case itself knows that it is kept, and lets go of it.
    page.get_by_role("button", name=KEPT).click()
    expect(page.get_by_role("button", name="Bewaar", exact=True)).to_be_visible()
    page.goto("/bewaard/")
    expect(page.locator("main")).to_contain_text("Je bewaarde nog niets")
    assert page.context.cookies() == []


def test_others_see_nothing_of_it(visitors) -> None:
    """What one visitor keeps is on no cached page that another one gets."""
    first, second = visitors.window(), visitors.window()
    first.goto(ALMI)
    first.get_by_role("button", name="Bewaar", exact=True).click()
    expect(first.get_by_role("button", name=KEPT)).to_be_visible()
    second.goto(ALMI)
    expect(second.get_by_role("button", name="Bewaar", exact=True)).to_be_visible()
    expect(second.get_by_role("button", name=KEPT)).to_have_count(0)
