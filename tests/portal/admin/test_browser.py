"""The editor in a real browser: nothing that the admin needs is stopped by our own policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import expect

from portal.accounts.models import User
from portal.pages.blocks import BodyBlock
from portal.pages.models import KnowledgePage
from tests.factories.pages import make_case, make_portal

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "zeven-kleine-eenden-12"


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser refused or what went wrong in a script."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:"))
            else found.append(f"asked elsewhere: {request.url}")
        ),
    )
    page.on(
        "response",
        lambda response: (
            found.append(f"{response.status}: {response.url}") if response.status >= 400 else None
        ),
    )
    return found


def test_an_editor_signs_in_edits_and_previews_without_a_complaint(
    live_server: Any, page: Page, complaints: list[str]
) -> None:
    case = make_case(make_portal(), "Minder op de plank")
    case.save_revision()
    baas = User.objects.create_superuser("baas@example.org", PASSWORD, name="Baas")
    EmailAddress.objects.create(user=baas, email=baas.email, verified=True, primary=True)
    page.goto(f"{live_server.url}/beheer/")
    page.get_by_label("E-mailadres").fill("Baas@example.org")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(f"{live_server.url}/beheer/")
    expect(page.get_by_role("heading", name="Beheer van Slimmer Werken")).to_be_visible()

    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[case.pk]))
    page.locator(".Draftail-Editor").first.wait_for()
    page.get_by_role("button", name="Toon/verberg voorvertoning").click()
    frame = page.frame_locator("#w-preview-iframe")
    frame.get_by_role("heading", name="Minder op de plank").first.wait_for()
    assert complaints == []

    for block in BodyBlock().child_blocks.values():
        known = KnowledgePage._meta.get_field("body").stream_block.child_blocks[block.name]  # type: ignore[union-attr]
        page.goto(f"{live_server.url}{reverse('wagtailadmin_block_preview')}?id={known.definition_prefix}")
        assert page.locator("main.wrap").inner_text().strip() or page.locator("main.wrap svg").count(), (
            block.name
        )
    assert complaints == []
