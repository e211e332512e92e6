"""News of an ecosystem: who writes it, by whatever way, and what becomes of it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from network.conversations.models import Conversation, Draft
from network.conversations.services import save_draft, withdraw_post
from network.ecosystems.models import Participation
from network.ecosystems.services import close_ecosystem, set_role
from network.forum import rules
from network.forum.models import Announcement, ForumRoom, Topic
from network.forum.services import (
    NotAllowed,
    Refused,
    begin_topic,
    close_room,
    main_room,
    make_room,
    move_topic,
    split_topic,
    write_news,
)
from portal.accounts.models import User
from tests.network.conversations.conftest import reply, topic_in
from tests.network.ecosystems.conftest import Circle, read, send
from tests.network.forum.conftest import news_in
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db


def room_of(members: Circle) -> ForumRoom:
    return ForumRoom.objects.get(ecosystem=members.kring, kind="news")


def begin(room: ForumRoom, by: User) -> Topic:
    return begin_topic(room, by=by, title="Ook nieuws", text="Zegt een lid.", token=uuid.uuid4())


def write_address(members: Circle) -> str:
    return f"/forum/ecosysteem/{members.kring.slug}/nieuws/"


def typed(**values: Any) -> dict[str, Any]:
    return {"title": "Een besluit", "text": "Wij kozen.", "token": str(uuid.uuid4()), **values}


def test_the_room_comes_with_the_first_item_and_stays_the_only_one(members: Circle) -> None:
    assert not ForumRoom.objects.filter(kind="news").exists()
    first = news_in(members.kring, members.host)
    room = room_of(members)
    assert (room.name, room.slug) == ("Nieuws", "elektrokring-nieuws")
    assert news_in(members.kring, members.host, "Nog iets").topic.room == room == first.topic.room
    assert news_in(members.group, members.host, "Van de groep").topic.room != room
    once = "forum_room_news_once_here|forum_forumroom.ecosystem_id"
    with pytest.raises(IntegrityError, match=once), transaction.atomic():
        ForumRoom.objects.create(ecosystem=members.kring, kind="news", name="Twee", slug="twee")
    with pytest.raises(IntegrityError, match="forum_room_news_is_of_an_ecosystem"), transaction.atomic():
        ForumRoom.objects.create(kind="news", name="Van iedereen", slug="van-iedereen")


def test_the_same_form_is_one_item(members: Circle) -> None:
    token = uuid.uuid4()
    topics = [
        write_news(members.kring, by=members.host, title="Eén", text="Keer", token=token)
        for _time in range(2)
    ]
    assert topics[0] == topics[1] and Topic.objects.count() == Announcement.objects.count() == 1


def test_a_room_that_is_called_news_already_is_left_alone(members: Circle) -> None:
    ForumRoom.objects.create(ecosystem=members.kring, name="Nieuws", slug="elektrokring-nieuws")
    room = news_in(members.kring, members.host).topic.room
    assert (room.name, room.slug) == ("Nieuws (2)", "elektrokring-nieuws-2")
    for name in ("Nieuws", " nieuws "):
        with pytest.raises(Refused, match="eigen plek"):
            make_room(ecosystem=members.group, name=name, by=members.host)


def test_who_manages_writes_it_and_others_react(members: Circle) -> None:
    for stranger in (members.anna, members.guest, members.outsider):
        with pytest.raises(NotAllowed):
            news_in(members.kring, stranger)
    assert not ForumRoom.objects.exists()
    news = news_in(members.kring, members.host)
    assert reply(news, members.anna, text="Fijn!").conversation == news
    row = Participation.objects.get(user=members.anna, ecosystem=members.kring)
    set_role(row, role="manager", by=members.host)
    # Managers of an ecosystem manage its groups too; those of another don't.
    for ecosystem in (members.kring, members.group):
        assert news_in(ecosystem, members.anna, f"Van Anna in {ecosystem}").started_by == members.anna


def test_nobody_else_gets_a_topic_in_by_any_service(members: Circle) -> None:
    news = news_in(members.kring, members.host)
    room, own = room_of(members), topic_in(members, members.anna)
    reply(news, members.anna, text="Wie doet mee?")
    for stranger in (members.anna, members.bram, members.outsider):
        assert not rules.can_begin_topic(stranger, room)
        for deed in (
            lambda by=stranger: begin(room, by),
            lambda by=stranger: move_topic(own.topic, to=room, by=by),
            lambda by=stranger: move_topic(news.topic, to=own.topic.room, by=by),
            lambda by=stranger: split_topic(news.topic, posts=news.posts.all(), title="Los", by=by),
            lambda by=stranger: close_room(room, by=by),
        ):
            with pytest.raises(NotAllowed):
                deed()
    with pytest.raises(NotAllowed):
        close_room(room, by=members.host)
    assert list(Topic.objects.filter(room=room)) == [news.topic]


def test_nobody_else_gets_a_topic_in_by_any_page(members: Circle) -> None:
    news = news_in(members.kring, members.host)
    room, own = room_of(members), topic_in(members, members.anna)
    for path in (write_address(members), f"/forum/{room.slug}/nieuw/", f"/forum/{room.slug}/sluiten/"):
        for stranger in (members.anna, members.outsider):
            read(stranger, path, 404)
            for deed in ("", "voorbeeld", "concept"):
                send(stranger, path, 404, **typed(actie=deed))
    send(members.anna, f"/forum/onderwerp/{own.pk}/verplaatsen/", 404, room=room.pk)
    send(members.anna, f"/forum/onderwerp/{news.pk}/verplaatsen/", 404, room=own.topic.room_id)
    # Nor by posting into another room with this one's number along.
    send(members.anna, f"/forum/{own.topic.room.slug}/nieuw/", **typed(room=room.pk, kind="news"))
    assert list(Topic.objects.filter(room=room)) == [news.topic] and not Draft.objects.exists()
    assert read(members.host, f"/forum/{room.slug}/sluiten/", 404)
    response = browser_of(members.host).post(f"/forum/{room.slug}/nieuw/", typed())
    assert response["Location"] == write_address(members) and Topic.objects.filter(room=room).count() == 1


def test_a_manager_moves_a_topic_to_the_news_and_back(members: Circle) -> None:
    news_in(members.kring, members.host)
    room, own = room_of(members), topic_in(members, members.anna)
    page = read(members.host, f"/forum/onderwerp/{own.pk}/verplaatsen/")
    assert "krijgt niemand een melding" in page and f'value="{room.pk}"' in page
    send(members.host, f"/forum/onderwerp/{own.pk}/verplaatsen/", room=room.pk)
    assert (
        Topic.objects.get(pk=own.pk).room == room and not Announcement.objects.filter(topic=own.pk).exists()
    )
    move_topic(Topic.objects.get(pk=own.pk), to=main_room(members.kring), by=members.host)
    assert Topic.objects.get(pk=own.pk).room == main_room(members.kring) != room


def test_what_people_say_below_news_is_split_to_where_they_talk(members: Circle) -> None:
    news = news_in(members.kring, members.host)
    said = reply(news, members.anna, text="Iets heel anders")
    assert "een onderwerp in het forum" in read(members.host, f"/forum/onderwerp/{news.pk}/splitsen/")
    new = split_topic(news.topic, posts=[said], title="Iets anders", by=members.host)
    assert new.room == main_room(members.kring) and not new.room.is_news
    assert Announcement.objects.count() == 1


def test_a_closed_ecosystem_takes_no_news(members: Circle) -> None:
    news = news_in(members.kring, members.host)
    own = topic_in(members, members.anna)
    close_ecosystem(members.kring, by=members.host)
    members.kring.refresh_from_db()
    room = room_of(members)
    for deed in (
        lambda: news_in(members.kring, members.host),
        lambda: begin(room, members.host),
        lambda: move_topic(Topic.objects.get(pk=own.pk), to=room, by=members.host),
        lambda: move_topic(Topic.objects.get(pk=news.pk), to=main_room(members.kring), by=members.host),
    ):
        with pytest.raises(NotAllowed):
            deed()
    read(members.host, write_address(members), 404)
    for path in (members.kring.get_absolute_url(), room.get_absolute_url()):
        page = read(members.host, path)
        assert "De kring kiest een planbord" in page and "Schrijf nieuws" not in page


def test_the_room_for_talk_is_never_that_for_news(members: Circle) -> None:
    news_in(members.kring, members.host)
    assert not main_room(members.kring).is_news
    assert topic_in(members, members.anna).topic.room.kind == "talk"


def test_a_draft_is_found_back_by_who_still_manages(members: Circle) -> None:
    """Also before there is any news; and what names no ecosystem of theirs is left out."""
    page = send(members.host, write_address(members), **typed(actie="concept", title="Bijna af"))
    assert "Je vindt het hier terug." in page and "Bijna af" in page and not ForumRoom.objects.exists()
    assert "Bijna af" in read(members.host, write_address(members))
    home = read(members.host, "/mijn/")
    assert "Nieuws voor ElektroKring" in home and write_address(members) in home
    for place in (f"news:{members.kring.pk}", "news:999999", "news:²", "news:" + "9" * 30):
        save_draft(members.anna, place=place, title="Ooit beheerder")
    assert "Ooit beheerder" not in read(members.anna, "/mijn/")
    send(members.host, write_address(members), **typed(title="Af"))
    assert not Draft.objects.filter(user=members.host).exists()


def test_what_its_writer_took_back_is_no_news_any_more(members: Circle) -> None:
    news = news_in(members.kring, members.host, text="Toch niet")
    reply(news, members.anna, text="Hoezo?")
    withdraw_post(news.posts.get(number=1), by=members.host)
    assert Conversation.objects.get(pk=news.pk).state == "visible"
    assert news.title not in read(members.anna, members.kring.get_absolute_url())
    page = read(members.anna, room_of(members).get_absolute_url())
    assert news.title in page and "Toch niet" not in page and "1 reactie" in page
