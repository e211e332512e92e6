"""Every kind of page: axe finds nothing, nothing is wider than the screen, targets are large enough to hit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from portal.http.maintenance import maintenance_page
from tests.journeys.conftest import Visitors
from tests.journeys.pages import PUBLIC, STAFF, Kind

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from portal.operations.trial import TrialPortal

pytestmark = pytest.mark.slow

# Each page is loaded once; then window and colours change around it. What is shown depends on the width, so every rule
# is asked at both widths. A colour scheme changes colours and nothing else: in the dark only what looks at colours can
# come out differently.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
SCREENS: list[tuple[int, Literal["light", "dark"], list[str] | None]] = [
    (1280, "light", None),
    (1280, "dark", COLOUR_RULES),
    (320, "dark", COLOUR_RULES),
    (320, "light", None),
]
HEIGHT = 800
SMALLEST_TARGET = 24

# Links within a sentence may be as high as the text (WCAG 2.5.8); so may what is only shown when it has the focus.
SMALL_TARGETS = """smallest => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter(one => one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && one.type !== 'hidden')
  .filter(one => !(one.tagName === 'A' && one.closest('p, dd, td, h1, h2, h3, h4, .prose, figcaption')))
  .filter(one => !one.matches('.skip-link, .visually-hidden'))
  .map(one => [one, (one.type === 'checkbox' || one.type === 'radio') ? one.closest('label') || one : one])
  .map(([one, hit]) => [one, hit.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (Math.min(box.width, box.height) < smallest - 0.5))
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} is ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`)"""

STICKING_OUT = """width => [...document.querySelectorAll('body *')]
  .map(one => [one, one.getBoundingClientRect().right])
  .filter(([, right]) => right > width + 0.5)
  .map(([one, right]) => `${one.outerHTML.slice(0, 120)} ends at ${right.toFixed()}`).slice(-5)"""


LOOK = "options => axe.run(options).then(found => found.violations)"


def findings(page: Page, name: str) -> list[str]:
    """What is wrong with the page that is open, on every screen."""
    found: list[str] = []
    for width, where in on_each_screen(page, name, found):
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{where}: {wide} px wide: {page.evaluate(STICKING_OUT, width)}")
        found += [f"{where}: {target}" for target in page.evaluate(SMALL_TARGETS, SMALLEST_TARGET)]
    return found


def on_each_screen(page: Page, name: str, found: list[str]) -> Iterator[tuple[int, str]]:
    """Add axe's findings to `found` on every screen, and let the caller look as well."""
    # A page that is just coming in after a click has nothing to look at yet.
    page.wait_for_function("() => document.documentElement && document.readyState === 'complete'")
    page.evaluate(AXE_SCRIPT)  # once a page: reading it takes as long as a look at the colours
    for width, scheme, rules in SCREENS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        # Without motion: colours on their way to the new scheme are nobody's.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        where = f"{name} at {width} px, {scheme}"
        only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
        violations = page.evaluate(LOOK, {"resultTypes": ["violations"], **only})
        found += [
            f"{where}: {rule['id']} at {rule['nodes'][0]['target']}: {rule['nodes'][0]['html'][:120]}"
            for rule in violations
        ]
        yield width, where


def look_at(page: Page, name: str, kind: Kind) -> list[str]:
    page.set_viewport_size({"width": SCREENS[0][0], "height": HEIGHT})
    answer = page.goto(kind.address)
    assert answer is not None
    assert answer.status == kind.status, f"{name}: {answer.status}"
    for action in kind.then:
        action(page)
    return findings(page, name)


@pytest.fixture(scope="module")
def onlooker(browser: Browser, portal: TrialPortal) -> Iterator[Page]:
    """One window for all public pages: a new one each time takes as long as looking at it does."""
    visitors = Visitors(browser, portal)
    visitors.expected_statuses.add(404)
    yield visitors.window()
    visitors.leave()


@pytest.mark.parametrize("name", PUBLIC)
def test_nothing_found_on_any_public_page(onlooker: Page, name: str) -> None:
    onlooker.context.clear_cookies()
    found = look_at(onlooker, name, PUBLIC[name])
    assert not found, "\n".join(found)


def test_nothing_found_on_pages_for_when_something_is_wrong(visitors: Any) -> None:
    """403 as the portal gives it; 500 and maintenance with the very bytes that it would send."""
    visitors.expected_statuses |= {403, 500, 503}
    context = visitors.context()
    page = context.new_page()
    page.set_content(
        f'<form method="post" action="{visitors.portal.url}/mijn-bedrijf/"><button>Klik</button></form>'
    )
    page.get_by_role("button").click()
    page.wait_for_selector("h1")
    found = findings(page, "403")
    for status, body in ((500, server_error_page(visitors.portal.url)), (503, maintenance_page())):
        context.route(f"**/fout-{status}/", answer_with(status, body))
        page.goto(f"/fout-{status}/")
        found += findings(page, str(status))
    assert not found, "\n".join(found)


def answer_with(status: int, body: bytes) -> Callable[[Any], None]:
    headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": "default-src 'self'"}
    return lambda route: route.fulfill(status=status, body=body, headers=headers)


def server_error_page(url: str) -> bytes:
    from django.test import RequestFactory

    from portal.home.views import server_error

    request = RequestFactory().get("/")
    request.request_id = "0123456789abcdef0123456789abcdef"  # type: ignore[attr-defined]
    return server_error(request).content


def test_nothing_found_on_the_pages_for_staff(visitors: Any, sign_in: Callable[[Page], None]) -> None:
    """The style guide and what searching explains (the staff admin itself is Wagtail's)."""
    page = visitors.window()
    sign_in(page)
    found = [line for name, kind in STAFF.items() for line in look_at(page, name, kind)]
    assert not found, "\n".join(found)
