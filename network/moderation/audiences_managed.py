"""Who looks after which audience: rooms above offer it in an `audiences_managed.py` of their own, found like `admin.py`.

A manager of `ecosystem:12` moderates what is said there, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from portal.accounts.models import User

TermsOf = Callable[[User], Iterable[str]]
PeopleOf = Callable[[str], Iterable[int]]
PlacesOf = Callable[[str], Iterable[str]]
NameOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Provider:
    """`terms`: what a person manages. `people`: who manages a term, by id. `wider`: of what a term is part.

    `name`: what its people call it; shown to who manages it alone.
    """

    terms: TermsOf
    people: PeopleOf
    wider: PlacesOf
    name: NameOf


_providers: list[Provider] = []


def _nobody(_term: str) -> Iterable[int]:
    return ()


def _nowhere(_term: str) -> Iterable[str]:
    return ()


def _nameless(_term: str) -> str:
    return ""


def register(
    terms: TermsOf, *, people: PeopleOf = _nobody, wider: PlacesOf = _nowhere, name: NameOf = _nameless
) -> TermsOf:
    """Offer audiences that people manage. A provider that doesn't know a term gives nothing for it."""
    _providers.append(Provider(terms, people, wider, name))
    return terms


def managed_terms(user: User) -> frozenset[str]:
    """The audience terms that `user` manages; who is not active manages nothing."""
    if not user.is_active:
        return frozenset()
    return frozenset(term for each in _providers for term in each.terms(user))


def managers_of(term: str) -> frozenset[int]:
    """Who manages `term`, by number of their account; nobody for the portal itself."""
    return frozenset(pk for each in _providers for pk in each.people(term)) if term else frozenset()


def with_wider(term: str) -> Collection[str]:
    """`term` and what it is part of."""
    return {term, *(found for each in _providers for found in each.wider(term))} if term else {term}


def name_of(term: str) -> str:
    """What its people call it; empty where nobody knows."""
    return next((found for each in _providers if (found := each.name(term))), "")
