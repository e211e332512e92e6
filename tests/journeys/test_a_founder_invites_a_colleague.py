"""A founder invites a colleague who joins; and every page on the way stands up to axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.members import link_mailed_to, make_members, sign_in_as
from tests.journeys.test_accessibility import findings

if TYPE_CHECKING:
    from portal.operations.trial import TrialPortal

_numbers = count(1)
INVITATION = r"http\S+/uitnodiging/\S+/"


@pytest.fixture(params=["with script", "without script"])
def windows(request: pytest.FixtureRequest, visitors: Any) -> Iterator[tuple[Page, Page]]:
    """Of two people, each with cookies of their own."""
    script = {"java_script_enabled": request.param == "with script"}
    yield visitors.window(**script), visitors.window(**script)


def test_a_founder_invites_a_colleague_who_joins(portal: TrialPortal, windows: tuple[Page, Page]) -> None:
    number = next(_numbers)
    founder, colleague = f"fem{number}@zagerij.example", f"karel{number}@zagerij.example"
    make_members(portal, {f"Fem Zaag {number}": founder, f"Karel Hout {number}": colleague})
    first, second = windows

    sign_in_as(first, founder)
    first.goto("/organisaties/")
    first.get_by_role("link", name="Maak je organisatie").first.click()
    first.get_by_label("Naam van je organisatie").fill(f"Zagerij Ommen {number}")
    first.get_by_role("button", name="Maak de organisatie").click()
    expect(first.locator("h1")).to_have_text(f"Beheer van Zagerij Ommen {number}")
    expect(first.locator("main")).to_contain_text("Vul het KvK-nummer in")

    first.get_by_role("link", name="Nodig collega's uit").click()
    first.get_by_label("E-mailadressen").fill(f"{colleague}\nniks@")
    first.get_by_role("button", name="Verstuur de uitnodigingen").click()
    expect(first).to_have_title(re.compile("^Fout:"))
    expect(first.locator(".error-summary")).to_contain_text("Dit is geen e-mailadres: niks@")
    expect(first.get_by_label("E-mailadressen")).to_have_value(f"{colleague}\nniks@")
    first.get_by_label("E-mailadressen").fill(colleague)
    first.get_by_role("button", name="Verstuur de uitnodigingen").click()
    expect(first.locator("main")).to_contain_text("1 uitnodiging verstuurd.")
    expect(first.locator("main")).to_contain_text(colleague)

    # The colleague follows the link, is led to the door and comes back to it.
    second.goto(link_mailed_to(portal, colleague, INVITATION))
    expect(second.locator("main")).to_contain_text("k…@zagerij.example")
    assert "Zagerij Ommen" not in second.locator("main").inner_text()
    second.locator("main").get_by_role("link", name="Inloggen", exact=True).click()
    second.fill("input[name=login]", colleague)
    second.fill("input[name=password]", "vijf-houten-trappen-omhoog")
    second.locator("form", has=second.locator("input[name=password]")).get_by_role("button").click()
    expect(second.locator("h1")).to_have_text(f"Sluit je aan bij Zagerij Ommen {number}")
    second.get_by_role("button", name="Neem de uitnodiging aan").click()
    expect(second.locator("main")).to_contain_text(f"Welkom bij Zagerij Ommen {number}.")
    expect(second.locator("main")).to_contain_text(f"Fem Zaag {number}")

    first.reload()
    expect(first.locator("main")).to_contain_text(f"Karel Hout {number}")


def test_the_last_manager_hands_over_and_leaves(portal: TrialPortal, windows: tuple[Page, Page]) -> None:
    number = next(_numbers)
    founder, heir = f"mien{number}@lat.example", f"nel{number}@lat.example"
    make_members(portal, {f"Mien Lat {number}": founder, f"Nel Erf {number}": heir})
    first, second = windows
    sign_in_as(first, founder)
    first.goto("/organisaties/nieuw/")
    first.get_by_label("Naam van je organisatie").fill(f"Kozijnen {number}")
    first.get_by_role("button", name="Maak de organisatie").click()
    first.get_by_role("link", name="Nodig collega's uit").click()
    first.get_by_label("E-mailadressen").fill(heir)
    first.get_by_role("button", name="Verstuur de uitnodigingen").click()
    sign_in_as(second, heir)
    second.goto(link_mailed_to(portal, heir, INVITATION))
    with second.expect_navigation():
        second.get_by_role("button", name="Neem de uitnodiging aan").click()

    first.goto(f"/organisaties/kozijnen-{number}/verlaten/")
    expect(first.locator("main")).to_contain_text("Je bent de enige beheerder")
    first.get_by_role("link", name="Draag het beheer over").click()
    first.get_by_label("Wie wordt de beheerder?").select_option(label=f"Nel Erf {number}")
    first.get_by_label("Ik verlaat de organisatie").check()
    first.get_by_role("button", name="Draag over").click()
    expect(first.locator("main")).to_contain_text("Het beheer is overgedragen.")
    second.goto(f"/organisaties/kozijnen-{number}/beheer/")
    expect(second.locator("h1")).to_have_text(f"Beheer van Kozijnen {number}")


def test_nothing_found_on_the_pages_of_an_organisation(portal: TrialPortal, visitors: Any) -> None:
    """With axe, at 320 and 1280 px, light and dark."""
    visitors.expected_statuses |= {404}
    boss, asker = "axe@lat.example", "vraag@lat.example"
    make_members(portal, {"Axel Axe": boss, "Vera Vraag": asker})
    page, other = visitors.window(), visitors.window()
    sign_in_as(page, boss)
    page.goto("/organisaties/nieuw/")
    found = findings(page, "found")
    page.get_by_label("KvK-nummer").fill("12")
    page.get_by_role("button", name="Maak de organisatie").click()
    found += findings(page, "found, with errors")
    page.get_by_label("KvK-nummer").fill("")
    page.get_by_label("Naam van je organisatie").fill("Toegankelijk BV")
    page.get_by_label("Wat doet je organisatie?").fill("Wij maken kozijnen.\n\nEn trappen.")
    page.get_by_role("button", name="Maak de organisatie").click()
    base = page.url.removesuffix("beheer/")
    page.goto(f"{base}beheer/uitnodigen/")
    page.get_by_label("E-mailadressen").fill(
        f"{asker}\nnog-iemand-met-een-heel-lang-adres@lange-naam.example"
    )
    page.get_by_role("button", name="Verstuur de uitnodigingen").click()
    found += fill_in(page, base)
    found += findings(page, "manage")
    for path in (
        "",
        "beheer/gegevens/",
        "beheer/uitnodigen/",
        "beheer/overdragen/",
        "verlaten/",
        "beheer/domeinen/",
    ):
        page.goto(base + path)
        found += findings(page, path or "page")
    page.goto(f"{base}beheer/")
    page.get_by_role("link", name="Wijzig Axel Axe").click()
    found += findings(page, "person")

    link = link_mailed_to(portal, asker, INVITATION)
    other.goto(link)
    found += findings(other, "invitation, at the door")
    page.goto(link)
    found += findings(page, "invitation, of another")
    sign_in_as(other, asker)
    other.goto(link)
    found += findings(other, "invitation")
    assert not found, "\n".join(found)


def fill_in(page: Page, base: str) -> list[str]:
    """One of everything, so that the overview shows it."""
    page.goto(f"{base}beheer/vestigingen/nieuw/")
    found = findings(page, "establishment")
    page.get_by_label("Hoe heet de vestiging?").fill("Zagerij")
    page.get_by_label("Plaats").fill("Ommen")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar").click()
    page.goto(f"{base}beheer/domeinen/")
    page.get_by_label("Domein").fill("toegankelijk.example")
    with page.expect_navigation():
        page.get_by_role("button", name="Voeg toe").click()
    return found
