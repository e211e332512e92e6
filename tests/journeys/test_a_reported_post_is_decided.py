"""A member reports a post, a moderator decides with reasons, its author objects and another moderator gives it back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from portal.operations.trial import TrialPortal
from tests.journeys.inside import told
from tests.journeys.test_a_company_joins_an_ecosystem import PASSWORD, enter
from tests.journeys.test_accessibility import findings

# As the portal's own services make them; writing a topic has a journey of its own.
SEED = """
import uuid
from datetime import timedelta
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from network.forum.models import ForumRoom
from network.forum.services import begin_topic
from network.moderation.models import ReasonTemplate, WrittenText
from network.moderation.moderators import setup_moderators
from portal.accounts.models import User

name, password = "{name}", "{password}"
def person(who):
    user = User.objects.create_user(f"{{who}}.{{name}}@voorbeeld.example", password, name=who.title())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
with transaction.atomic():
    anna, bram, mo, noor = (person(who) for who in ("anna", "bram", "mo", "noor"))
    for who in (mo, noor):
        who.groups.add(setup_moderators())
    User.objects.filter(pk=anna.pk).update(date_joined=timezone.now() - timedelta(days=30))
    anna.refresh_from_db()
    for number in range(2):
        WrittenText.objects.create(author=anna, fingerprint=f"{{name}}{{number}}")
    room, _new = ForumRoom.objects.get_or_create(ecosystem=None, slug="plein", defaults={{"name": "Plein"}})
    text = f"Wij verkopen planborden, kijk in onze winkel. {{name}}"
    topic = begin_topic(room, by=anna, title=f"Planborden {{name}}", text=text, token=uuid.uuid4())
    ReasonTemplate.objects.get_or_create(
        title="Reclame", ground="rules", rule="regel 4, geen reclame",
        reason="Je mag noemen wat je verkoopt als iemand ernaar vraagt. Losse aanbiedingen halen we weg.")
    print(topic.conversation.get_absolute_url())
"""


@pytest.fixture
def topic(portal: TrialPortal) -> tuple[str, str]:
    """A word that stands in all names, and the address of what Anna wrote."""
    name = uuid4().hex[:8]
    return name, told(portal, SEED.format(name=name, password=PASSWORD))


def look(page: Page, found: list[str]) -> None:
    """What axe says of the page as it stands."""
    found.extend(findings(page, page.url))


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_reported_post_is_decided_and_given_back(
    visitors: Any, topic: tuple[str, str], script: bool
) -> None:
    name, address = topic
    anna, bram, mo, noor = (
        enter(visitors.window(java_script_enabled=script), who, name)
        for who in ("anna", "bram", "mo", "noor")
    )
    bram.goto(address)
    bram.get_by_role("link", name="Meld dit bericht").first.click()
    bram.get_by_label("Spam of reclame").check()
    bram.get_by_role("button", name="Verstuur je melding").click()
    expect(bram.locator("main")).to_contain_text("Leg in een zin uit wat er mis is.")
    bram.get_by_label("Leg uit wat je ziet").fill("Dit is reclame voor een winkel.")
    bram.get_by_label("Wat ik hier schrijf klopt").check()
    bram.get_by_role("button", name="Verstuur je melding").click()
    expect(bram.locator("main")).to_contain_text("We hebben je melding")

    mo.goto("/mijn/")
    mo.get_by_role("link", name="Moderatie", exact=True).click()
    mo.get_by_role("link", name=f"Planborden {name}").click()
    expect(mo.locator("main")).to_contain_text("Dit is reclame voor een winkel.")
    expect(mo.locator("main")).not_to_contain_text("Bram")
    mo.get_by_label("Begin met een standaardtekst").select_option(label="Reclame")
    mo.get_by_role("button", name="Vul in").click()
    mo.get_by_label("Verwijder", exact=True).check()
    mo.get_by_label("Wat gebeurde er?").fill("Je bericht verwijst naar je eigen winkel.")
    mo.get_by_role("button", name="Neem het besluit").click()
    expect(mo.locator("main")).to_contain_text("Besloten.")
    visitors.expected_statuses.add(404)  # nothing was left of the topic
    bram.goto(address)
    expect(bram.locator("body")).not_to_contain_text("kijk in onze winkel")

    anna.goto("/mijn/")
    anna.get_by_role("link", name="Een besluit over wat je schreef").click()
    for said in ("verwijderd", "regel 4, geen reclame", "Losse aanbiedingen", "Iemand meldde het"):
        expect(anna.locator("main")).to_contain_text(said)
    anna.get_by_role("link", name="Maak bezwaar").click()
    anna.get_by_label("Waarom klopt het besluit niet?").fill("Iemand vroeg er gisteren naar.")
    anna.get_by_role("button", name="Verstuur je bezwaar").click()
    expect(anna.locator("main")).to_contain_text("We hebben je bezwaar")

    noor.goto("/moderatie/?lijst=bezwaren")
    noor.get_by_role("link", name="Bezwaar in zaak").last.click()
    expect(noor.locator("main")).to_contain_text("Iemand vroeg er gisteren naar.")
    noor.get_by_label("Het bezwaar klopt").check()
    noor.get_by_label("Waarom?").fill("Dat klopt, we zien de vraag.")
    noor.get_by_role("button", name="Verstuur je antwoord").click()
    expect(noor.locator("main")).to_contain_text("Beantwoord.")
    bram.goto(address)
    expect(bram.locator("main")).to_contain_text("kijk in onze winkel")
    anna.reload()
    expect(anna.locator("main")).to_contain_text("Dit besluit geldt niet meer")
    if script:
        nothing_found(visitors, anna, bram, mo, address)


def nothing_found(visitors: Any, anna: Page, bram: Page, mo: Page, address: str) -> None:
    """By axe, on each of the pages of this journey."""
    found: list[str] = []
    look(anna, found)
    bram.goto(address)
    bram.get_by_role("link", name="Meld dit bericht").first.click()
    bram.get_by_role("button", name="Verstuur je melding").click()
    look(bram, found)
    bram.goto("/gedragsregels/")
    look(bram, found)
    for path in ("/moderatie/", "/moderatie/?lijst=besloten", "/moderatie/toegang/"):
        mo.goto(path)
        look(mo, found)
    mo.goto("/moderatie/?lijst=besloten")
    mo.locator("main .task-list a").first.click()
    look(mo, found)
    assert not found, "\n".join(found)
