"""A moderator, an administrator, a member and an ecosystem with its manager. All fictional."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from network.ecosystems.models import Ecosystem
from network.moderation import services
from network.moderation.models import Decision, ModerationCase
from network.moderation.moderators import setup_moderators
from network.moderation.services import Choice
from portal.accounts.models import User
from portal.mail.models import Mail
from tests.factories.pages import Portal, make_portal
from tests.network.ecosystems.conftest import Circle, circle
from tests.network.moderation import notes
from tests.portal.organisations.people import browser_of, mails, make_person, make_staff

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


def read(user: User | None, path: str, status: int = 200) -> str:
    response = browser_of(user).get(path)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return unescape(response.content.decode())


def send(user: User | None, path: str, status: int = 200, **values: Any) -> str:
    """The page that comes after the form; `status` of the last answer."""
    response = browser_of(user).post(path, values, follow=True)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return unescape(response.content.decode())


def report(number: int, by: User | None, text: str = "Dit is reclame.", **values: Any) -> str:
    told = {"category": "spam", "text": text, "is_sincere": "on", **values}
    return send(by, f"/melden/{notes.CODE}/{number}/", **told)


def case_of(number: int) -> ModerationCase:
    return ModerationCase.objects.filter(code=notes.CODE, object_id=number).latest("pk")


WHY = {
    "ground": "rules",
    "rule": "regel 4, geen reclame",
    "facts": "Er staat drie keer een winkel in.",
    "reason": "Wie verkoopt, wacht tot iemand ernaar vraagt.",
}


def decided(number: int, by: User, action: str = "remove", **values: Any) -> Decision:
    """As a moderator decides it, with reasons."""
    case = case_of(number)
    services.open_case_thing(case, by=by, reason="Omdat het gemeld is.", at=timezone.now())
    choice = Choice(action=action, **{**(WHY if action in ("hide", "remove") else {}), **values})
    return services.decide(case, choice=choice, by=by, at=timezone.now())


def letters(user: User) -> list[Mail]:
    """What moderation mailed to somebody."""
    return [mail for mail in mails(user.email) if mail.kind.startswith("moderation-")]
