"""A question without an answer: why, what to try, and a way on; and a typing error that is mended."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_nothing_found_still_leads_on(any_visitor: Page) -> None:
    page = any_visitor
    page.goto("/zoeken/?q=qzwxkjv")
    expect(page.locator("h2#aantal")).to_contain_text("qzwxkjv")
    assert page.locator(".hit").count() == 0
    ways = page.locator(".ways-in a")
    assert ways.count() > 0
    ways.first.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.locator(".hit, .case-card").count() > 0


def test_filters_that_leave_nothing_can_be_let_go(any_visitor: Page) -> None:
    page = any_visitor
    page.goto("/zoeken/?q=voorraad&jaar=1871")
    expect(page.locator("h2#aantal")).to_be_visible()
    assert page.locator(".hit").count() == 0
    page.get_by_role("link", name=re.compile("Zoek zonder filters")).click()
    expect(page).not_to_have_url(re.compile("jaar="))
    assert page.locator(".hit").count() > 0


def test_a_typing_error_is_mended_and_can_be_taken_back(any_visitor: Page) -> None:
    page = any_visitor
    page.goto("/zoeken/?q=productiviteid")
    assert page.locator(".hit").count() > 0
    expect(page.locator("main")).to_contain_text("productiviteit")
    page.get_by_role("link", name=re.compile("productiviteid")).first.click()
    expect(page).to_have_url(re.compile("letterlijk="))
