"""Ten questions in an entrepreneur's own words; each has pages of which at least one must be among the first five."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

CASES, KNOWLEDGE, FIGURES = "/praktijkvoorbeelden/", "/kennis/", "/cijfers/"

QUESTIONS = {
    "te veel voorraad": {f"{CASES}almi-machinefabriek/", f"{KNOWLEDGE}zeven-verspillingen/",
                         f"{CASES}toyota-production-system/"},
    "personeel loopt weg": {f"{CASES}donkergroen/", f"{CASES}witteveen-bos/", f"{CASES}scania-production-zwolle/",
                            f"{KNOWLEDGE}meedoen-als-succesfactor/", f"{KNOWLEDGE}basis-op-orde/"},
    "lasrobot of niet?": {f"{KNOWLEDGE}schijf-van-vijf/", f"{CASES}perron-038/", f"{CASES}almi-machinefabriek/"},
    "ik krijg geen vakmensen": {f"{CASES}elektroned/", f"{CASES}perron-038/", f"{CASES}npal/", f"{CASES}de-kien/",
                                f"{CASES}gaserop/", f"{CASES}donkergroen/"},
    "hoe krijg ik mijn mensen mee": {f"{KNOWLEDGE}meedoen-als-succesfactor/", f"{CASES}almi-machinefabriek/",
                                     f"{CASES}scania-production-zwolle/", f"{CASES}noordrijn-westfalen/"},
    "subsidie voor scholing": {f"{KNOWLEDGE}subsidies-en-financiering/", f"{CASES}ga-voor-slim/"},
    "te veel papierwerk": {f"{FIGURES}extra-personeel-2030/", f"{CASES}pactum/", f"{KNOWLEDGE}geen-verkeerde-deur/",
                           f"{KNOWLEDGE}zeven-verspillingen/"},
    "levertijd te lang": {f"{CASES}scania-production-zwolle/", f"{CASES}toyota-production-system/",
                          f"{CASES}almi-machinefabriek/", f"{CASES}dsm-delft/", f"{CASES}thales-hengelo/",
                          f"{KNOWLEDGE}zeven-verspillingen/"},
    "zelfsturende teams": {f"{CASES}dsm-delft/", f"{CASES}almi-machinefabriek/", f"{CASES}elektroned/"},
    "wat levert lean op": {f"{CASES}toyota-production-system/", f"{CASES}scania-production-zwolle/",
                           f"{KNOWLEDGE}zeven-verspillingen/", f"{KNOWLEDGE}basis-op-orde/"},
}  # fmt: skip
FIRST = 5


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds_its_page(visitor: Page, question: str) -> None:
    visitor.goto("/zoeken/?" + urlencode({"q": question}))
    links = visitor.locator(".hit h3 a")
    found = [links.nth(number).get_attribute("href") for number in range(min(FIRST, links.count()))]
    assert QUESTIONS[question] & set(found), f"{question}: {found}"


def test_every_page_that_is_asked_for_exists(visitor: Page) -> None:
    """Otherwise a question could be answered by an address that nobody can find."""
    for address in sorted(set().union(*QUESTIONS.values())):
        answer = visitor.request.get(address)
        assert answer.status == 200, address
