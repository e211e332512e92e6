"""The content security policy in a real browser: public pages keep it, and the staff admin works under its own."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from tests.factories.pages import make_case, make_portal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "vier-woorden-over-fietsen"


@pytest.fixture
def complaints(page):
    """What the browser refused or failed at, as it says on its console."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def site(live_server, settings):
    portal = make_portal()
    host, port = live_server.url.removeprefix("http://").split(":")
    portal.home.get_site().__class__.objects.update(hostname=host, port=int(port))
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    return portal


def sign_in(page, live_server) -> None:
    user = get_user_model().objects.create_superuser("redactie@portaal.example", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    page.goto(f"{live_server.url}/beheer/")
    page.fill("input[name=login]", "redactie@portaal.example")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(f"{live_server.url}/beheer/")


def test_a_public_page_breaks_nothing_of_its_policy(page, live_server, site, complaints):
    case = make_case(site, "Van werknemers naar lerende ondernemers")
    for address in ("/", case.url):
        response = page.goto(live_server.url + address if address.startswith("/") else address)
        assert response.status == 200
        assert "default-src 'self'" in response.headers["content-security-policy"]
    assert complaints == []


def test_an_inline_script_does_not_run_on_a_public_page(page, live_server, site, complaints):
    """The control: were the policy absent, the test above would find nothing either."""
    page.goto(live_server.url + "/")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = true';"
        " document.body.append(s); }"
    )
    assert page.evaluate("() => window.ran") is None
    assert any("Content Security Policy" in complaint for complaint in complaints)


def test_the_staff_admin_works_and_shows_a_preview(page, live_server, site, complaints):
    case = make_case(site, "Van werknemers naar lerende ondernemers")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/beheer/pages/{case.pk}/edit/")
    page.wait_for_selector("form[data-edit-form], #page-edit-form", state="attached")
    # The side panel frames the page as it would be.
    page.click("[data-side-panel-toggle=preview]")
    heading = page.frame_locator("#w-preview-iframe").locator("h1")
    heading.wait_for(state="attached")
    assert "Van werknemers naar lerende ondernemers" in (heading.text_content() or "")
    assert [complaint for complaint in complaints if "Content Security Policy" in complaint] == []
