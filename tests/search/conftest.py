"""A portal of a few pages with a real index of its own for each test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from portal.accounts.audiences import terms_for
from search.engine import engine
from search.engines.base import Engine
from search.indexing.relay import relay_all
from search.indexing.upkeep import rebuild
from search.results import Query, Results
from tests.factories.pages import Portal, make_portal


@pytest.fixture
def portal(db: None, index: Engine) -> Portal:
    """The tree of a portal without content, in the index."""
    tree = make_portal()
    relay_all()
    return tree


@pytest.fixture
def live_portal(transactional_db: None, index: Engine) -> Portal:
    """The same with real transactions, so that what happens on commit happens."""
    return make_portal()


@pytest.fixture
def rebuilt(index: Engine) -> Callable[[], int]:
    """Bring the index up to date with all that the test made."""
    return rebuild


@pytest.fixture
def find(index: Engine) -> Callable[..., Results]:
    """Ask the engine itself, as a reader with these rights.

    A test within one transaction never sees its commit, so what waits in the outbox is applied first; tests with real
    transactions have nothing waiting there, or they fail.
    """

    def ask(text: str = "", user: Any = None, **values: Any) -> Results:
        if connection.in_atomic_block:
            relay_all()
        return engine().search(
            Query(text=text, audience=terms_for(user or AnonymousUser()), page_size=50, **values)
        )

    return ask
