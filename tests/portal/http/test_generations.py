"""What a process keeps until something is published."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.db import transaction

from portal.http import page_cache
from portal.http.generations import KeptForGeneration
from tests.at_once import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


class Source:
    """Numbers that rise each time somebody asks."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, keys: list[str]) -> dict[str, int]:
        self.asked.append(keys)
        return {key: len(self.asked) for key in keys if key != "unknown"}


@pytest.fixture
def source() -> Source:
    return Source()


def test_a_value_is_made_once(source: Source) -> None:
    kept: KeptForGeneration[str, int] = KeptForGeneration()
    assert kept.many(["a", "b"], source) == {"a": 1, "b": 1}
    assert list(kept.many(["c", "b", "a"], source).items()) == [("c", 2), ("b", 1), ("a", 1)]
    assert source.asked == [["a", "b"], ["c"]]


def test_what_cannot_be_made_is_left_out_and_asked_again(source: Source) -> None:
    kept: KeptForGeneration[str, int] = KeptForGeneration()
    assert kept.many(["unknown", "a"], source) == {"a": 1}
    assert kept.many(["unknown", "a"], source) == {"a": 1}
    assert source.asked == [["unknown", "a"], ["unknown"]]


def test_publishing_forgets_it(source: Source) -> None:
    kept: KeptForGeneration[str, int] = KeptForGeneration()
    kept.many(["a"], source)
    page_cache.forget_pages()
    assert kept.many(["a"], source) == {"a": 2}


def test_what_was_made_while_something_was_published_is_not_found_afterwards() -> None:
    kept: KeptForGeneration[str, str] = KeptForGeneration()

    def make_slowly() -> str:
        page_cache.forget_pages()
        return "old"

    assert kept.get("a", make_slowly) == "old"
    assert kept.get("a", lambda: "new") == "new"


def test_a_value_is_kept_no_longer_than_its_seconds(source: Source) -> None:
    brief: KeptForGeneration[str, int] = KeptForGeneration(seconds=0.02)
    brief.many(["a"], source)
    time.sleep(0.03)
    assert brief.many(["a"], source) == {"a": 2}


class Regretted(Exception):
    pass


def test_a_transaction_that_published_nothing_finds_what_is_kept(source: Source) -> None:
    kept: KeptForGeneration[str, int] = KeptForGeneration()
    kept.many(["a"], source)
    with transaction.atomic():
        assert kept.many(["a"], source) == {"a": 1}


def test_what_a_transaction_published_it_sees_at_once_and_alone(source: Source) -> None:
    """It may see rows that are rolled back afterwards, and has changed what was kept before it."""
    kept: KeptForGeneration[str, int] = KeptForGeneration()
    kept.many(["a"], source)
    with pytest.raises(Regretted), transaction.atomic():
        page_cache.bump_generation()
        assert kept.many(["a"], source) == kept.many(["a"], source) == {"a": 2}
        page_cache.bump_generation()
        assert kept.many(["a"], source) == {"a": 3}
        (elsewhere,) = all_at_once([page_cache.current_generation])
        assert elsewhere != page_cache.current_generation()
        raise Regretted
    assert elsewhere == page_cache.current_generation()
    assert kept.many(["a"], source) == {"a": 4}


def test_what_a_part_published_that_was_rolled_back_is_not_found(source: Source) -> None:
    other: KeptForGeneration[str, int] = KeptForGeneration()
    kept: KeptForGeneration[str, int] = KeptForGeneration()
    with transaction.atomic():
        page_cache.bump_generation()
        other.many(["a"], source)
        with pytest.raises(Regretted), transaction.atomic():
            page_cache.bump_generation()
            kept.many(["a"], source)
            raise Regretted
        assert other.many(["a"], source) == {"a": 1}
        assert kept.many(["a"], source) == {"a": 3}


def test_those_used_last_stay(source: Source) -> None:
    kept: KeptForGeneration[str, int] = KeptForGeneration(most=2)
    kept.many(["a", "b"], source)
    kept.many(["a"], source)
    kept.many(["c"], source)
    assert kept.many(["a", "c"], source) == {"a": 1, "c": 2}
    assert kept.many(["b"], source) == {"b": 3}


@pytest.mark.parametrize("publish", [page_cache.forget_pages, page_cache.bump_generation])
def test_a_request_goes_on_with_what_it_published_itself(publish: Callable[[], object]) -> None:
    with page_cache.one_generation() as first:
        assert page_cache.current_generation() == first
        publish()
        second = page_cache.current_generation()
    assert first != second == page_cache.current_generation()
