"""A member takes along what the portal knows, lets the account be erased, and what was written stays as "Oud-lid"."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from portal.operations.trial import TrialPortal
from tests.journeys.inside import told
from tests.journeys.members import PASSWORD, sign_in_as
from tests.journeys.test_accessibility import findings

SEED = """
import uuid
from allauth.account.models import EmailAddress
from django.utils import timezone
from datetime import timedelta
from network.forum.models import ForumRoom
from network.forum.services import begin_topic
from network.moderation.models import WrittenText
from portal.accounts.models import User
user = User.objects.create_user("{email}", "{password}", name="Merel van der {name}")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=90))
for number in range(3):
    WrittenText.objects.create(author=user, fingerprint=f"{name}-{{number}}", was_held=False)
user.refresh_from_db()
room, _made = ForumRoom.objects.get_or_create(ecosystem=None, slug="plein", defaults={{"name": "Plein"}})
topic = begin_topic(room, by=user, title="Borden van {name}", text="Wie heeft er een bord?", token=uuid.uuid4())
print(topic.conversation.get_absolute_url())
"""
WEEK_OVER = """
from django.utils import timezone
from portal.privacy.models import Leaving
from portal.background.services import wake
print(Leaving.objects.filter(user__email="{email}").update(due_at=timezone.now()))
wake("privacy.erase-due")
"""


def prove(page: Page) -> None:
    page.fill("input[name=password]", PASSWORD)
    page.locator("form", has=page.locator("input[name=password]")).get_by_role("button").click()


def take_along(page: Page, email: str, look: Callable[[Page, str], None]) -> None:
    page.goto("/account/gegevens/")
    look(page, "own data")
    page.get_by_role("button", name="Vraag je bestand aan", exact=True).click()
    fetch = page.get_by_role("link", name="Haal je bestand op")
    for _second in range(60):
        if fetch.count():
            break
        page.wait_for_timeout(1000)
        page.goto("/account/gegevens/")
    expect(fetch).to_be_visible()
    fetch.click()
    with page.expect_download() as download:
        prove(page)
    with zipfile.ZipFile(download.value.path()) as archive:
        held = json.loads(archive.read("gegevens.json"))["onderdelen"]
    assert held["accounts.User.email"]["gegevens"][0]["e-mailadres"] == email
    assert held["conversations.Post.author"]["gegevens"][0]["bericht"] == "Wie heeft er een bord?"


@pytest.mark.parametrize("has_script", [True, False])
def test_leaving(portal: TrialPortal, visitors, has_script: bool) -> None:
    name = uuid4().hex[:8]
    email = f"merel.{name}@voorbeeld.example"
    topic = told(portal, SEED.format(email=email, password=PASSWORD, name=name))

    def look(page: Page, what: str) -> None:
        if has_script:
            assert findings(page, what) == [], what

    page = visitors.window(java_script_enabled=has_script, accept_downloads=True)
    sign_in_as(page, email)
    take_along(page, email, look)
    page.goto("/account/gegevens/wissen/")
    look(page, "leaving")
    page.get_by_role("button", name="Verwijder mijn account").click()
    expect(page.locator(".error-summary")).to_contain_text("Kies of je berichten blijven staan.")
    page.get_by_label("Ze blijven staan, zonder mij.").check()
    page.get_by_label("Ja, wis mijn account.").check()
    page.get_by_role("button", name="Verwijder mijn account").click()
    expect(page.get_by_role("button", name="Ik wil mijn account houden")).to_be_visible()
    look(page, "a week to come back")
    assert told(portal, WEEK_OVER.format(email=email)) == "1"
    reader = visitors.window(java_script_enabled=has_script)
    for _second in range(60):
        reader.goto(topic)
        if reader.get_by_text("Oud-lid").count():
            break
        reader.wait_for_timeout(1000)
    expect(reader.get_by_text("Wie heeft er een bord?").first).to_be_visible()
    expect(reader.get_by_text("Oud-lid").first).to_be_visible()
    expect(reader.get_by_text(f"Merel van der {name}")).to_have_count(0)
    page.goto("/account/")
    expect(page).to_have_url(re.compile("/inloggen/"))
    reader.goto("/privacy/verwerkingen/")
    look(reader, "register")
    reader.goto("/privacy/bewaartermijnen/")
    look(reader, "terms")
