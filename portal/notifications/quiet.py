"""Who has nothing new, noted for a minute: so most pages ask the database nothing for their header.

Only that is noted, never a number: a number would outlive what a person may see. Whoever is told of something is noted
no longer; where somebody looks at that very moment, their header is a minute late at most.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction

SECONDS = 60


def _key(user_id: int) -> str:
    return f"notifications:nothing-new:{user_id}"


def is_noted(user_id: int) -> bool:
    return cache.get(_key(user_id)) is not None


def note(user_id: int) -> None:
    cache.set(_key(user_id), 1, SECONDS)


def wake(user_ids: Iterable[int]) -> None:
    """At once, for who looks within this transaction, and again when others can see what it wrote."""
    keys = [_key(user_id) for user_id in user_ids]
    cache.delete_many(keys)
    transaction.on_commit(lambda: cache.delete_many(keys), robust=True)
