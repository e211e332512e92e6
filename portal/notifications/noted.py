"""How many new ones a person has, noted for a minute: so the header of most pages asks the database nothing.

A number and no word of what it is about. What somebody may no longer see leaves it within the minute; whoever is told of
something, or looks, is counted anew at once.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction

SECONDS = 60


def _key(user_id: int) -> str:
    return f"notifications:new:{user_id}"


def number(user_id: int) -> int | None:
    found: int | None = cache.get(_key(user_id))
    return found


def note(user_id: int, new: int) -> None:
    cache.set(_key(user_id), new, SECONDS)


def forget(user_ids: Iterable[int]) -> None:
    """At once, for who looks within this transaction, and again when others can see what it wrote."""
    keys = [_key(user_id) for user_id in user_ids]
    cache.delete_many(keys)
    transaction.on_commit(lambda: cache.delete_many(keys), robust=True)
