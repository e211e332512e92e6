"""A member writes a case, the company agrees, an editor makes it a page, and everybody finds it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from portal.operations.trial import TrialPortal
from tests.factories.media import pdf_bytes, picture_bytes
from tests.journeys.inside import told
from tests.journeys.members import PASSWORD, sign_in_as
from tests.journeys.test_accessibility import findings

SEED = """
from allauth.account.models import EmailAddress
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from django.utils import timezone
made = Organisation.objects.create(name="Plaatwerk {name}", slug="plaatwerk-{name}", verified_at=timezone.now())
for who, role in (("wil", "member"), ("bas", "manager")):
    user = User.objects.create_user(f"{{who}}.{name}@voorbeeld.example", "{password}", name=who.title())
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Membership.objects.create(organisation=made, user=user, role=role)
"""


@pytest.fixture
def company(portal: TrialPortal) -> str:
    """The word in the names of a company, somebody who works there, and its manager."""
    name = uuid4().hex[:8]
    told(portal, SEED.format(name=name, password=PASSWORD))
    return name


def onward(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar en ga verder").click()


def write(page: Page, word: str, look: Callable[[Page, str], None]) -> None:
    """From the list of cases through every step."""
    page.goto("/praktijkvoorbeelden/")
    page.get_by_role("link", name="Stuur je eigen praktijkvoorbeeld in").click()
    look(page, "start")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_label("Je voorbeeld in één zin").fill(f"Minder zoeken met {word}")
    page.get_by_label("Hoe was het").fill("Wij zochten elke dag een uur naar gereedschap.")
    onward(page)
    expect(page.locator(".error-summary")).to_contain_text("Kies een thema.")
    look(page, "situation, with an error")
    page.get_by_label("Thema").select_option(index=1)
    onward(page)
    page.get_by_label("Wat deden jullie, stap voor stap?").fill(
        "1. Tel wat er ligt\n2. Gooi weg wat niemand gebruikt"
    )
    page.get_by_label("vanaf de start").check()
    look(page, "approach")
    onward(page)
    page.get_by_label("Wat leverde het op?").fill("Wij zoeken bijna niet meer.")
    page.get_by_label("Wat is er gemeten?").select_option(index=1)
    page.get_by_role("textbox", name="Vooraf").fill("1.200,5")
    page.get_by_role("textbox", name="Achteraf").fill("12.5")
    page.get_by_label("geteld").check()
    onward(page)
    expect(page.locator(".error-summary")).to_contain_text("Schrijf een komma voor de decimalen: 12,5.")
    look(page, "results, with an error")
    page.get_by_role("textbox", name="Achteraf").fill("900")
    onward(page)
    page.get_by_label("Waar komt dit cijfer vandaan?").fill("Telling van de planner")
    file = {"name": "telling.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes("Telling")}
    page.get_by_label("Stuur een bestand mee als bewijs").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Stuur dit bestand mee").click()
    expect(page.get_by_label("Waar komt dit cijfer vandaan?")).to_have_value("Telling van de planner")
    page.get_by_label("Welk bestand laat dit zien?").select_option(label="telling.pdf")
    photo = {"name": "bord.png", "mimeType": "image/png", "buffer": picture_bytes()}
    page.get_by_label("Stuur een foto mee").set_input_files(photo)  # type: ignore[arg-type]
    page.get_by_label("Wat staat er op de foto?").fill("Een bord met gereedschap")
    page.get_by_role("button", name="Stuur deze foto mee").click()
    look(page, "proof")
    onward(page)
    # Stopping halfway, and going on where one was.
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar en stop nu").click()
    page.goto("/mijn/")
    page.get_by_role("link", name=f"Minder zoeken met {word}").click()
    look(page, "draft")
    page.get_by_role("link", name="Verder waar je was").click()
    page.get_by_label(f"Plaatwerk {word}", exact=True).check()
    page.get_by_label("Zet mijn naam bij het voorbeeld").check()
    look(page, "company")
    onward(page)
    look(page, "check")
    page.get_by_role("button", name="Verstuur", exact=True).click()
    expect(page.locator("main")).to_contain_text("De beheerder van je bedrijf kijkt ernaar")


@pytest.mark.slow
def test_a_member_sends_in_a_case(
    visitors: Any, portal: TrialPortal, company: str, sign_in: Callable[[Page], None]
) -> None:
    found: list[str] = []

    def look(page: Page, name: str) -> None:
        found.extend(findings(page, name))
        page.set_viewport_size({"width": 1280, "height": 800})

    wil, bas, editor = (visitors.window() for _person in range(3))
    sign_in_as(wil, f"wil.{company}@voorbeeld.example")
    write(wil, company, look)

    sign_in_as(bas, f"bas.{company}@voorbeeld.example")
    bas.goto("/meldingen/")
    bas.get_by_role("link", name=re.compile("Geef akkoord op het praktijkvoorbeeld")).click()
    look(bas, "as the manager sees it")
    bas.get_by_role("button", name="Ik geef akkoord").click()
    expect(bas.locator("main")).to_contain_text("Akkoord gegeven")

    sign_in(editor)
    editor.goto("/beheer/inzendingen/")
    editor.get_by_role("link", name=f"Minder zoeken met {company}").click()
    editor.get_by_role("button", name="Maak een pagina").click()
    editor.wait_for_url(re.compile(r"/beheer/pages/\d+/edit/"))
    toggle = editor.locator("footer [data-w-dropdown-target=toggle]").first
    if not editor.locator("button[name=action-publish]").is_visible():
        toggle.click()
    editor.locator("button[name=action-publish]").click()
    editor.get_by_role("dialog").get_by_role("button", name="Publiceren").click()
    editor.wait_for_url(re.compile(r"/beheer/pages/\d+/$"))

    visitor, deadline = visitors.window(), time.monotonic() + 30
    while time.monotonic() < deadline:
        visitor.goto(f"/zoeken/?q=plaatwerk+{company}")
        if visitor.locator(".hit").filter(has_text=f"Minder zoeken met {company}").count():
            break
        visitor.wait_for_timeout(500)
    visitor.locator(".hit a").filter(has_text=f"Minder zoeken met {company}").first.click()
    expect(visitor.locator("main")).to_contain_text("Wil schreef dit voorbeeld")
    expect(visitor.locator("main")).to_contain_text("Telling van de planner")
    expect(visitor.locator("main")).not_to_contain_text("telling.pdf")
    look(visitor, "the case")

    bas.goto(visitor.url)
    bas.get_by_role("link", name="Vraag het de maker").click()
    look(bas, "asking the maker")
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_the_form_works_without_script(visitors: Any, company: str) -> None:
    wil = visitors.window(java_script_enabled=False)
    sign_in_as(wil, f"wil.{company}@voorbeeld.example")
    write(wil, company, lambda page, name: None)
