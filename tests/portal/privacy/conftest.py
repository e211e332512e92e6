"""A person whose name and address are found nowhere else, somebody beside them, and places of their own. Fictional."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from portal.accounts.models import User
from tests.factories.pages import Portal, make_portal
from tests.portal.organisations.people import browser_of, make_person

CANARY = "kwikstaart"
NAME = "Kwikstaart van den Zwartkop"
ADDRESS = "kwikstaart@nest.example"
PASSWORD = "een lang wachtwoord van vogels"


@pytest.fixture
def portal(db: None) -> Portal:
    return make_portal()


@pytest.fixture
def me(portal: Portal) -> User:
    return make_person(NAME, ADDRESS)


@pytest.fixture
def other(portal: Portal) -> User:
    return make_person("Putter de Vink", "putter@nest.example")


@pytest.fixture(autouse=True)
def own_places(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Files of people and the list of who was erased: of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.TAKEAWAYS_ROOT = tmp_path / "takeaways"
    settings.ERASURES_FILE = tmp_path / "erasures.jsonl"
    cache.clear()
    yield tmp_path
    cache.clear()


def proven_browser(user: User) -> Any:
    """Who has just proved who they are, by a password."""
    user.set_password(PASSWORD)
    user.save()
    browser = browser_of(None)
    browser.post("/inloggen/", {"login": user.email, "password": PASSWORD})
    browser.post("/account/bevestigen/", {"password": PASSWORD})
    return browser
