"""A moderator, an administrator, a member and an ecosystem with its manager. All fictional."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from network.ecosystems.models import Ecosystem
from network.moderation.moderators import setup_moderators
from portal.accounts.models import User
from tests.factories.pages import Portal, make_portal
from tests.network.ecosystems.conftest import Circle, circle
from tests.network.moderation import notes
from tests.portal.organisations.people import make_person, make_staff

__all__ = ["circle"]


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    """No notes and no counted limits of another test."""
    cache.clear()
    notes.forget()
    yield
    notes.forget()


@pytest.fixture
def portal(db: None) -> Portal:
    return make_portal()


def make_moderator(name: str = "Mo") -> User:
    user = make_person(name)
    user.groups.add(setup_moderators())
    return user


@dataclass
class House:
    """`mo` moderates the portal, `baas` administers it, `anna` writes, `bram` reads; `kring` is managed by `host`."""

    mo: User
    baas: User
    anna: User
    bram: User
    guest: User
    host: User
    outsider: User
    kring: Ecosystem
    group: Ecosystem


@pytest.fixture
def house(circle: Circle) -> House:
    return House(
        make_moderator(),
        make_staff(),
        circle.anna,
        circle.bram,
        circle.guest,
        circle.host,
        circle.outsider,
        circle.kring,
        circle.group,
    )
