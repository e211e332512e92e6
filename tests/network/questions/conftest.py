"""Questions for the tests: for everybody and for an ecosystem, and people who know a theme. All fictional."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from network.conversations.models import Post
from network.conversations.services import post_reply
from network.ecosystems.models import Ecosystem
from network.questions.models import Question
from network.questions.services import ask_question
from portal.accounts.models import User
from portal.notifications.models import Notification
from portal.people.services import Details, save_profile
from portal.taxonomy.models import Theme
from tests.factories.taxonomy import ThemeFactory
from tests.network.conversations.conftest import known
from tests.network.ecosystems.conftest import Circle, circle, portal

__all__ = ["circle", "portal"]


@pytest.fixture(autouse=True)
def _counted_anew() -> Iterator[None]:
    """No limit of writing that another test used up."""
    cache.clear()
    yield


@pytest.fixture
def members(circle: Circle) -> Circle:
    """All of them known, so that nothing waits for a moderator."""
    known(circle.host, circle.anna, circle.bram, circle.guest, circle.outsider)
    return circle


@pytest.fixture
def theme(db: None) -> Theme:
    return ThemeFactory.create(slug="proces", name="Proces")


def ask(
    by: User, ecosystem: Ecosystem | None = None, title: str = "Hoe plan je kleine series?", **values: Any
) -> Question:
    """As the form does it; each in words of its own, since what is said twice waits for a moderator."""
    own = "".join(chr(97 + int(letter, 16)) for letter in uuid.uuid4().hex)
    given = {
        "text": f"Wij lopen telkens vast, en dat heet {own[:9]} {own[9:18]} {own[18:27]}.",
        "token": uuid.uuid4(),
        "theme": ThemeFactory.create(slug="proces"),
    }
    question, _is_new = ask_question(by=by, ecosystem=ecosystem, title=title, **{**given, **values})
    question.conversation.refresh_from_db()
    return question


def answer(question: Question, by: User, text: str = "Wij doen het met een bord.", **values: Any) -> Post:
    token = values.pop("token", None) or uuid.uuid4()
    return post_reply(question.conversation, by=by, text=text, token=token, **values)


def expert(user: User, theme: Theme, *, is_open: bool = True, shows: str = "members") -> User:
    """Somebody who says to know the theme."""
    details = Details(
        name=user.name, themes=[theme], open_to_questions=is_open, audiences={"show_expertise": shows}
    )
    save_profile(user, details=details)
    return user


def told(kind: str, object_id: int) -> set[str]:
    """Who hears of it, by name."""
    rows = Notification.objects.filter(kind=f"questions.{kind}", object_id=object_id)
    return set(rows.values_list("recipient__name", flat=True))
