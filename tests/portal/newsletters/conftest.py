"""Readers, editions and a small portal for the newsletter. All fictional."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache

from portal.mail.models import Mail
from portal.newsletters.models import Edition, Subscription
from portal.newsletters.services import confirm, request_subscription
from tests.factories.pages import Portal, make_portal

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    cache.clear()


@pytest.fixture
def portal(db: None) -> Portal:
    return make_portal()


def subscribed(email: str, **choice: Any) -> Subscription:
    """As somebody does it who reads the mail."""
    request_subscription(email, at=TUESDAY, **choice)
    row = confirm(Subscription.objects.get(email=email).confirm_key, at=TUESDAY)
    assert row is not None
    return row


def make_edition(subject: str = "Minder voorraad", body: list[Any] | None = None, **fields: Any) -> Edition:
    edition: Edition = Edition.objects.create(
        subject=subject, introduction="Dit is er nieuw.", body=body or [], **fields
    )
    return edition


def text_block(markup: str = "<p>Lees <b>dit</b>.</p>", title: str = "") -> tuple[str, Any]:
    return ("text", {"title": title, "text": markup})


def mails(kind: str = "newsletter") -> list[Mail]:
    return list(Mail.objects.filter(kind=kind).order_by("pk"))


def link_in(mail: Mail) -> str:
    """The path of the one link in a mail's text."""
    found = re.search(r"http://testserver(/\S+)", mail.text)
    assert found
    return found[1]
