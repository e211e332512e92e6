"""An editor opens an imported page and publishes it as it is: that is no change, so the next import may go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from cases.models import CasePage
from portal.accounts.models import User
from portal.pages.importing.edits import is_edited
from portal.pages.importing.services import import_files
from portal.pages.models import KnowledgePage
from tests.factories.pages import Portal
from tests.portal.pages.importing.files import CASE, KNOWLEDGE, changed

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FULL = changed(
    KNOWLEDGE,
    (
        "- Loop een uur mee.",
        "- Loop een *uur* mee.\n- [Lees](https://voorbeeld.nl/a?b=c&d=e) meer & vraag.\n\n1. Eerst\n2. Dan\n\n"
        "### Dieper\n\nRegel een,\nregel twee.\n\n{{ praktijk: smederij }}\n\n{{ diagram: j-curve }}\n\n"
        "| Soort | Deel |\n|---|---|\n| Proces | 5 |\n\nTot slot.",
    ),
)


def test_publishing_without_a_change_is_no_edit(portal: Portal, live_server: Any, page: Page) -> None:
    import_files([("smederij.md", CASE), ("basis.md", FULL)])
    sign_in(page, live_server.url)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "connecting" in message.text else None)
    for imported in (CasePage.objects.get(), KnowledgePage.objects.get()):
        before = imported.latest_revision_id
        page.goto(f"{live_server.url}/beheer/pages/{imported.pk}/edit/")
        page.wait_for_load_state("networkidle")
        with page.expect_navigation():
            page.locator("button[name=action-publish]").first.evaluate("button => button.click()")
        saved = type(imported).objects.get(pk=imported.pk)
        assert saved.latest_revision_id != before, page.locator("[class*=error]").all_inner_texts()
        assert not is_edited(saved)
    assert errors == []


def sign_in(page: Page, address: str) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser(email="beheer@voorbeeld.nl", password="x"))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
