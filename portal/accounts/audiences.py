"""Audience terms: who may find a thing, in words that an index can store.

A thing stores the terms of its readers (`public`, `member`, `group:3`, `organisation:5`), never persons; a person has
terms too, and sees the thing where the two meet. So a change of membership needs no reindexing. Rooms above add the
terms they know in an `audiences.py` of their own, which is found like `admin.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser, Group

from portal.accounts.models import User

PUBLIC = "public"
MEMBER = "member"
# Held by superusers only: the audience of what no group can see.
ADMINISTRATOR = "administrator"

Person = User | AnonymousUser
Provider = Callable[[User], Iterable[str]]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Let `provider` add terms for a signed-in, active person; usable as a decorator."""
    _providers.append(provider)
    return provider


def group_term(group_id: int) -> str:
    return f"group:{group_id}"


def terms_for(user: Person) -> frozenset[str]:
    """All audience terms of `user`; anonymous and inactive people have `public` alone."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset({PUBLIC})
    terms = {PUBLIC, MEMBER}
    for provider in _providers:
        terms.update(provider(user))
    return frozenset(terms)


@register
def staff_groups(user: User) -> Iterable[str]:
    """The groups of the staff admin; a superuser stands in all of them."""
    if user.is_superuser:
        yield ADMINISTRATOR
        groups = Group.objects.values_list("pk", flat=True)
    else:
        groups = user.groups.values_list("pk", flat=True)
    for group_id in groups:
        yield group_term(group_id)
