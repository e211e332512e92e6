"""Who shares something with a reader: an organisation, or what rooms above offer in a `circles.py` of their own.

Asked for many people at once, in a number of queries that doesn't grow with them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.organisations.models import Membership

# From a reader who is signed in and the ids of people: those who share something with the reader today.
Provider = Callable[[User, Collection[int]], set[int]]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Usable as a decorator."""
    _providers.append(provider)
    return provider


def is_person(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


def in_circle(reader: Any, user_ids: Iterable[int]) -> set[int]:
    """Those of `user_ids` who share something with `reader`; nobody shares anything with who isn't signed in."""
    if not is_person(reader):
        return set()
    asked = set(user_ids) - {reader.pk}
    found: set[int] = set()
    if asked:
        for provider in _providers:
            found |= provider(reader, asked)
    return found & asked


@register
def colleagues(reader: User, user_ids: Collection[int]) -> set[int]:
    """Who belongs to an organisation of the reader, both of them today."""
    today = timezone.localdate()
    own = Membership.objects.filter(user=reader).current(today).values("organisation")
    rows = Membership.objects.filter(user__in=user_ids, organisation__in=own).current(today)
    return set(rows.order_by().values_list("user_id", flat=True))
