"""Kinds of notifications for these tests: about ecosystems, which a reader may know of today and not tomorrow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from portal.mail.models import Mail
from portal.notifications.kinds import Frequency, Kind, Shown, register
from portal.notifications.models import Notification
from portal.notifications.services import notify
from portal.organisations.models import Organisation
from tests.factories.pages import Portal, make_portal
from tests.portal.organisations.people import browser_of, make_person

NEWS, REPLY = "test-news", "test-reply"
CANARY = "Kwartelkoning"
# A Friday in November, nine o'clock in Amsterdam.
FRIDAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def show(user: User, rows: Sequence[Notification]) -> Mapping[int, Shown]:
    known = Ecosystem.objects.visible_to(user).in_bulk([row.object_id for row in rows])
    return {
        row.pk: Shown(
            text=f"Er is nieuws van {known[row.object_id].name}",
            url=known[row.object_id].get_absolute_url(),
            context=known[row.object_id].summary,
        )
        for row in rows
        if row.object_id in known
    }


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """These two and no others, whatever rooms offer; and no number in a header that another test noted."""
    cache.clear()
    monkeypatch.setattr("portal.notifications.kinds._kinds", {})
    register(Kind(NEWS, "nieuws van een ecosysteem", "Iemand schreef nieuws.", Frequency.DIRECT, show, 1))
    register(Kind(REPLY, "antwoorden", "Iemand antwoordde.", Frequency.DAILY, show, 2))


@pytest.fixture
def portal(db: None) -> Portal:
    return make_portal()


@pytest.fixture
def reader(db: None) -> User:
    return make_person("Anna Lezer", "anna@voorbeeld.example")


@pytest.fixture
def ecosystem(db: None) -> Callable[..., Ecosystem]:
    """Makes one that everybody with an account knows of."""
    host = Organisation.objects.create(name="Stroomhuis", slug="stroomhuis")

    def make(name: str = "ElektroKring", **fields: str) -> Ecosystem:
        slug = name.lower().replace(" ", "-")
        return Ecosystem.objects.create(organisation=host, name=name, slug=slug, **fields)

    return make


def hide(ecosystem: Ecosystem) -> None:
    """From now on nobody knows of it who isn't inside."""
    Ecosystem.objects.filter(pk=ecosystem.pk).update(visibility="hidden", joining="invitation")


def tell(user: User, *ecosystems: Ecosystem, kind: str = NEWS, at: datetime = FRIDAY) -> None:
    for each in ecosystems:
        notify(kind, recipients=[user], object_id=each.pk, at=at)


def mails_to(user: User) -> list[Mail]:
    return list(Mail.objects.filter(to=user.email, kind="notifications").order_by("pk"))


def read(user: User | None, path: str = "/meldingen/", status: int = 200) -> str:
    response = browser_of(user).get(path)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return unescape(response.content.decode())


def strict_browser() -> Client:
    """One that needs a form token, as real ones do."""
    return Client(enforce_csrf_checks=True)
