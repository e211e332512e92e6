"""Two people of an ecosystem talk: a topic, a reply that names somebody, a draft that waits, words taken back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from portal.operations.trial import TrialPortal
from tests.journeys.inside import told
from tests.journeys.test_a_company_joins_an_ecosystem import PASSWORD, enter
from tests.journeys.test_accessibility import findings

# As the portal's own services make them; joining has a journey of its own.
SEED = """
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from network.ecosystems.services import admit_company, found_ecosystem, take_part
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation

name, password = "{name}", "{password}"
def person(who):
    user = User.objects.create_user(f"{{who}}.{{name}}@voorbeeld.example", password, name=who.title())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
def company(called, user, role):
    made = Organisation.objects.create(name=called, slug=called.lower().replace(" ", "-"), verified_at=timezone.now())
    Membership.objects.create(organisation=made, user=user, role=role)
    return made
with transaction.atomic():
    host, anna, bram = (person(who) for who in ("host", "anna", "bram"))
    kring = found_ecosystem(organisation=company(f"Huis {{name}}", host, "manager"), name=f"Kring {{name}}", by=host)
    for who in (anna, bram):
        admit_company(kring, organisation=company(f"{{who.name}} {{name}}", who, "manager"), by=host)
        take_part(kring, user=who, by=host)
    print(kring.get_absolute_url())
"""


@pytest.fixture
def circle(portal: TrialPortal) -> tuple[str, str]:
    """A word that stands in all names, and the address of the ecosystem."""
    name = uuid4().hex[:8]
    return name, told(portal, SEED.format(name=name, password=PASSWORD))


def make_room(host: Page, home: str) -> None:
    host.goto(home)
    host.get_by_role("link", name="Begin een gesprek").click()
    host.get_by_role("link", name="Maak een ruimte").click()
    host.get_by_label("Naam", exact=True).fill("Werkvloer")
    host.get_by_role("button", name="Maak de ruimte").click()


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_people_talk_in_the_forum(
    visitors: Any, portal: TrialPortal, circle: tuple[str, str], script: bool
) -> None:
    name, home = circle
    host, anna, bram = (
        enter(visitors.window(java_script_enabled=script), who, name) for who in ("host", "anna", "bram")
    )
    make_room(host, home)

    anna.goto(host.url)
    anna.get_by_role("link", name="Begin een onderwerp").click()
    anna.get_by_label("Je bericht").fill("Wij verliezen het **overzicht**.")
    anna.get_by_role("button", name="Bekijk een voorbeeld").click()
    # Nothing was lost, and what lacks is said.
    expect(anna.locator("main")).to_contain_text("Geef je bericht een titel.")
    expect(anna.get_by_label("Je bericht")).to_have_value("Wij verliezen het **overzicht**.")
    anna.get_by_label("Titel").fill("Wie heeft een planbord?")
    anna.get_by_role("button", name="Plaats je onderwerp").click()
    expect(anna.get_by_role("heading", level=1)).to_have_text("Wie heeft een planbord?")
    topic = anna.url

    bram.goto(topic)
    bram.get_by_label("Je bericht").fill("Nog niet af")
    with bram.expect_navigation():
        bram.get_by_role("button", name="Bewaar als concept").click()
    bram.goto(topic)
    expect(bram.get_by_label("Je bericht")).to_have_value("Nog niet af")
    bram.get_by_label("Je bericht").fill("@Anna, kom eens kijken.")
    bram.get_by_role("button", name="Plaats je bericht").click()
    expect(bram.locator(".thread")).to_contain_text("@Anna, kom eens kijken.")

    # Mail follows two minutes later; in the portal it stands at once.
    anna.goto("/")
    anna.get_by_role("link", name="Meldingen").click()
    anna.get_by_role("link", name="Bram noemt je in “Wie heeft een planbord?”").click()
    expect(anna.locator(":target")).to_contain_text("kom eens kijken")
    anna.get_by_role("button", name="Nuttig").click()
    expect(anna.locator(".thread")).to_contain_text("1 lid vond dit nuttig")
    if script:
        assert findings(anna, "a topic") == []

    bram.goto(topic)
    bram.get_by_role("link", name="Trek in").click()
    bram.get_by_role("button", name="Trek in").click()
    expect(bram.locator(".thread")).to_contain_text("Dit bericht is ingetrokken door de schrijver.")
    expect(bram.locator(".thread")).not_to_contain_text("kom eens kijken")
