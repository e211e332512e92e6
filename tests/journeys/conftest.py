"""A whole portal with its real content, and visitors who notice everything that a browser complains about."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from portal.operations.trial import TrialPortal, trial_portal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def portal(filled_portal: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrialPortal]:
    """The portal at `portal.url`, as `make run` starts it: two processes, a worker, all of the content."""
    own = tmp_path_factory.mktemp("journeys") / "data"
    shutil.copytree(filled_portal, own)
    with trial_portal(own) as running:
        yield running


class Visitors:
    """Opens windows and collects what goes wrong in them."""

    def __init__(self, browser: Browser, portal: TrialPortal) -> None:
        self.browser = browser
        self.portal = portal
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        #: Statuses that a test asks for on purpose: a browser reports each of them as an error.
        self.expected_statuses: set[int] = set()

    def context(self, viewport: dict[str, int] | None = None, **options: Any) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.portal.url,
            locale="nl-NL",
            viewport=viewport or WIDE,
            **options,  # type: ignore[arg-type]
        )
        context.on("page", self._listen)
        self.contexts.append(context)
        return context

    def window(self, viewport: dict[str, int] | None = None, **options: Any) -> Page:
        return self.context(viewport, **options).new_page()

    def leave(self) -> None:
        """Close all windows, and say what went wrong in them."""
        for context in self.contexts:
            context.close()
        assert self.complaints == []
        assert self.foreign == []

    def _listen(self, page: Page) -> None:
        page.on("console", lambda message: self._hear(message.type, message.text, page.url))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self._see(request.url))

    def _hear(self, kind: str, text: str, url: str) -> None:
        on_purpose = any(f"status of {status}" in text for status in self.expected_statuses)
        if kind == "error" and not on_purpose:
            self.complaints.append(f"{url}: {text}")

    def _see(self, url: str) -> None:
        if not url.startswith((self.portal.url, "data:", "blob:", "about:")):
            self.foreign.append(url)


@pytest.fixture
def visitors(browser: Browser, portal: TrialPortal) -> Iterator[Visitors]:
    """Windows on the portal. Any console error, policy violation or request to another site fails the test."""
    found = Visitors(browser, portal)
    yield found
    found.leave()


@pytest.fixture
def visitor(visitors: Visitors) -> Page:
    """One window of 1280 × 800 without any cookie."""
    return visitors.window()


@pytest.fixture(params=["with script", "without script"])
def any_visitor(request: pytest.FixtureRequest, visitors: Visitors) -> Page:
    """A visitor with JavaScript, and one without."""
    return visitors.window(java_script_enabled=request.param == "with script")


@pytest.fixture
def sign_in(portal: TrialPortal) -> Callable[[Page], None]:
    """Sign in to the staff admin as its administrator."""

    def through_the_door(page: Page) -> None:
        page.goto("/beheer/")
        page.fill("input[name=login]", portal.email)
        page.fill("input[name=password]", portal.password)
        page.get_by_role("button", name="Inloggen", exact=True).click()
        page.wait_for_url("**/beheer/")

    return through_the_door
