"""A small portal with an index, and people who save searches. Titles are fictional."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.http import QueryDict

from portal.accounts.models import User
from portal.saved_searches.models import SavedSearch
from portal.saved_searches.services import look_at_due, save_search
from search.engines.base import Engine
from search.facets import read_vocabulary
from search.indexing.relay import relay_all
from search.question import Question
from tests.factories.pages import Portal, make_portal
from tests.network.ecosystems.conftest import circle
from tests.portal.organisations.people import make_person

__all__ = ["circle"]

# A Tuesday in November, eleven o'clock in Amsterdam; the weeks after begin on Monday the 30th and on the 7th.
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 12, 7, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    cache.clear()


@pytest.fixture
def portal(db: None, index: Engine) -> Portal:
    return make_portal()


@pytest.fixture
def anna(db: None) -> User:
    return make_person("Anna", "anna.zoekt@voorbeeld.example")


def asking(text: str = "voorraad", **values: Any) -> Question:
    given = QueryDict(mutable=True)
    given["q"] = text
    given.update(values)
    return Question.from_data(given, read_vocabulary())


def kept(user: User, text: str = "voorraad", frequency: str = "weekly", **values: Any) -> SavedSearch:
    """Saved on Tuesday, with all that is there now noted."""
    search, _is_new = save_search(
        user, question=asking(text, **values), name=text.capitalize(), frequency=frequency, at=TUESDAY
    )
    relay_all()
    look_at_due(TUESDAY)
    search.refresh_from_db()
    return search


@pytest.fixture
def look(db: None) -> Callable[[datetime], int]:
    """Brings the index up to date and looks, as the worker does."""

    def look(at: datetime) -> int:
        relay_all()
        return look_at_due(at)

    return look
