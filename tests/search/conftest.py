"""A portal of a few pages with a real index of its own for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from portal.accounts.audiences import terms_for
from search.documents import SearchDocument
from search.dutch.lexicon import load_lexicon
from search.engine import close_engine, engine
from search.engines.base import Engine
from search.indexing.relay import relay_all
from search.indexing.upkeep import rebuild
from search.results import Query, Results
from tests.factories.pages import Portal, make_portal


@pytest.fixture(scope="session")
def word_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled word list, made once: it takes seconds."""
    directory = tmp_path_factory.mktemp("words")
    load_lexicon(directory)
    return next(directory.glob("*.bin"))


@pytest.fixture
def index(settings: Any, tmp_path: Path, word_list: Path) -> Iterator[Engine]:
    """An empty, live index in a directory of its own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_INDEX_DIR.mkdir()
    os.link(word_list, settings.SEARCH_INDEX_DIR / word_list.name)
    close_engine()  # what the test before found out about its own engine
    empty: list[SearchDocument] = []
    engine().rebuild(empty, 0)
    yield engine()
    close_engine()


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
