from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_tries_counted() -> Iterator[None]:
    """Limits count in the cache that all tests of a process share."""
    cache.clear()
    yield
    cache.clear()
