"""Events for the tests: of an ecosystem, of a branch organisation and of the portal. All fictional."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from network.ecosystems.models import Ecosystem
from network.events.models import Event, Registration
from network.events.services import Details, plan_event, publish_event
from portal.accounts.models import User
from portal.notifications.models import Notification
from tests.network.conversations.conftest import known
from tests.network.ecosystems.conftest import Circle, circle, person, portal
from tests.portal.media.conftest import member_files

__all__ = ["circle", "member_files", "portal"]
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


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
def staff(db: None) -> User:
    made = person("redactie")
    made.is_staff = True
    made.save(update_fields=["is_staff"])
    return made


def details(starts_at: datetime.datetime | None = None, **values: Any) -> Details:
    """In ten days, in words of its own, since what is said twice waits for a moderator."""
    own = "".join(chr(97 + int(letter, 16)) for letter in uuid.uuid4().hex)
    begin = starts_at or timezone.now().replace(microsecond=0) + 10 * DAY
    given = {
        "title": "Plannen op de werkvloer",
        "kind": "workshop",
        "text": f"Je leert **plannen**, en dat heet {own[:9]} {own[9:18]} {own[18:27]}.",
        "starts_at": begin,
        "ends_at": begin + 2 * HOUR,
        "place": "Utrecht",
        "address": "Voorbeeldstraat 1, Utrecht",
        "online_url": "https://voorbeeld.example/geheime-kamer",
    }
    return Details(**{**given, **values})


def plan(by: User, of: Any = None, *, publish: bool = True, **values: Any) -> Event:
    """On the agenda as its organiser does it."""
    if isinstance(of, Ecosystem):
        values.setdefault("audience", "ecosystem")
    event = plan_event(of, details=details(**values), by=by, token=uuid.uuid4())
    if publish:
        event = publish_event(event, by=by)
        assert event.shown == "visible"
    return event


def states(event: Event) -> dict[str, str]:
    rows = Registration.objects.filter(event=event).select_related("user")
    return {row.user.name: row.state for row in rows}


def told(kind: str, object_id: int) -> set[str]:
    """Who hears of it, by name."""
    rows = Notification.objects.filter(kind=f"events.{kind}", object_id=object_id)
    return set(rows.values_list("recipient__name", flat=True))


def address(event: Event, rest: str = "") -> str:
    return f"/bijeenkomsten/{event.pk}/{rest}"
