"""A company asks to belong to an ecosystem, is let in, and its people take part; with and without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from portal.operations.trial import TrialPortal
from tests.journeys.inside import told
from tests.journeys.test_accessibility import findings

PASSWORD = "fietsen-door-de-regen"  # of people who live as long as the test
# As the portal's own services make them; founding an organisation and confirming an address have journeys of their own.
SEED = """
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from network.ecosystems.services import change_house_rules, found_ecosystem, invite_people
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation

name, password = "{name}", "{password}"
def person(who):
    user = User.objects.create_user(f"{{who}}.{{name}}@voorbeeld.example", password, name=who.title())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
def company(title, **people):
    names = {{"name": f"{{title}} {{name}}", "slug": f"{{title.lower()}}-{{name}}"}}
    made = Organisation.objects.create(**names, verified_at=timezone.now())
    for role, user in people.items():
        Membership.objects.create(organisation=made, user=user, role=role)
    return made
with transaction.atomic():
    host = person("host")
    house = company("Stroomhuis", manager=host)
    company("Kozijnfabriek", manager=person("mien"), member=person("jo"))
    circle = found_ecosystem(organisation=house, name=f"Kring {{name}}", summary="Samen slimmer lassen.", by=host)
    change_house_rules(circle, text="Wat hier staat, **blijft** hier.", by=host)
    group = found_ecosystem(organisation=house, name=f"Groep {{name}}", by=host, parent=circle)
    invite_people(circle, addresses=[f"gast.{{name}}@voorbeeld.example"], by=host)
"""


@pytest.fixture
def circle(portal: TrialPortal) -> str:
    """The word in the names of an ecosystem, its host and a company that doesn't belong yet."""
    name = uuid4().hex[:8]
    told(portal, SEED.format(name=name, password=PASSWORD))
    return name


def enter(page: Page, who: str, name: str) -> Page:
    page.goto("/inloggen/")
    page.fill("input[name=login]", f"{who}.{name}@voorbeeld.example")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(lambda url: "/inloggen/" not in url)
    return page


def ask(page: Page, name: str, message: str) -> None:
    page.goto("/ecosystemen/")
    page.get_by_role("link", name=f"Kring {name}").click()
    expect(page.locator("main")).not_to_contain_text("mensen doen mee")
    page.get_by_role("link", name="Vraag of je mee mag doen").click()
    expect(page.locator("main")).to_contain_text("Wat hier staat, blijft hier.")
    page.get_by_label("Bericht aan de beheerders").fill(message)
    button = page.get_by_role("button", name="Verstuur je verzoek")
    button.click()
    # The box was forgotten; what was typed is still there.
    expect(page.locator("main")).to_contain_text("Lees de huisregels en vink aan")
    expect(page.get_by_label("Bericht aan de beheerders")).to_have_value(message)
    page.get_by_label("Ik houd me aan de huisregels").check()
    button.click()
    expect(page.locator("main")).to_contain_text("Je verzoek ligt bij de beheerders")


def let_in(page: Page, name: str, who: str) -> None:
    page.goto(f"/ecosystemen/kring-{name}/beheer/")
    page.get_by_role("link", name=f"{who} wil").click()
    page.get_by_label("Laat toe", exact=True).check()
    page.get_by_role("button", name="Bewaar je besluit").click()
    expect(page.locator("main")).to_contain_text("Toegelaten.")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_company_joins_an_ecosystem_and_its_people_take_part(
    visitors: Any, circle: str, script: bool
) -> None:
    host, mien, jo = (
        enter(visitors.window(java_script_enabled=script), who, circle) for who in ("host", "mien", "jo")
    )
    # Who doesn't run the company reads who can bring it.
    jo.goto(f"/ecosystemen/kring-{circle}/meedoen/")
    expect(jo.locator("main")).to_contain_text("Vraag een beheerder van Kozijnfabriek")

    ask(mien, circle, "Wij willen leren lassen zonder wachten.")
    host.goto(f"/ecosystemen/kring-{circle}/beheer/")
    expect(host.locator("main")).to_contain_text(f"Mien wil met Kozijnfabriek {circle} lid worden")
    let_in(host, circle, "Mien")
    mien.goto(f"/ecosystemen/kring-{circle}/")
    expect(mien.locator("main")).to_contain_text("1 persoon doet mee")
    expect(mien.locator("main")).to_contain_text(f"Groep {circle}")

    ask(jo, circle, "Ik las al jaren.")
    let_in(host, circle, "Jo")
    jo.goto(f"/ecosystemen/kring-{circle}/")
    jo.get_by_role("link", name="Alle mensen en bedrijven").click()
    expect(jo.locator("main")).to_contain_text("2 mensen")
    expect(jo.locator("main")).to_contain_text("Mien")
    assert f"mien.{circle}@" not in jo.content()

    jo.goto(f"/ecosystemen/kring-{circle}/")
    jo.get_by_role("link", name="Niet meer meedoen").click()
    jo.get_by_role("button", name="Ik doe niet meer mee").click()
    expect(jo.locator("main")).to_contain_text("Je doet niet meer mee")
    visitors.expected_statuses.add(404)
    assert jo.goto(f"/ecosystemen/kring-{circle}/leden/").status == 404  # type: ignore[union-attr]


@pytest.mark.slow
def test_nothing_found_on_the_pages_of_an_ecosystem(visitors: Any, circle: str) -> None:
    host, mien = (enter(visitors.window(), who, circle) for who in ("host", "mien"))
    found: list[str] = []

    def look(page: Page, path: str, before: Callable[[Page], None] | None = None) -> None:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(path)
        if before is not None:
            before(page)
        found.extend(findings(page, path))

    def press(name: str) -> Callable[[Page], None]:
        return lambda page: page.get_by_role("button", name=name).click()

    kring = f"/ecosystemen/kring-{circle}/"
    for path in ("/ecosystemen/", "/ecosystemen/?q=niets", kring):
        look(mien, path)
    look(mien, f"{kring}meedoen/", press("Verstuur je verzoek"))
    mien.set_viewport_size({"width": 1280, "height": 800})
    ask(mien, circle, "Mogen wij mee?")
    look(mien, f"{kring}meedoen/")
    look(host, f"{kring}beheer/")
    look(host, f"{kring}beheer/", lambda page: page.get_by_role("link", name="Mien wil").click())
    let_in(host, circle, "Mien")
    for rest in ("", "leden/", "verlaten/", "huisregels/"):
        look(mien, f"{kring}{rest}")
    for rest in ("", "uitnodigen/", "gegevens/", "huisregels/", "werkgroep/", "sluiten/"):
        look(host, f"{kring}beheer/{rest}")
    look(host, f"{kring}beheer/", lambda page: page.get_by_role("link", name="Wijzig Mien").click())
    assert not found, "\n".join(found)
