"""Every kind of page there is, as a visitor or a staff member comes to see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page

FIRST_CASE = "/praktijkvoorbeelden/almi-machinefabriek/"


def press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).click()


def wrong_company(page: Page) -> None:
    """The company form as it comes back with an error."""
    page.evaluate("() => { document.querySelector('[name=sector]').options[1].value = 'onzin' }")
    page.locator("[name=sector]").select_option(index=1)
    page.get_by_role("button", name="Bewaar mijn bedrijf").click()
    page.wait_for_selector(".error-summary")


@dataclass(frozen=True)
class Kind:
    """A kind of page: its address, and what is done there before looking. `status` is what the address answers."""

    address: str
    then: tuple[Callable[[Page], None], ...] = ()
    status: int = 200
    cookies: dict[str, str] = field(default_factory=dict)


PUBLIC = {
    "front page": Kind("/"),
    "search": Kind("/zoeken/"),
    "results": Kind("/zoeken/?q=voorraad"),
    "results, filtered": Kind("/zoeken/?q=werken&thema=proces&doel=minder-voorraad"),
    "results, measured": Kind("/zoeken/?resultaat=labour-productivity&minstens=10"),
    "measured results, all": Kind("/zoeken/resultaten/"),
    "measured results": Kind("/zoeken/resultaten/?resultaat=labour-productivity&vastgesteld=self-reported"),
    "measured results, none": Kind("/zoeken/resultaten/?resultaat=stocks&minstens=50"),
    "nothing found": Kind("/zoeken/?q=qzwxkjv"),
    "search API": Kind("/api/"),
    "case": Kind(FIRST_CASE),
    "case with little proof": Kind("/praktijkvoorbeelden/pactum/"),
    "case list": Kind("/praktijkvoorbeelden/"),
    "overview of terms": Kind("/praktijkvoorbeelden/thema/"),
    "cases of a term": Kind("/praktijkvoorbeelden/doel/minder-voorraad/"),
    "knowledge index": Kind("/kennis/"),
    "knowledge page": Kind("/kennis/j-curve/"),
    "knowledge page with figures": Kind("/kennis/schijf-van-vijf/"),
    "figure index": Kind("/cijfers/"),
    "figure": Kind("/cijfers/groei-slimmer-werken/"),
    "content page": Kind("/hoe-wij-bewijs-wegen/"),
    "accessibility": Kind("/toegankelijkheid/"),
    "taking part": Kind("/meedoen/"),
    "organisations": Kind("/organisaties/"),
    "organisations, none": Kind("/organisaties/?q=qzwxkjv&soort=network"),
    "organisation": Kind("/organisaties/almi-machinefabriek/"),
    "invitation that is unknown": Kind("/uitnodiging/verzonnen/", status=404),
    "company": Kind("/mijn-bedrijf/"),
    "company with an error": Kind("/mijn-bedrijf/", (wrong_company,)),
    "kept list, empty": Kind("/bewaard/"),
    "kept list": Kind(FIRST_CASE, (press("Bewaar"), lambda page: page.goto("/bewaard/"))),
    "404": Kind("/bestaat-niet/", status=404),
}
STAFF = {
    "why a hit is here": Kind(
        "/zoeken/?q=voorraad", (lambda page: page.click("text=Waarom staat dit hier?"),)
    ),
    "results, for staff": Kind("/zoeken/?q=voorraad"),
    "style guide": Kind("/stijlgids/"),
    "style guide, case": Kind("/stijlgids/praktijk/"),
    "style guide, search": Kind("/stijlgids/zoeken/"),
    "style guide, front page": Kind("/stijlgids/voorpagina/"),
}
