"""The portal on a search server that can be made to misbehave, and on either engine for what must hold for both."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.documents import SearchDocument
from search.engine import close_engine, engine
from search.engines.base import Engine, SearchUnavailable
from search.engines.elasticsearch import Address, ElasticsearchEngine
from tests.factories.pages import Portal, make_portal
from tests.search.faults.stub import Stub

EMPTY: list[SearchDocument] = []


@pytest.fixture
def words(settings: Any, tmp_path: Path, word_list: Path) -> Path:
    """A directory for the index with the compiled word list in it."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.SEARCH_INDEX_DIR.mkdir()
    shutil.copy(word_list, settings.SEARCH_INDEX_DIR / word_list.name)
    return tmp_path / "index"


def use_elasticsearch(settings: Any, url: str) -> str:
    """Search there from now on, in indices of our own; returns the beginning of their names."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = [url]
    settings.ELASTICSEARCH_INDEX = f"faults-{uuid.uuid4().hex[:10]}"
    settings.ELASTICSEARCH_REPLICAS = 0
    close_engine()
    return settings.ELASTICSEARCH_INDEX


def remove_indices(url: str, prefix: str) -> None:
    throwaway = ElasticsearchEngine(Address((url,)), prefix, None)
    with contextlib.suppress(SearchUnavailable):  # the server is gone, and they with it
        throwaway.remove()
    throwaway.close()


@pytest.fixture
def broken_server(settings: Any, words: Path) -> Iterator[Stub]:
    """A search server behind which there is none: for faults in which nothing gets through anyway."""
    stub = Stub()
    use_elasticsearch(settings, stub.url)
    yield stub
    close_engine()
    stub.close()


@pytest.fixture
def server(settings: Any, words: Path) -> Iterator[Stub]:
    """A real node with an empty index, behind a stub. With `@pytest.mark.elasticsearch`."""
    node = os.environ["TEST_ELASTICSEARCH_URL"]
    stub = Stub(node)
    prefix = use_elasticsearch(settings, stub.url)
    engine().rebuild(EMPTY, 0)
    yield stub
    close_engine()
    stub.close()
    remove_indices(node, prefix)


@pytest.fixture(
    params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)],
)
def either(request: pytest.FixtureRequest, settings: Any, words: Path) -> Iterator[Engine]:
    """Each of the two engines, with an empty index of its own."""
    prefix = ""
    if request.param == "elasticsearch":
        prefix = use_elasticsearch(settings, os.environ["TEST_ELASTICSEARCH_URL"])
    engine().rebuild(EMPTY, 0)
    yield engine()
    close_engine()
    if prefix:
        remove_indices(os.environ["TEST_ELASTICSEARCH_URL"], prefix)


@pytest.fixture
def live_tree(transactional_db: None) -> Portal:
    """A portal's pages with real transactions, in no index yet."""
    return make_portal()
