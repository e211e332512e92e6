"""The style guide: for staff only, and sound in a browser at both widths and in both schemes."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django.contrib.staticfiles import finders
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory

from portal.accounts.models import User
from portal.design.views import PAGES, styleguide


def answer(page: str, *, is_staff: bool):
    request = RequestFactory().get("/stijlgids/")
    request.user = User(is_staff=is_staff)
    return styleguide(request, page)


def ask(page: str = "", *, is_staff: bool) -> int:
    return answer(page, is_staff=is_staff).status_code


@pytest.mark.django_db
@pytest.mark.parametrize("page", sorted(PAGES))
def test_staff_see_every_page(page):
    assert ask(page, is_staff=True) == 200


def test_others_see_nothing():
    with pytest.raises(Http404):
        ask(is_staff=False)


@pytest.mark.django_db
def test_it_is_public_where_the_settings_say_so(settings):
    settings.STYLEGUIDE_PUBLIC = True
    assert ask(is_staff=False) == 200


def test_an_unknown_page_is_not_found():
    with pytest.raises(Http404):
        ask("nergens", is_staff=True)


def test_it_is_never_indexed():
    assert 'content="noindex"' in render_to_string(
        "design/page.html", {"title": "x", "site_name": "y", "robots": "noindex"}
    )


POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'"


def serve(context, pages: dict[str, bytes]) -> None:
    """Answer the browser from the rendered pages and the static files, under the portal's own policy."""

    def handle(route) -> None:
        path = urlparse(route.request.url).path
        if path.startswith("/static/"):
            found = Path(finders.find(path.removeprefix("/static/")))
            route.fulfill(body=found.read_bytes(), content_type=mimetypes.guess_type(found.name)[0])
        else:
            headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
            route.fulfill(body=pages[path.strip("/")], headers=headers)

    context.route("**/*", handle)


@pytest.mark.browser
@pytest.mark.django_db
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_sound_in_a_browser(browser, width, scheme):
    """No finding of axe, nothing wider than the screen, nothing that the policy stops."""
    from axe_playwright_python.sync_playwright import Axe

    pages = {name: answer(name, is_staff=True).content for name in PAGES}
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    serve(context, pages)
    found: list[object] = []
    for name in pages:
        page = context.new_page()
        page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
        page.goto(f"http://portal.test/{name}")
        violations = Axe().run(page).response["violations"]
        found.extend((name, rule["id"], rule["nodes"][0]["target"]) for rule in violations)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append((name, f"{wide} px wide"))
        page.close()
    context.close()
    assert found == []
