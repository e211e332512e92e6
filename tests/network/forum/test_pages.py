"""The forum as its readers see it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.conversations.models import Draft, Post, Reading
from network.conversations.services import cast_vote, set_post_state
from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from network.forum.models import ForumRoom, Topic
from network.forum.services import main_room
from portal.organisations.models import Membership
from tests.network.conversations.conftest import open_topic, reply, topic_in
from tests.network.ecosystems.conftest import Circle, read, send
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db
CANARY = "kanarievogel"


def new_topic(members: Circle, **values: Any) -> str:
    room = main_room(members.kring)
    typed = {
        "title": "Wie heeft een bord?",
        "text": "Vertel **alles**.",
        "token": str(uuid.uuid4()),
        **values,
    }
    return send(members.anna, f"/forum/{room.slug}/nieuw/", **typed)


def test_a_topic_is_begun_and_answered(members: Circle) -> None:
    page = new_topic(members)
    topic = Topic.objects.get()
    assert "<h1" in page and "Wie heeft een bord?" in page and "<strong>alles</strong>" in page
    page = send(
        members.bram,
        f"/gesprekken/{topic.pk}/antwoord/",
        text="Wij gebruiken er @Anna een",
        token=str(uuid.uuid4()),
    )
    assert "Wij gebruiken er" in page and ">@Anna<" in page
    assert "1 reactie" in read(members.anna, topic.room.get_absolute_url())


def test_what_was_typed_comes_back(members: Circle) -> None:
    page = new_topic(members, title="", text="Een lang verhaal")
    assert "Geef je bericht een titel." in page and "Een lang verhaal" in page
    assert Draft.objects.get().text == "Een lang verhaal"
    assert "Een lang verhaal" in read(members.anna, f"/forum/{main_room(members.kring).slug}/nieuw/")
    too_long = "woord " * 4000
    page = new_topic(members, text=too_long)
    assert "tekens lang" in page and too_long.strip() in page


def test_a_preview_posts_nothing(members: Circle) -> None:
    page = new_topic(members, actie="voorbeeld")
    assert "Zo ziet het eruit" in page and "<strong>alles</strong>" in page and not Topic.objects.exists()


def test_nobody_else_finds_a_thing(members: Circle) -> None:
    """The canary stands in a title, a text and an earlier version, in a hidden room."""
    topic = topic_in(members, members.anna, title=f"Titel {CANARY}", text=f"Tekst {CANARY}")
    post = reply(topic, members.bram, text=f"Antwoord {CANARY}")
    room = main_room(members.kring)
    for path in (
        topic.get_absolute_url(), post.get_absolute_url(), f"/berichten/{post.pk}/versies/", f"/forum/{room.slug}/",
        f"/forum/{room.slug}/nieuw/", "/forum/ecosysteem/elektrokring/", "/forum/onderwerp/999999/",
    ):  # fmt: skip
        for reader in (None, members.outsider):
            response = browser_of(reader).get(path)
            assert response.status_code in (302, 404), path
            assert "/inloggen/" in response["Location"] if response.status_code == 302 else True
            assert CANARY not in response.content.decode()
    for path in ("/forum/", "/zoeken/?q=titel+antwoord", "/ecosystemen/elektrokring/"):
        assert CANARY not in read(members.outsider, path)
    assert CANARY in read(members.guest, "/forum/")


def test_who_was_removed_while_writing_keeps_the_text(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    end_participation(Participation.objects.get(user=members.bram, ecosystem=members.kring), by=members.host)
    page = send(
        members.bram,
        f"/gesprekken/{topic.pk}/antwoord/",
        404,
        text="Mijn lange antwoord",
        token=str(uuid.uuid4()),
    )
    assert "Je doet hier niet meer mee" in page and "Mijn lange antwoord" in page
    assert topic.posts.count() == 1


def test_a_topic_that_moved_takes_the_reply_along(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    other = send(members.host, "/forum/ecosysteem/elektrokring/ruimte/", name="Techniek", summary="")
    assert "De ruimte staat klaar." in other
    room = ForumRoom.objects.get(name="Techniek")
    send(members.host, f"/forum/onderwerp/{topic.pk}/verplaatsen/", room=room.pk)
    page = send(members.bram, f"/gesprekken/{topic.pk}/antwoord/", text="Toch", token=str(uuid.uuid4()))
    assert "Techniek" in page and "Toch" in page


def test_a_split_keeps_links_working(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    stays, goes = reply(topic, members.bram, text="Blijft hier"), reply(topic, members.guest, text="Gaat mee")
    page = send(
        members.host, f"/forum/onderwerp/{topic.pk}/splitsen/", title="Iets anders", posts=[str(goes.pk)]
    )
    assert "Iets anders" in page and "Gaat mee" in page and "Blijft hier" not in page
    assert "Blijft hier" in read(members.anna, topic.get_absolute_url())
    response = browser_of(members.anna).get(goes.get_absolute_url())
    assert (
        response["Location"]
        == f"{Topic.objects.latest('pk').conversation.get_absolute_url()}#bericht-{goes.pk}"
    )
    assert (
        browser_of(members.anna)
        .get(stays.get_absolute_url())["Location"]
        .startswith(topic.get_absolute_url())
    )


def test_votes_are_one_a_member_and_none_from_colleagues(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    post = reply(topic, members.bram)
    for _time in range(2):
        page = send(members.anna, f"/berichten/{post.pk}/stem/", stem="ja")
    assert "1 lid vond dit nuttig" in page
    Membership.objects.create(organisation=members.bram_bv, user=members.guest)
    page = send(members.guest, f"/berichten/{post.pk}/stem/", stem="ja")
    assert "Je werkt bij hetzelfde bedrijf" in page and post.votes.count() == 1
    send(members.anna, f"/berichten/{post.pk}/stem/", stem="weg")
    assert post.votes.count() == 0


def test_what_is_new_is_marked_until_it_was_read(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    room = topic.topic.room.get_absolute_url()
    assert "thread-list__new" not in read(members.anna, room)
    post = reply(topic, members.bram)
    assert "thread-list__new" in read(members.anna, room)
    send(members.anna, f"/gesprekken/{topic.pk}/gelezen/", tot=str(post.number))
    assert "thread-list__new" not in read(members.anna, room)
    assert Reading.objects.get(user=members.anna).read_number == post.number


def test_twenty_posts_a_page_and_links_find_theirs(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    posts = [reply(topic, members.bram, text=f"Bericht nummer {number}") for number in range(2, 24)]
    first = read(members.anna, topic.get_absolute_url())
    assert "Bericht nummer 20" in first and "Bericht nummer 21" not in first
    response = browser_of(members.anna).get(posts[-1].get_absolute_url())
    assert response["Location"] == f"{topic.get_absolute_url()}?pagina=2#bericht-{posts[-1].pk}"


def test_queries_do_not_grow(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    room = topic.topic.room.get_absolute_url()
    counted: dict[str, list[int]] = {"topic": [], "room": [], "list": []}
    for number in (3, 20):
        while topic.posts.count() < number:
            post = reply(topic, members.bram, text=f"@Anna en @Host {topic.posts.count()}")
            cast_vote(post, by=members.guest)
            topic_in(members, members.guest, title=f"Nog een {number}-{topic.posts.count()}")
            cache.clear()  # of how much they write in how little time
        for name, path in (("topic", topic.get_absolute_url()), ("room", room), ("list", "/forum/")):
            client = browser_of(members.anna)
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counted[name].append(len(queries))
    for name, most in (("topic", 15), ("room", 12), ("list", 12)):
        few, many = counted[name]
        assert few == many <= most, counted


def test_a_public_topic_is_read_by_everybody_but_names_are_not(members: Circle) -> None:
    topic = open_topic(members.anna, text="Voor iedereen te lezen")
    page = read(None, topic.get_absolute_url())
    assert "Voor iedereen te lezen" in page and "Anna" not in page
    assert "Log in om te reageren" in page
    assert "Anna" in read(members.bram, topic.get_absolute_url())


def test_hidden_posts_leave_only_their_place(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    post = reply(topic, members.bram, text=CANARY)
    set_post_state(post.pk, Post.State.HIDDEN)
    page = read(members.anna, topic.get_absolute_url())
    assert CANARY not in page and "weggehaald door een moderator" in page
    assert CANARY in read(members.bram, topic.get_absolute_url())
    set_post_state(post.pk, Post.State.REMOVED)
    assert CANARY not in read(members.bram, topic.get_absolute_url())


def test_a_form_whose_number_is_none_says_so_and_works_the_next_time(members: Circle) -> None:
    page = new_topic(members, token="geen")
    assert "Verstuur het nog eens" in page and "Vertel **alles**." in page and not Topic.objects.exists()
    token = page.split('name="token" value="')[1].split('"')[0]
    new_topic(members, token=token)
    assert Topic.objects.count() == 1
