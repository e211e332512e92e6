"""Engines under one suite. Another engine joins by one more parameter and one more way of making it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.documents import SearchDocument
from search.engines.base import Engine, Write
from search.engines.embedded import EmbeddedEngine

MakeEngine = Callable[[], Engine]


@pytest.fixture
def index_directory(tmp_path: Path, word_list: Path) -> Path:
    directory = tmp_path / "index"
    directory.mkdir()
    os.link(word_list, directory / word_list.name)
    return directory


@pytest.fixture(params=["embedded"])
def make_engine(request: pytest.FixtureRequest, index_directory: Path) -> Iterator[MakeEngine]:
    """Makes an engine as each process would: all of them share one index."""
    made: list[Engine] = []

    def make() -> Engine:
        assert request.param == "embedded"
        made.append(EmbeddedEngine(index_directory))
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
