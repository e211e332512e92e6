"""Everything with the keyboard: skip link, visible focus, menu, suggestions, results."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

FOCUSED = """() => { const one = document.activeElement;
  // A field may show its focus on the frame around it.
  const framed = [one, one.parentElement].find(it => it && getComputedStyle(it).outlineStyle !== 'none') || one;
  const style = getComputedStyle(framed);
  const box = one.getBoundingClientRect();
  return { tag: one.tagName, text: (one.innerText || one.getAttribute('aria-label') || one.name || '').trim(),
           outline: style.outlineStyle, width: parseFloat(style.outlineWidth),
           visible: box.width > 0 && box.height > 0 && box.bottom > 0 }; }"""


def test_the_skip_link_comes_first_and_works(visitor: Page) -> None:
    visitor.goto("/kennis/")
    visitor.keyboard.press("Tab")
    first = visitor.evaluate(FOCUSED)
    assert first["text"] == "Naar de inhoud"
    assert first["visible"]
    visitor.keyboard.press("Enter")
    visitor.keyboard.press("Tab")
    assert visitor.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_every_stop_is_seen_and_none_is_a_trap(visitor: Page) -> None:
    for address in (
        "/",
        "/praktijkvoorbeelden/almi-machinefabriek/",
        "/zoeken/?q=voorraad",
        "/mijn-bedrijf/",
    ):
        visitor.goto(address)
        stops, unseen = 0, []
        for _ in range(150):
            visitor.keyboard.press("Tab")
            stop = visitor.evaluate(FOCUSED)
            if stop["tag"] == "BODY":
                break
            stops += 1
            if not stop["visible"] or stop["outline"] == "none" or stop["width"] < 2:
                unseen.append(stop)
        else:
            raise AssertionError(f"{address}: 150 stops and no end")
        assert stops > 8, address
        assert unseen == [], address


def test_suggestions_by_arrows_and_escape(visitor: Page) -> None:
    visitor.goto("/")
    box = visitor.locator("input[data-suggestions]").first
    box.focus()
    visitor.keyboard.type("voorr", delay=30)
    options = visitor.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    visitor.keyboard.press("ArrowDown")
    chosen = box.get_attribute("aria-activedescendant")
    assert chosen
    expect(visitor.locator(f"#{chosen}")).to_have_attribute("aria-selected", "true")
    visitor.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()
    # What was typed stays, and Enter asks it.
    visitor.keyboard.press("Enter")
    expect(visitor).to_have_url(re.compile(r"/zoeken/\?.*q=voorr"))


def test_a_chosen_suggestion_goes_somewhere(visitor: Page) -> None:
    visitor.goto("/")
    visitor.locator("input[data-suggestions]").first.focus()
    visitor.keyboard.type("voorr", delay=30)
    expect(visitor.get_by_role("option").first).to_be_visible()
    visitor.keyboard.press("ArrowDown")
    with visitor.expect_navigation() as went:
        visitor.keyboard.press("Enter")
    assert went.value is not None
    assert went.value.status == 200
    assert visitor.url.rstrip("/") != visitor.evaluate("location.origin")


def test_a_filter_by_keyboard_moves_the_focus_to_the_results(visitor: Page) -> None:
    visitor.goto("/zoeken/?q=werken")
    option = visitor.locator("input[type=checkbox][name=thema]").first
    option.focus()
    visitor.keyboard.press("Space")
    button = visitor.locator("form:has(input[name=thema]) button[type=submit]").first
    if button.is_visible():
        button.focus()
        visitor.keyboard.press("Enter")
    expect(visitor).to_have_url(re.compile("thema="))
    expect(visitor.locator("h2#aantal")).to_be_visible()
