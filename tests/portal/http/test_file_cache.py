"""Of many who add the same key at the same moment, one is first."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache.backends.filebased import FileBasedCache

from portal.http.file_cache import ExactFileCache
from tests.at_once import all_at_once

ROUNDS, MANY = 30, 20


def winners(cache: FileBasedCache) -> list[int]:
    """For each round, how many were told that they were first."""
    return [
        sum(all_at_once([lambda key=key: cache.add(f"sleutel-{key}", "x", 60)] * MANY))
        for key in range(ROUNDS)
    ]


def test_one_is_first(tmp_path: Path) -> None:
    assert winners(ExactFileCache(str(tmp_path), {})) == [1] * ROUNDS
    assert not list(tmp_path.glob("*.add"))


def test_with_djangos_own_more_are(tmp_path: Path) -> None:
    """The control."""
    assert max(winners(FileBasedCache(str(tmp_path), {}))) > 1


@pytest.mark.parametrize("seconds", [60, None])
def test_what_is_added_is_found_until_its_time(tmp_path: Path, seconds: int | None) -> None:
    cache = ExactFileCache(str(tmp_path), {})
    assert cache.add("sleutel", {"a": 1}, seconds)
    assert not cache.add("sleutel", {"a": 2}, seconds)
    assert cache.get("sleutel") == {"a": 1}
    cache.delete("sleutel")
    assert cache.add("sleutel", {"a": 3}, seconds)


def test_what_is_over_may_be_added_again(tmp_path: Path) -> None:
    cache = ExactFileCache(str(tmp_path), {})
    cache.set("sleutel", "oud", -1)
    assert cache.add("sleutel", "nieuw", 60)
    assert cache.get("sleutel") == "nieuw"
