"""Pictures below posts: with the draft first, then seen by exactly who sees the post, and gone with it."""

from __future__ import annotations

import datetime
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.conversations.models import Draft, Post, PostVersion
from network.conversations.personal_data import earlier_versions, posts
from network.conversations.pictures import OF_EARLIER, OF_POST, of_draft, of_post, on_posts, small_size
from network.conversations.rules import EDIT_WINDOW, MOST_DRAFTS
from network.conversations.services import (
    NotAllowed,
    Refused,
    add_picture,
    change_place,
    drop_draft,
    drop_picture,
    edit_post,
    move_posts,
    save_draft,
    set_post_state,
    withdraw_post,
)
from network.conversations.services.posting import draft_place
from network.conversations.services.retention import KEEP_DRAFTS, forget_old
from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from network.forum.services import begin_topic, main_room, make_room, move_topic, split_topic
from network.moderation.models import ModerationCase, WrittenText
from portal.accounts.models import User
from portal.media.inspection import UploadRefused
from portal.media.models import MemberImage, UploadCount
from portal.media.services import forget_left_images
from portal.privacy.services import erase_account
from tests.factories.media import upload
from tests.network.conversations.conftest import open_topic, picture, pictured, reply, topic_in
from tests.network.ecosystems.conftest import Circle, read, send
from tests.network.moderation.conftest import make_moderator
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("member_files")]
CANARY = "kanarievogel"
WAYS: list[tuple[str, dict[str, str]]] = [
    ("get", {}),
    ("head", {}),
    ("get", {"Range": "bytes=0-0"}),
    ("get", {"If-None-Match": "*"}),
]


def below(post: Post) -> list[str]:
    return [image.alt for image in of_post(post.pk)]


def files(place: Path) -> int:
    return sum(1 for path in place.rglob("*") if path.is_file())


def answers(image: MemberImage, reader: User | None) -> set[int]:
    """What both sizes answer, in each way of asking."""
    client = browser_of(reader)
    return {
        getattr(client, method)(url, headers=headers).status_code
        for url in (image.get_absolute_url(), image.small_url)
        for method, headers in WAYS
    }


# --- with the draft ---------------------------------------------------------------------------------------------------


def test_a_picture_waits_with_the_draft_and_goes_along_when_it_is_posted(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    place = draft_place(topic)
    image = picture(members.bram, place, "Het planbord")
    assert [each.pk for each in of_draft(members.bram, place)] == [image.pk]
    assert (answers(image, members.bram), answers(image, members.anna)) == ({200}, {404})
    post = reply(topic, members.bram)
    assert below(post) == ["Het planbord"]
    assert not Draft.objects.exists()
    assert answers(image, members.anna) == {200}


def test_a_topic_takes_the_pictures_of_its_own_draft_alone(members: Circle) -> None:
    picture(members.anna, "forum:1", "Mee")
    picture(members.anna, "question", "Elders")
    picture(members.bram, "forum:1", "Van een ander")
    topic = begin_topic(
        main_room(members.kring),
        by=members.anna,
        title="Borden",
        text="Wie?",
        token=uuid.uuid4(),
        draft="forum:1",
    )
    assert below(topic.conversation.posts.get()) == ["Mee"]
    assert sorted(Draft.objects.values_list("user", "place")) == sorted(
        [(members.anna.pk, "question"), (members.bram.pk, "forum:1")]
    )


def test_four_below_one_post_and_no_more(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    place = draft_place(topic)
    for number in range(4):
        picture(members.bram, place, f"Nummer {number}")
    with pytest.raises(Refused, match="hoogstens 4"):
        picture(members.bram, place)
    first = of_draft(members.bram, place)[0]
    assert not drop_picture(members.anna, place=place, uuid=first.uuid)
    assert drop_picture(members.bram, place=place, uuid=first.uuid)
    picture(members.bram, place, "Toch nog een")
    assert below(reply(topic, members.bram)) == ["Nummer 1", "Nummer 2", "Nummer 3", "Toch nog een"]


@pytest.mark.parametrize(("days", "texts"), [(2, 5), (30, 1)])
def test_who_is_new_sends_none_and_reads_why(members: Circle, days: int, texts: int) -> None:
    new = members.outsider
    WrittenText.objects.filter(author=new).delete()
    User.objects.filter(pk=new.pk).update(date_joined=timezone.now() - datetime.timedelta(days=days))
    new.refresh_from_db()
    for number in range(texts):
        WrittenText.objects.create(author=new, fingerprint=f"{number}", was_held=False, at=timezone.now())
    with pytest.raises(Refused, match="7 dagen lid"):
        picture(new, "question")
    assert not MemberImage.objects.exists() and not UploadCount.objects.exists()


def test_without_words_or_without_a_picture_there_is_none(members: Circle) -> None:
    with pytest.raises(Refused, match="Schrijf wat er op het beeld staat"):
        picture(members.bram, "question", "  ")
    with pytest.raises(UploadRefused, match="geen afbeelding"):
        add_picture(members.bram, place="question", upload=upload("foto.png", b"onzin"), alt="Onzin")
    assert not Draft.objects.exists() and not MemberImage.objects.exists()
    assert UploadCount.objects.get().number == 1  # nonsense counts too


def test_a_draft_that_holds_pictures_keeps_them_however_long(
    members: Circle, django_capture_on_commit_callbacks: Any, member_files: Path
) -> None:
    image = picture(members.bram, "question")
    save_draft(members.bram, place="question", text="")  # nothing typed, but there is a picture
    now = timezone.now()
    MemberImage.objects.update(created_at=now - datetime.timedelta(days=30))
    assert forget_left_images(now) == 0
    assert list(of_draft(members.bram, "question")) == [image]
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old(now + KEEP_DRAFTS + datetime.timedelta(days=1)) == 1
    assert not MemberImage.objects.exists() and files(member_files) == 0


def test_a_draft_that_goes_frees_its_pictures(
    members: Circle, django_capture_on_commit_callbacks: Any, member_files: Path
) -> None:
    picture(members.bram, "oud")
    Draft.objects.update(saved_at=timezone.now() - datetime.timedelta(days=1))
    picture(members.bram, "weg")
    with django_capture_on_commit_callbacks(execute=True):
        drop_draft(members.bram, place="weg")
        for number in range(MOST_DRAFTS):
            save_draft(members.bram, place=f"plek:{number}", text="Ik begon")
    assert not MemberImage.objects.exists() and files(member_files) == 0
    picture(members.bram, "verdwenen")
    Draft.objects.all().delete()  # as nothing does: the night finds what hangs on nothing
    MemberImage.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))
    assert forget_left_images(timezone.now()) == 1


def test_what_is_said_of_a_picture_is_judged_with_the_text(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    links = " ".join(f"https://w{number}.nl/" for number in range(11))
    assert pictured(topic, members.bram, alt=links).state == Post.State.HELD
    assert pictured(topic, members.guest).state == Post.State.VISIBLE


# --- who sees it ------------------------------------------------------------------------------------------------------


def test_it_is_seen_by_exactly_who_sees_the_post(members: Circle) -> None:
    """In an ecosystem that others don't know of: by who takes part, and by nobody else, however they ask."""
    topic = topic_in(members, members.anna)
    post = pictured(topic, members.bram, alt=CANARY)
    [image] = of_post(post.pk)
    moderator, administrator = make_moderator(), User.objects.create_superuser("baas@portaal.example", "x")
    for reader in (members.bram, members.anna, members.host, members.guest):
        assert answers(image, reader) == {200}
    for stranger in (None, members.outsider, moderator, administrator):
        assert answers(image, stranger) == {404}
    assert CANARY in read(members.anna, topic.get_absolute_url())
    end_participation(Participation.objects.get(user=members.guest, ecosystem=members.kring), by=members.host)
    assert answers(image, members.guest) == {404}


def test_what_everybody_reads_everybody_sees(members: Circle) -> None:
    post = pictured(open_topic(members.anna), members.bram)
    [image] = of_post(post.pk)
    assert answers(image, None) == {200}


@pytest.mark.parametrize(
    ("state", "author"), [("held", 200), ("hidden", 200), ("removed", 404), ("withdrawn", 404)]
)
def test_what_is_held_back_hides_its_pictures(members: Circle, state: str, author: int) -> None:
    topic = open_topic(members.anna)
    post = pictured(topic, members.bram, alt=CANARY)
    [image] = of_post(post.pk)
    set_post_state(post.pk, state)
    assert answers(image, members.bram) == {author}
    for reader in (None, members.anna, members.outsider, members.host):
        assert answers(image, reader) == {404}
        assert CANARY not in read(reader, topic.get_absolute_url())
    set_post_state(post.pk, "visible")
    assert answers(image, None) == {200}


def test_with_the_opening_all_below_is_hidden(members: Circle) -> None:
    topic = open_topic(members.anna)
    [image] = of_post(pictured(topic, members.bram).pk)
    set_post_state(topic.posts.get(number=1).pk, "hidden")
    assert (answers(image, None), answers(image, members.outsider)) == ({404}, {404})


def test_a_moderator_sees_what_was_reported_after_opening_it(members: Circle) -> None:
    topic, moderator = topic_in(members, members.anna), make_moderator()
    post, other = pictured(topic, members.bram, alt=CANARY), pictured(topic, members.guest)
    [image], [elsewhere] = of_post(post.pk), of_post(other.pk)
    said = {"category": "spam", "text": "Reclame op de foto.", "is_sincere": "on"}
    send(members.anna, f"/melden/post/{post.pk}/", **said)
    case = ModerationCase.objects.get()
    assert answers(image, moderator) == {404}
    assert CANARY not in read(moderator, f"/moderatie/zaken/{case.pk}/")
    page = send(moderator, f"/moderatie/zaken/{case.pk}/openen/", reason="")
    assert CANARY in page and image.small_url in page
    assert (answers(image, moderator), answers(elsewhere, moderator)) == ({200}, {404})
    set_post_state(post.pk, "removed")
    assert (answers(image, moderator), answers(image, members.bram)) == ({200}, {404})
    assert image.small_url in read(members.host, f"/moderatie/zaken/{case.pk}/")


# --- changed, moved, taken back ---------------------------------------------------------------------------------------


def test_a_change_keeps_which_pictures_stood_there(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    picture(members.bram, draft_place(topic), "Blijft")
    post = pictured(topic, members.bram, alt="Gaat", text="Eerst")
    stays, goes = of_post(post.pk)
    added = picture(members.bram, change_place(post), "Komt", beside=1)
    assert (answers(added, members.bram), answers(added, members.anna)) == ({200}, {404})
    changed = edit_post(post, by=members.bram, text="Eerst", version=1, without=[goes.uuid])
    assert (changed.version, below(changed)) == (2, ["Blijft", "Komt"])
    assert PostVersion.objects.get().pictures == [str(stays.uuid), str(goes.uuid)]
    history = read(members.anna, f"/berichten/{post.pk}/versies/")
    now, before = history.split("Tot ", 1)
    assert [alt for alt in ("Blijft", "Gaat", "Komt") if f'alt="{alt}"' in now] == ["Blijft", "Komt"]
    assert [alt for alt in ("Blijft", "Gaat", "Komt") if f'alt="{alt}"' in before] == ["Blijft", "Gaat"]
    assert (answers(goes, members.anna), answers(goes, members.outsider)) == ({200}, {404})
    assert edit_post(changed, by=members.bram, text="Eerst", version=2).version == 2  # nothing changed


def test_a_change_may_not_pass_the_limit_nor_take_from_others(members: Circle) -> None:
    topic = topic_in(members, members.anna)
    for number in range(3):
        picture(members.bram, draft_place(topic), f"{number}")
    post = pictured(topic, members.bram)
    with pytest.raises(Refused, match="hoogstens 4"):
        picture(members.bram, change_place(post), beside=4)
    picture(members.bram, change_place(post), "Te veel")  # as if two windows each saw room for one
    with pytest.raises(Refused, match="hoogstens 4"):
        edit_post(post, by=members.bram, text="Meer", version=1)
    theirs = of_post(pictured(topic, members.anna, alt="Van Anna").pk).get()
    edit_post(post, by=members.bram, text="Meer", version=1, without=[theirs.uuid, of_post(post.pk)[0].uuid])
    theirs.refresh_from_db()
    assert (theirs.purpose, len(below(post))) == (OF_POST, 4)


def test_what_was_added_to_a_change_that_never_came_is_gone_after_a_day(members: Circle) -> None:
    post = pictured(topic_in(members, members.anna), members.bram)
    picture(members.bram, change_place(post), "Nooit bewaard")
    picture(members.bram, "question", "Blijft")
    now = timezone.now()
    assert forget_old(now) == 0
    assert forget_old(now + EDIT_WINDOW + datetime.timedelta(minutes=1)) == 1
    assert sorted(MemberImage.objects.values_list("alt", flat=True)) == ["Blijft", "Een planbord"]


def test_who_takes_a_post_back_takes_its_pictures_along(
    members: Circle, django_capture_on_commit_callbacks: Any, member_files: Path
) -> None:
    post = pictured(topic_in(members, members.anna), members.bram)
    edit_post(post, by=members.bram, text="Anders", version=1, without=[of_post(post.pk).get().uuid])
    assert MemberImage.objects.get().purpose == OF_EARLIER
    with pytest.raises(NotAllowed):
        withdraw_post(post, by=members.anna)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_post(post, by=members.bram)
    assert not MemberImage.objects.exists() and files(member_files) == 0


def test_what_is_moved_and_split_keeps_its_pictures(members: Circle) -> None:
    topic, other = topic_in(members, members.anna), topic_in(members, members.anna, title="Ander")
    moved, split = (
        pictured(topic, members.bram, alt="Verzet"),
        pictured(topic, members.guest, alt="Gesplitst"),
    )
    move_posts([moved], to=other, by=members.host)
    new = split_topic(topic.topic, posts=[split], title="Nieuw", by=members.host)
    move_topic(new, to=make_room(ecosystem=members.kring, name="Techniek", by=members.host), by=members.host)
    assert 'alt="Verzet"' in read(members.anna, other.get_absolute_url())
    assert 'alt="Gesplitst"' in read(members.anna, new.conversation.get_absolute_url())
    assert {alt for post in (moved, split) for alt in below(post)} == {"Verzet", "Gesplitst"}
    MemberImage.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))
    assert forget_left_images(timezone.now()) == 0


# --- leaving ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("texts_go", [False, True])
def test_with_an_account_all_its_pictures_go(
    members: Circle, texts_go: bool, django_capture_on_commit_callbacks: Any, member_files: Path
) -> None:
    """A picture tells whose it was, however well the name is gone; those of others stay."""
    topic = topic_in(members, members.anna)
    post, theirs = (
        pictured(topic, members.bram, text="Dit blijft"),
        pictured(topic, members.guest, alt="Van de gast"),
    )
    edit_post(
        post, by=members.bram, text="Dit blijft staan", version=1, without=[of_post(post.pk).get().uuid]
    )
    picture(members.bram, draft_place(topic), "In een concept")
    pictured(topic, members.bram, alt="Onder een bericht")
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(members.bram, texts_go=texts_go, at=timezone.now())
    assert list(MemberImage.objects.values_list("alt", flat=True)) == ["Van de gast"]
    assert files(member_files) == 2
    post.refresh_from_db()
    assert (post.author, bool(post.text)) == (None, not texts_go)
    assert below(theirs) == ["Van de gast"]


def test_what_somebody_takes_along_says_which_picture_was_where(members: Circle) -> None:
    post = pictured(topic_in(members, members.anna), members.bram, alt="Het bord")
    [row] = posts(members.bram)
    image = of_post(post.pk).get()
    assert row["beelden"] == f"{image.uuid}: Het bord"
    edit_post(post, by=members.bram, text="Anders", version=1, words={image.uuid: "Het bord op maandag"})
    [earlier] = earlier_versions(members.bram)
    assert earlier["beelden"] == f"{image.uuid}: Het bord"


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_page_of_pictures_asks_as_much_as_one(members: Circle) -> None:
    topic, counted = topic_in(members, members.anna), []
    for number in (3, 25):
        while topic.posts.count() < number:
            pictured(topic, members.bram, text=f"Bericht {topic.posts.count()}")
            UploadCount.objects.all().delete()
            cache.clear()  # of how much they write in how little time
        client = browser_of(members.anna)
        client.get(topic.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            page = client.get(topic.get_absolute_url()).content.decode()
        counted.append(len(queries))
        assert page.count("pictures__picture") == min(number, 20) - 1
    assert counted[0] == counted[1] <= 15, counted
    with CaptureQueriesContext(connection) as queries:
        assert len(on_posts(topic.posts.values_list("pk", flat=True))) == 24
    assert len(queries) == 2


def test_a_small_picture_has_its_size_before_it_is_there(members: Circle) -> None:
    assert [small_size(*size) for size in ((1600, 800), (60, 40), (300, 1600), (1, 1600))] == [
        (400, 200), (60, 40), (75, 400), (1, 400),
    ]  # fmt: skip
    topic = topic_in(members, members.anna)
    image = of_post(pictured(topic, members.bram, alt='Een "bord" & meer').pk).get()
    page = browser_of(members.anna).get(topic.get_absolute_url()).content.decode()
    assert (
        f'<a href="{image.get_absolute_url()}"><img class="pictures__picture" '
        f'src="{image.small_url}" alt="Een &quot;bord&quot; &amp; meer" width="60" height="40" loading="lazy"'
    ) in page
