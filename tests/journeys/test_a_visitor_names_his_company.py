"""A visitor names his branch once; from then on companies like his stand first, and the portal keeps nothing of it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_a_visitor_names_his_company_and_takes_it_back(any_visitor: Page) -> None:
    page = any_visitor
    page.goto("/praktijkvoorbeelden/")
    first_before = page.locator("main h3, main h2").all_inner_texts()
    page.goto("/mijn-bedrijf/?terug=/praktijkvoorbeelden/")
    page.get_by_label("In welke branche werk je?").select_option("F")
    page.get_by_role("button", name="Bewaar mijn bedrijf").click()
    expect(page).to_have_url(re.compile("/praktijkvoorbeelden/$"))
    expect(page.locator("main")).to_contain_text("Bedrijven als het mijne: Bouw")
    assert page.locator("main h3, main h2").all_inner_texts() != first_before

    # The same on the front page and in search, since it is one cookie.
    for address in ("/", "/zoeken/?q=werken"):
        page.goto(address)
        expect(page.locator("main")).to_contain_text("Bedrijven als het mijne: Bouw")
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert set(cookies) == {"bedrijf"}
    assert cookies["bedrijf"]["httpOnly"]

    page.goto("/mijn-bedrijf/?terug=/praktijkvoorbeelden/")
    page.get_by_role("button", name="Wis mijn keuze").click()
    expect(page).to_have_url(re.compile("/praktijkvoorbeelden/$"))
    assert page.locator("main h3, main h2").all_inner_texts() == first_before
    assert page.context.cookies() == []


def test_a_strange_answer_is_told_in_words(any_visitor: Page) -> None:
    page = any_visitor
    page.goto("/mijn-bedrijf/")
    page.get_by_label("In welke branche werk je?").evaluate("field => { field.options[1].value = 'onzin' }")
    page.get_by_label("In welke branche werk je?").select_option(index=1)
    page.get_by_role("button", name="Bewaar mijn bedrijf").click()
    expect(page).to_have_title(re.compile("^Fout:"))
    summary = page.locator(".error-summary")
    expect(summary).to_be_visible()
    # The link in the summary leads to the field itself.
    target = summary.locator("a").first.get_attribute("href")
    assert target is not None
    expect(page.locator(target)).to_have_attribute("aria-invalid", "true")


def test_what_another_site_sends_is_refused(visitors) -> None:
    """A form elsewhere can't set the cookie."""
    visitors.expected_statuses.add(403)
    page = visitors.window()
    page.goto("about:blank")
    page.set_content(
        f'<form method="post" action="{visitors.portal.url}/mijn-bedrijf/"><input name="sector" value="C">'
        "<button>Klik</button></form>"
    )
    page.get_by_role("button").click()
    expect(page.locator("h1")).to_have_text("Dit mag niet")
    assert page.context.cookies() == []
