"""At the same moment, with real transactions: one room for news, and everybody told once."""

from __future__ import annotations

from functools import partial

import pytest

from network.forum.models import ForumRoom, Topic
from network.forum.services import make_room, tell_news
from portal.notifications.models import Notification
from tests.at_once import all_at_once, at_once
from tests.network.ecosystems.conftest import Circle
from tests.network.forum.conftest import news_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_items_at_once_make_one_room(members: Circle) -> None:
    all_at_once([partial(news_in, members.kring, members.host, f"Bericht {each}") for each in range(6)])
    room = ForumRoom.objects.get(kind="news")
    assert Topic.objects.filter(room=room).count() == 6


def test_rooms_for_talk_at_once_are_as_many(members: Circle) -> None:
    """The control: what is one room is so by its kind, not since all comes after each other."""
    make = partial(make_room, ecosystem=members.kring, by=members.host)
    outcomes = at_once(*[partial(make, name=f"Ruimte {each}") for each in range(4)])
    assert all(isinstance(outcome, ForumRoom) for outcome in outcomes), outcomes
    assert ForumRoom.objects.filter(kind="talk").count() == 4


def test_workers_at_once_tell_everybody_once(members: Circle) -> None:
    news_in(members.kring, members.host)
    all_at_once([tell_news] * 4)
    told = Notification.objects.filter(kind="forum.news").order_by("recipient__name")
    assert list(told.values_list("recipient__name", flat=True)) == ["Anna", "Bram", "Gast"]
