"""Engines under one suite: the embedded one, and a real Elasticsearch server."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search.documents import SearchDocument
from search.engines.base import Engine, Write
from search.engines.elasticsearch import Address, ElasticsearchEngine, Shape
from search.engines.embedded import EmbeddedEngine

PATIENCE = 20.0  # seconds a search: a busy machine is slow, but not wrong
MakeEngine = Callable[[], Engine]


@pytest.fixture
def index_directory(tmp_path: Path, word_list: Path) -> Path:
    directory = tmp_path / "index"
    directory.mkdir()
    shutil.copy(word_list, directory / word_list.name)
    return directory


def elasticsearch_url() -> str:
    """The address of the server for tests; tests that ask for it carry the mark, which skips without one."""
    return os.environ["TEST_ELASTICSEARCH_URL"]


def make_elasticsearch(prefix: str, words: Path, **options: Any) -> ElasticsearchEngine:
    options.setdefault("shape", Shape(replicas=0))
    options.setdefault("deadline", PATIENCE)
    return ElasticsearchEngine(Address((elasticsearch_url(),)), prefix, words, **options)


@pytest.fixture(scope="session")
def session_prefix() -> Iterator[str]:
    """The beginning of the names of all indices of this run."""
    name = f"test-{uuid.uuid4().hex[:10]}"
    yield name
    throw_away(name)


@pytest.fixture
def prefix(session_prefix: str) -> Iterator[str]:
    """The same for one test, which finds no index and leaves none."""
    client = Elasticsearch(elasticsearch_url())
    for name in client.indices.get_mapping(index=f"{session_prefix}-2*"):
        client.indices.delete(index=name)
    client.options(ignore_status=404).delete(index=f"{session_prefix}-control", id="rebuild")
    client.close()
    yield session_prefix


def throw_away(prefix: str) -> None:
    engine = ElasticsearchEngine(Address((elasticsearch_url(),)), prefix, None)
    engine.remove()
    engine.close()


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def make_engine(request: pytest.FixtureRequest, index_directory: Path) -> Iterator[MakeEngine]:
    """Makes an engine as each process would: all of them share one index."""
    made: list[Engine] = []
    prefix = request.getfixturevalue("prefix") if request.param == "elasticsearch" else ""

    def make() -> Engine:
        made.append(
            make_elasticsearch(prefix, index_directory) if prefix else EmbeddedEngine(index_directory)
        )
        return made[-1]

    yield make
    for engine in made:
        engine.close()


@pytest.fixture
def fresh_engine(make_engine: MakeEngine) -> Engine:
    """An engine with a live, empty index."""
    engine = make_engine()
    engine.rebuild([])
    return engine


@pytest.fixture
def embedded(index_directory: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(index_directory)
    yield engine
    engine.close()


def put(engine: Engine, *documents: SearchDocument, version: int = 1) -> None:
    engine.write([Write(document, version) for document in documents])
