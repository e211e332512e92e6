"""Writing: who may, what is kept, what is refused."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from network.conversations.models import Conversation, Draft, Post, Reading
from network.conversations.services import (
    Locked,
    NotAllowed,
    Refused,
    edit_post,
    lock_conversation,
    move_posts,
    save_draft,
    start_conversation,
    withdraw_post,
)
from network.conversations.services.posting import draft_place
from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from network.forum.models import TOPIC, ForumRoom
from network.forum.services import begin_topic
from portal.notifications.models import Notification
from tests.network.conversations.conftest import open_topic, reply, topic_in
from tests.network.ecosystems.conftest import Circle

pytestmark = pytest.mark.django_db


def heard(post: Post) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in Notification.objects.filter(object_id=post.pk).select_related("recipient"):
        found.setdefault(row.kind.removeprefix("conversations."), set()).add(row.recipient.name)
    return found


def test_only_who_takes_part_reads_and_writes(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    assert set(Conversation.objects.visible_to(members.bram)) == {topic}
    assert not Conversation.objects.visible_to(members.outsider).exists()
    with pytest.raises(NotAllowed):
        reply(topic, members.outsider)
    with pytest.raises(NotAllowed):
        topic_in(members, members.outsider)
    assert reply(topic, members.bram).number == 2


def test_siblings_see_nothing_of_each_other(members: Circle) -> None:
    conversation, _new = start_conversation(
        TOPIC, by=members.anna, ecosystem=members.group, title="Lassen", text="Hoe?", token=uuid.uuid4()
    )
    assert not Conversation.objects.visible_to(members.bram).filter(pk=conversation.pk).exists()
    assert Conversation.objects.visible_to(members.host).filter(pk=conversation.pk).exists()


def test_one_form_is_one_post(members: Circle) -> None:
    topic, token = topic_in(members, members.anna), uuid.uuid4()
    first, second = (reply(topic, members.bram, token=token) for _time in range(2))
    assert first == second and Post.objects.filter(conversation=topic).count() == 2
    room = ForumRoom.objects.get(ecosystem=members.kring)
    again = [
        begin_topic(room, by=members.anna, title="Twee keer", text="x", token=token) for _time in range(2)
    ]
    assert again[0] == again[1]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("  \n ", "Schrijf eerst"), ("x" * 20_001, "20001 tekens"), ("> " * 51_200, "hoogstens 20000")],
    ids=["nothing", "too much", "a bomb of quotes"],
)
def test_what_cannot_be_posted_is_told(members: Circle, text: str, sentence: str) -> None:
    topic = topic_in(members, members.anna)
    with pytest.raises(Refused, match=sentence):
        reply(topic, members.bram, text=text)
    assert topic.posts.count() == 1


@pytest.mark.parametrize("bomb", [">" * 20_000, "[" * 20_000, "[](" * 6_000, "*_" * 10_000, "`" * 20_000])
def test_deep_nesting_is_kept_and_harmless(members: Circle, bomb: str) -> None:
    topic = topic_in(members, members.anna)
    post = reply(topic, members.bram, text=bomb)
    assert len(post.html) < 500_000


def test_who_is_named_hears_once_and_who_follows_too(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    reply(topic, members.guest)
    post = reply(topic, members.bram, text="@Anna en @Host, dit werkt.\n\n> @Gast schreef:\n> iets")
    assert "@{" in post.text and "Anna" not in post.text
    assert heard(post) == {"mentioned": {"Anna", "Host"}, "followed": {"Gast"}}


def test_who_is_named_in_the_opening_hears_of_it(members: Circle) -> None:
    topic = topic_in(members, members.anna, text="@Host, weet jij dit?")
    assert heard(topic.posts.get()) == {"mentioned": {"Host"}}


def test_who_mutes_hears_only_where_they_are_named(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    Reading.objects.filter(user=members.anna).update(wants=Reading.Wants.MUTE)
    assert heard(reply(topic, members.bram)) == {}
    assert heard(reply(topic, members.bram, text="@Anna?")) == {"mentioned": {"Anna"}}


def test_nobody_is_named_who_is_not_inside(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    post = reply(topic, members.bram, text="@Buiten, lees mee")
    assert post.text == "@Buiten, lees mee" and not post.mentions.exists()


def test_five_hundred_names_are_refused(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    with pytest.raises(Refused, match="Noem er hoogstens 10"):
        reply(topic, members.bram, text=" ".join(f"@naam{number}" for number in range(500)))


def test_a_new_account_waits_for_a_moderator_outside_its_circle(circle: Circle) -> None:
    topic = open_topic(circle.outsider, text="Kijk op https://a.example https://b.example https://c.example")
    assert topic.state == "held"
    assert set(Conversation.objects.visible_to(circle.outsider)) == {topic}
    assert not Conversation.objects.visible_to(circle.anna).exists()
    assert not Conversation.objects.visible_to(None).exists()


def test_a_closed_conversation_takes_nothing_more(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    with pytest.raises(NotAllowed):
        lock_conversation(topic, by=members.anna)
    lock_conversation(topic, by=members.host)
    with pytest.raises(Locked):
        reply(topic, members.bram)


def test_who_was_removed_writes_no_more(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    end_participation(Participation.objects.get(user=members.bram, ecosystem=members.kring), by=members.host)
    with pytest.raises(NotAllowed):
        reply(topic, members.bram)


def test_a_draft_goes_once_it_is_posted(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    save_draft(members.bram, place=draft_place(topic), text="Ik begon")
    reply(topic, members.bram)
    assert not Draft.objects.exists()


# --- changing


def test_a_change_keeps_how_it_was(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    post = reply(topic, members.bram, text="Eerst")
    changed = edit_post(post, by=members.bram, text="Later, @Anna", version=1)
    assert (changed.version, [each.text for each in changed.versions.all()]) == (2, ["Eerst"])
    assert heard(changed)["mentioned"] == {"Anna"}


def test_nobody_overwrites_what_they_did_not_see(members: Circle) -> None:
    from network.conversations.services import ChangedMeanwhile

    post = reply(topic_in(members, members.anna), members.bram, text="Eerst")
    edit_post(post, by=members.bram, text="Uit het ene venster", version=1)
    with pytest.raises(ChangedMeanwhile) as raised:
        edit_post(post, by=members.bram, text="Uit het andere", version=1)
    assert raised.value.post.text == "Uit het ene venster"


def test_after_a_day_it_stands(members: Circle) -> None:
    post = reply(topic_in(members, members.anna), members.bram)
    day_later = post.created_at + timezone.timedelta(hours=25)
    with pytest.raises(Refused, match="een dag lang"):
        edit_post(post, by=members.bram, text="Anders", version=1, at=day_later)
    with pytest.raises(NotAllowed):
        edit_post(post, by=members.anna, text="Van een ander", version=1)


def test_taken_back_words_are_gone(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    post = reply(topic, members.bram, text="Vergissing @Anna")
    edit_post(post, by=members.bram, text="Vergissing nog", version=1)
    with pytest.raises(NotAllowed):
        withdraw_post(post, by=members.anna)
    withdraw_post(post, by=members.bram)
    post.refresh_from_db()
    assert (post.text, post.html, post.versions.count(), post.mentions.count()) == ("", "", 0, 0)
    assert not Post.objects.visible_to(members.anna).filter(pk=post.pk).exists()


def test_posts_move_only_among_the_same_readers(members: Circle) -> None:
    secret, other, public = (
        topic_in(members, members.anna),
        topic_in(members, members.anna, title="Ander"),
        open_topic(members.anna),
    )
    post = reply(secret, members.bram)
    for target in (public,):
        with pytest.raises((Refused, NotAllowed)):
            move_posts([post], to=target, by=members.host)
    with pytest.raises(Refused, match="eerste bericht"):
        move_posts([secret.posts.get(number=1)], to=other, by=members.host)
    move_posts([post], to=other, by=members.host)
    post.refresh_from_db()
    assert (post.conversation, post.number) == (other, 2)
