from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from portal.background import registry


@pytest.fixture
def only_jobs(monkeypatch) -> Iterator[Callable]:
    """An empty registry for one test; returns the decorator to fill it with."""
    monkeypatch.setattr(registry, "_jobs", {})
    yield registry.job


@pytest.fixture
def minute() -> timedelta:
    return timedelta(minutes=1)
