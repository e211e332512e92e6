"""Somebody asks their ecosystem, sees what the portal has already, and chooses an answer; with and without script."""

from __future__ import annotations

import re
import time
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from portal.operations.trial import TrialPortal
from tests.journeys.inside import told
from tests.journeys.letterbox import WAIT_SECONDS
from tests.journeys.members import mailed
from tests.journeys.test_a_company_joins_an_ecosystem import PASSWORD, enter

SEED = """
import datetime
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from network.ecosystems.services import admit_company, found_ecosystem, take_part
from network.moderation.models import WrittenText
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation

name, password, now = "{name}", "{password}", timezone.now()
def person(who, role):
    user = User.objects.create_user(f"{{who}}.{{name}}@voorbeeld.example", password, name=who.title(),
                                    date_joined=now - datetime.timedelta(days=90))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    made = Organisation.objects.create(name=f"{{who}} {{name}}", slug=f"{{who}}-{{name}}", verified_at=now)
    Membership.objects.create(organisation=made, user=user, role=role)
    WrittenText.objects.bulk_create(
        [WrittenText(author=user, fingerprint=f"{{user.pk}}-{{number}}", was_held=False, at=now) for number in range(3)])
    return user, made
with transaction.atomic():
    host, house = person("host", "manager")
    circle = found_ecosystem(organisation=house, name=f"Kring {{name}}", by=host)
    for user, company in (person("mien", "member"), person("jo", "member")):
        admit_company(circle, organisation=company, by=host)
        take_part(circle, user=user, by=host)
"""
# Mail waits a little, so that what happens together becomes one; nobody wants to wait for that here.
MAIL_NOW = """
from django.utils import timezone
from portal.notifications.models import Notification
Notification.objects.filter(mail_due_at__isnull=False).update(mail_due_at=timezone.now())
"""
TITLE = "Hoe krijgen wij onze voorraad kleiner?"
# What somebody else said already waits for a moderator.
OWN_WORDS = {True: "Vooral staal in dikke platen.", False: "Vooral schroeven en moeren in bakken."}


@pytest.fixture
def circle(portal: TrialPortal) -> str:
    """The word in the names of an ecosystem and of three people who take part in it."""
    name = uuid4().hex[:8]
    told(portal, SEED.format(name=name, password=PASSWORD))
    return name


def ask(page: Page, name: str, *, script: bool) -> None:
    page.goto(f"/ecosystemen/kring-{name}/")
    page.get_by_role("link", name="Stel een vraag").click()
    expect(page.get_by_label(f"Alleen Kring {name}")).to_be_checked()
    page.get_by_label("Je vraag in één zin").fill(TITLE)
    place = page.get_by_role("button", name="Plaats je vraag")
    similar = page.get_by_role("heading", name="Kijk eerst of iemand dit al vroeg")
    if script:
        expect(similar).to_be_visible()
    page.get_by_label("Vertel er meer over").fill(
        f"Er ligt **twee keer** zo veel als vorig jaar. {OWN_WORDS[script]}"
    )
    page.get_by_label("Thema").select_option(index=1)
    place.click()
    if not script:
        expect(page.locator("main")).to_contain_text("Misschien staat je antwoord hier al")
        expect(similar).to_be_visible()
        expect(page.get_by_label("Je vraag in één zin")).to_have_value(TITLE)
        place.click()
    expect(page.locator("main")).to_contain_text("Je vraag staat erop")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def mail_with(portal: TrialPortal, address: str, words: str) -> str:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        for message in mailed(portal):
            body = message.get_body(preferencelist=("plain",))
            text = str(body.get_content()) if body is not None and message["To"] == address else ""
            if words in " ".join(text.split()):
                return text
        time.sleep(0.2)
    raise AssertionError(f"no mail to {address} with {words!r}")


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_somebody_asks_and_chooses_an_answer(
    visitors: Any, portal: TrialPortal, circle: str, script: bool
) -> None:
    mien, jo = (enter(visitors.window(java_script_enabled=script), who, circle) for who in ("mien", "jo"))
    ask(mien, circle, script=script)
    address = mien.url

    # Who doesn't take part doesn't see that it is there.
    visitors.expected_statuses.add(404)
    stranger = visitors.window(java_script_enabled=script)
    assert stranger.goto(address).status == 404  # type: ignore[union-attr]

    jo.goto("/vragen/?mijn=on")
    jo.get_by_role("link", name=TITLE).click()
    with jo.expect_navigation():
        jo.get_by_role("button", name="Ik schrijf een antwoord").click()
    mien.goto(address)
    expect(mien.locator("main")).to_contain_text("Jo schrijft een antwoord")
    jo.get_by_role("button", name="Hier heb ik ook iets aan").click()
    expect(jo.locator("main")).to_contain_text("1 lid heeft hier ook iets aan")
    jo.get_by_label("Je bericht").fill(
        f"Wij bestellen per week. Dat scheelde een **derde**. {OWN_WORDS[script]}"
    )
    jo.get_by_role("button", name="Plaats je bericht").click()
    expect(jo.locator("main strong").filter(has_text="derde")).to_be_visible()

    told(portal, MAIL_NOW)
    mail = mail_with(portal, f"mien.{circle}@voorbeeld.example", f"Jo reageert op “{TITLE}”")
    (to_the_answer, *_others) = re.findall(rf"{re.escape(portal.url)}/meldingen/mail/\S+", mail)

    mien.goto(to_the_answer)
    expect(mien.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(mien.locator("main")).not_to_contain_text("Jo schrijft een antwoord")
    mien.get_by_role("button", name="Dit is het antwoord").click()
    expect(mien.get_by_role("heading", name="Gekozen antwoord")).to_be_visible()
    jo.goto("/meldingen/")
    expect(jo.locator("main")).to_contain_text(f"Je antwoord op “{TITLE}” is gekozen")
