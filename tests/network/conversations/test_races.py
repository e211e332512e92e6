"""At the same moment, with real transactions: one form is one post, nobody overwrites unseen, votes are their rows."""

from __future__ import annotations

import uuid
from functools import partial

import pytest
from django.utils import timezone

from network.conversations.models import Draft, Post, Vote
from network.conversations.services import ChangedMeanwhile, Refused, cast_vote, edit_post
from network.forum.models import Topic
from network.forum.services import begin_topic, main_room
from portal.mail.models import Mail
from portal.media.models import MemberImage
from portal.notifications.models import Notification
from tests.at_once import at_once
from tests.factories.media import picture_bytes, upload
from tests.network.conversations.conftest import picture, reply, topic_in
from tests.network.ecosystems.conftest import Circle, person
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_times_one_form_is_one_post(members: Circle) -> None:
    topic, token = topic_in(members, members.anna), uuid.uuid4()
    outcomes = at_once(*[partial(reply, topic, members.bram, token=token)] * 20)
    assert len({outcome.pk for outcome in outcomes}) == 1, outcomes
    assert topic.posts.count() == 2
    assert Notification.objects.filter(recipient=members.anna).count() == 1
    assert not Mail.objects.filter(to=members.anna.email, kind="notifications").exists()


def test_twenty_forms_are_twenty_posts(members: Circle) -> None:
    """The control: nothing but the form's number makes them one; and no two get the same place."""
    topic = topic_in(members, members.anna)
    outcomes = at_once(
        *[partial(reply, topic, members.bram, text=f"Antwoord {number}") for number in range(20)]
    )
    assert all(isinstance(outcome, Post) for outcome in outcomes), outcomes
    assert sorted(topic.posts.values_list("number", flat=True)) == list(range(1, 22))


def test_ten_times_one_new_topic_is_one(members: Circle) -> None:
    room, token = main_room(members.kring), uuid.uuid4()
    begin = partial(begin_topic, room, by=members.anna, title="Samen", text="Een keer", token=token)
    outcomes = at_once(*[begin] * 10)
    assert {type(outcome) for outcome in outcomes} == {Topic}, outcomes
    assert Topic.objects.count() == 1


def test_of_twenty_changes_at_once_one_stands(members: Circle) -> None:
    post = reply(topic_in(members, members.anna), members.bram, text="Eerst")
    outcomes = at_once(
        *[
            partial(edit_post, post, by=members.bram, text=f"Versie {number}", version=1)
            for number in range(20)
        ]
    )
    done = [outcome for outcome in outcomes if isinstance(outcome, Post)]
    assert len(done) == 1, outcomes
    assert all(isinstance(outcome, ChangedMeanwhile) for outcome in outcomes if outcome not in done), outcomes
    post.refresh_from_db()
    assert (post.version, post.text) == (2, done[0].text)


def test_votes_are_their_rows(members: Circle) -> None:
    post = reply(topic_in(members, members.anna), members.bram)
    voters = [person(f"stemmer{number}") for number in range(8)]
    for voter in voters:
        members.take_part(voter, guest_until=timezone.localdate())
    outcomes = at_once(*[partial(cast_vote, post, by=voter) for voter in voters for _time in range(4)])
    assert outcomes == [None] * 32
    assert Vote.objects.filter(post=post).count() == 8
    with pytest.raises(Refused):
        cast_vote(post, by=members.bram)


@pytest.mark.usefixtures("member_files")
def test_ten_times_one_form_with_a_picture_is_one_of_both(members: Circle) -> None:
    topic, token = topic_in(members, members.anna), str(uuid.uuid4())

    def sending() -> int:
        photo = upload("foto.png", picture_bytes(size=(60, 40)), "image/png")
        typed = {"text": "Kijk", "token": token, "picture": photo, "picture_alt": "Het bord"}
        return browser_of(members.bram).post(f"/gesprekken/{topic.pk}/antwoord/", typed).status_code

    assert set(at_once(*[sending] * 10)) == {302}
    assert topic.posts.count() == 2
    assert [image.alt for image in MemberImage.objects.all()] == ["Het bord"]
    assert not Draft.objects.exists()


@pytest.mark.usefixtures("member_files")
def test_of_six_pictures_at_once_four_are_kept(members: Circle) -> None:
    outcomes = at_once(
        *[partial(picture, members.bram, "question", f"Beeld {number}") for number in range(6)]
    )
    assert sum(isinstance(outcome, MemberImage) for outcome in outcomes) == 4, outcomes
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 2, outcomes
    assert MemberImage.objects.count() == 4
