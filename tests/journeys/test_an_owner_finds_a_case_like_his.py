"""The owner of a metal shop types what troubles him and ends at a case with a figure, its source and a next step."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_an_owner_finds_a_case_like_his(any_visitor: Page) -> None:
    page = any_visitor
    page.goto("/")
    page.get_by_role("searchbox").first.or_(page.get_by_role("combobox").first).first.fill("te veel voorraad")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/zoeken/\?(.*&)?q=te\+veel\+voorraad"))
    heading = page.locator("h2#aantal")
    expect(heading).to_contain_text("te veel voorraad")
    before = count_in(heading.inner_text())
    assert before > 0

    # Narrow by sector: the value that most hits have.
    sector = page.locator("input[name=sector]").first
    panel = page.locator("details:has(input[name=sector])").first
    if panel.count() and not sector.is_visible():
        panel.locator("summary").first.click()
    sector.check()
    apply = page.get_by_role("button", name=re.compile("Filter|Toon|Pas toe", re.I))
    if apply.first.is_visible():
        apply.first.click()
    expect(page).to_have_url(re.compile(r"[?&]sector="))
    expect(page.locator("h2#aantal")).to_be_visible()
    assert 0 < count_in(page.locator("h2#aantal").inner_text()) <= before

    page.goto("/zoeken/?q=te+veel+voorraad&type=case")
    page.locator(".hit:has(.measurement) h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/praktijkvoorbeelden/[a-z0-9-]+/$"))
    expect(page.locator("h1")).to_have_count(1)

    # A figure, in which direction, how it was established, and where it comes from.
    measurement = page.locator(".measurement").first
    expect(measurement).to_be_visible()
    assert re.search(r"\d", measurement.inner_text())
    expect(page.locator(".source-line").first).to_contain_text("Bron")

    # "Wat nu?": a step that leads somewhere.
    steps = page.locator(".next-steps a")
    assert 1 <= steps.count() <= 3
    with page.expect_navigation() as went:
        steps.first.click()
    assert went.value is not None
    assert went.value.status == 200
    expect(page.locator("h1")).to_be_visible()


def count_in(heading: str) -> int:
    """The number with which the heading of the results begins."""
    found = re.match(r"([\d.]+)", heading.strip())
    assert found, heading
    return int(found[1].replace(".", ""))
