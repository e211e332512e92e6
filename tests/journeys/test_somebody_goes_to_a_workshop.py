"""A workshop with one place, which two people want: the waiting list moves up; with and without script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portal.operations.trial import TrialPortal
from tests.journeys.test_a_company_joins_an_ecosystem import enter
from tests.journeys.test_accessibility import findings
from tests.journeys.test_somebody_asks_and_chooses_an_answer import circle

__all__ = ["circle"]
TITLE = "Een planbord maken"
OWN_WORDS = {True: "We werken met karton en magneten.", False: "We werken met krijt en een oude deur."}


def plan(page: Page, name: str, found: list[str], *, script: bool) -> str:
    """From the ecosystem's home to the agenda; the address of the event."""
    page.goto(f"/ecosystemen/kring-{name}/")
    page.get_by_role("link", name="Organiseer een bijeenkomst").click()
    page.get_by_role("button", name="Bewaar het concept").click()
    expect(page.locator(".error-summary")).to_be_visible()
    if script:
        found += findings(page, "plan, with errors")
    page.get_by_label("Titel", exact=True).fill(TITLE)
    page.get_by_label("Waar het over gaat").fill(
        f"Je maakt een bord voor je eigen werkplaats. {OWN_WORDS[script]}"
    )
    page.get_by_label("alleen wie meedoet aan het ecosysteem").check()
    # The night that the clock goes forward has no half past two.
    page.get_by_label("Dag", exact=True).fill("2031-03-30")
    page.get_by_label("Begint om").fill("02:30")
    page.get_by_label("Eindigt om").fill("16:00")
    page.get_by_label("Plaats (optioneel)", exact=True).fill("Utrecht")
    page.get_by_label("Volledig adres").fill("Voorbeeldstraat 12, Utrecht")
    page.get_by_label("Aantal plaatsen").fill("1")
    page.get_by_role("button", name="Bewaar het concept").click()
    expect(page.locator("main")).to_contain_text("die nacht gaat de klok een uur vooruit")
    expect(page.get_by_label("Titel", exact=True)).to_have_value(TITLE)
    page.get_by_label("Begint om").fill("14:00")
    page.get_by_role("button", name="Bewaar het concept").click()
    expect(page.locator("main")).to_contain_text("Dit is een concept")
    page.get_by_role("button", name="Zet op de agenda").click()
    expect(page.locator("main")).to_contain_text("Het staat op de agenda")
    return page.url


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_somebody_goes_to_a_workshop(visitors: Any, portal: TrialPortal, circle: str, script: bool) -> None:
    host, mien, jo = (
        enter(visitors.window(java_script_enabled=script), who, circle) for who in ("host", "mien", "jo")
    )
    found: list[str] = []
    address = plan(host, circle, found, script=script)

    mien.goto("/bijeenkomsten/")
    mien.get_by_role("link", name=TITLE).click()
    expect(mien.locator("main")).not_to_contain_text("Voorbeeldstraat 12")
    mien.get_by_role("button", name="Meld me aan").click()
    expect(mien.locator("main")).to_contain_text("Je bent aangemeld")
    expect(mien.locator("main")).to_contain_text("Voorbeeldstraat 12")

    jo.goto(address)
    expect(jo.locator("main")).to_contain_text("de enige plek is bezet")
    jo.get_by_role("button", name="Zet me op de wachtlijst").click()
    expect(jo.locator("main")).to_contain_text("Jij bent de eerste die een plek krijgt")

    # One click, and the list moves up by itself.
    mien.get_by_role("button", name="Meld me af").click()
    expect(mien.locator("main")).to_contain_text("Je bent afgemeld")
    jo.goto("/meldingen/")
    jo.get_by_role("link", name=f"Er is een plek vrij bij “{TITLE}”").click()
    if script:
        found += findings(jo, "a place that is offered")
    jo.get_by_role("button", name="Ik kom").click()
    expect(jo.locator("main")).to_contain_text("De plek is van jou")
    jo.get_by_role("link", name="Wie komen er?").click()
    expect(jo.locator("main")).to_contain_text("1 persoon komt")

    jo.goto("/bijeenkomsten/mijn-agenda/")
    jo.get_by_role("button", name="Maak een adres").click()
    expect(jo.locator("main")).to_contain_text("We tonen het maar één keer")
    if script:
        for page, path in (
            (jo, "/bijeenkomsten/"),
            (jo, address),
            (jo, f"{address}deelnemers/"),
            (host, f"{address}beheer/"),
            (host, f"{address}bericht/"),
            (host, f"{address}vragen/"),
        ):
            page.goto(path)
            found += findings(page, path)
        jo.goto("/bijeenkomsten/mijn-agenda/")
        jo.get_by_role("button", name="Maak een nieuw adres").click()
        found += findings(jo, "a secret address")
    assert found == []
