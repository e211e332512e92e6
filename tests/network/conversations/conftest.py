"""Conversations for the tests, in topics of a forum: for everybody and for an ecosystem. All fictional."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from network.conversations.models import Conversation, Post
from network.conversations.services import add_picture, post_reply
from network.conversations.services.posting import draft_place
from network.forum.models import ForumRoom
from network.forum.services import begin_topic, main_room
from portal.accounts.models import User
from portal.media.models import MemberImage
from tests.factories.media import picture_bytes, upload
from tests.network.ecosystems.conftest import Circle, circle, portal
from tests.portal.media.conftest import member_files

__all__ = ["circle", "member_files", "portal"]


def known(*people: User) -> None:
    """Members for a while, whose texts were let through before."""
    from network.moderation.models import WrittenText

    for person in people:
        User.objects.filter(pk=person.pk).update(date_joined=timezone.now() - datetime.timedelta(days=90))
        person.refresh_from_db()
        for number in range(3):
            WrittenText.objects.create(
                author=person, fingerprint=f"eerder-{person.pk}-{number}", was_held=False, at=timezone.now()
            )


def topic_in(
    circle: Circle, by: User, title: str = "Borden voor kleine series", text: str = "Wie weet?"
) -> Conversation:
    """Only for who takes part in the ecosystem."""
    return begin_topic(
        main_room(circle.kring), by=by, title=title, text=text, token=uuid.uuid4()
    ).conversation


def open_topic(by: User, title: str = "Voor iedereen", text: str = "Wie weet?") -> Conversation:
    room, _made = ForumRoom.objects.get_or_create(ecosystem=None, slug="plein", defaults={"name": "Plein"})
    return begin_topic(room, by=by, title=title, text=text, token=uuid.uuid4()).conversation


def reply(conversation: Conversation, by: User, text: str = "Wij doen het zo.", **values: Any) -> Post:
    return post_reply(
        conversation, by=by, text=text, token=values.pop("token", None) or uuid.uuid4(), **values
    )


@pytest.fixture(autouse=True)
def limits_counted_anew() -> None:
    """How much somebody wrote is counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def members(circle: Circle) -> Circle:
    """All of them known, so that nothing waits for a moderator."""
    known(circle.host, circle.anna, circle.bram, circle.guest, circle.outsider)
    return circle


def picture(user: User, place: str, alt: str = "Een planbord", **values: Any) -> MemberImage:
    """A small picture that goes along with what `user` is writing in `place`."""
    content = picture_bytes(size=(60, 40))
    image = add_picture(user, place=place, upload=upload("foto.png", content, "image/png"), alt=alt, **values)
    assert image is not None
    return image


def pictured(conversation: Conversation, by: User, alt: str = "Een planbord", **values: Any) -> Post:
    """A reply with one picture below it."""
    picture(by, draft_place(conversation), alt)
    return reply(conversation, by, **values)
