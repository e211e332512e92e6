"""Who hears of news: everybody who takes part, once, in a mail a day; and nothing of what can't be read."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.conversations.models import Conversation, Post, Reading
from network.conversations.services import choose_wants, set_post_state, withdraw_post
from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation, people_to_tell
from network.forum.models import Announcement, Topic
from network.forum.services import main_room, move_topic, tell_news
from network.forum.services import news as telling
from network.forum.services.news import NEWS
from portal.accounts.models import User
from portal.background.models import Schedule
from portal.notifications.kinds import Frequency, find
from portal.notifications.mailing import mail_due
from portal.notifications.models import Notification
from portal.notifications.services import set_frequencies
from portal.notifications.showing import listed
from tests.network.ecosystems.conftest import Circle, person
from tests.network.forum.conftest import news_in

pytestmark = pytest.mark.django_db
LINKS = "Zie https://een.example/ en https://twee.example/ en https://drie.example/ voor wat we besloten."


def told() -> list[str]:
    rows = Notification.objects.filter(kind=NEWS).order_by("recipient__name", "pk")
    return list(rows.values_list("recipient__name", flat=True))


def reads(user: User) -> list[str]:
    return [view.text for view in listed(user).views]


def test_who_takes_part_hears_of_it_in_the_mail_of_the_day(members: Circle) -> None:
    news = news_in(members.kring, members.host, "We kiezen een bord")
    assert told() == [] and Schedule.objects.filter(name="forum.tell-news").exists() is False
    number = people_to_tell(members.kring.pk, but=members.host.pk).count()
    assert tell_news() == number == 3 and tell_news() == 0
    assert told() == ["Anna", "Bram", "Gast"]
    assert reads(members.anna) == ["Nieuws: “We kiezen een bord”"]
    view = listed(members.anna).views[0]
    assert view.context == "ElektroKring"
    assert find(NEWS).default == Frequency.DAILY
    due = Notification.objects.get(recipient=members.anna).mail_due_at
    assert due is not None and timezone.localtime(due).hour == 7 and due > timezone.now()
    assert Announcement.objects.get().reached == 0  # no number of a person stays
    assert news.posts.get().pk == Notification.objects.filter(kind=NEWS).first().object_id


def test_who_wants_no_mail_of_it_gets_none(members: Circle) -> None:
    set_frequencies(members.anna, chosen={NEWS: "off"})
    set_frequencies(members.bram, chosen={NEWS: "direct"})
    news_in(members.kring, members.host)
    tell_news()
    due = dict(Notification.objects.filter(kind=NEWS).values_list("recipient__name", "mail_due_at"))
    assert due["Anna"] is None and due["Bram"] < due["Gast"]
    assert len(reads(members.anna)) == 1


def test_a_group_tells_its_own_people(members: Circle) -> None:
    news_in(members.group, members.host)
    tell_news()
    assert told() == ["Anna"]


def test_who_left_or_muted_it_meanwhile_hears_nothing(members: Circle) -> None:
    news = news_in(members.kring, members.host)
    end_participation(Participation.objects.get(user=members.bram, ecosystem=members.kring), by=members.host)
    choose_wants(news, by=members.guest, wants=Reading.Wants.MUTE)
    tell_news()
    assert told() == ["Anna"]


def test_who_leaves_afterwards_reads_nothing_of_it(members: Circle) -> None:
    news_in(members.kring, members.host)
    tell_news()
    assert len(reads(members.bram)) == 1
    end_participation(Participation.objects.get(user=members.bram, ecosystem=members.kring), by=members.host)
    assert reads(members.bram) == [] and listed(members.bram).new == 0
    mail_due(timezone.now() + datetime.timedelta(days=2))
    assert Notification.objects.get(recipient=members.bram).mailed_at is None
    assert Notification.objects.get(recipient=members.anna).mailed_at is not None


@pytest.mark.parametrize("state", ["hidden", "removed", "withdrawn"])
def test_of_what_can_not_be_read_nobody_hears(members: Circle, state: str) -> None:
    post = news_in(members.kring, members.host).posts.get()
    if state == "withdrawn":
        withdraw_post(post, by=members.host)
    else:
        set_post_state(post.pk, state)
    assert tell_news() == 0 and told() == []


def test_what_is_held_is_told_once_it_was_let_through_and_once(circle: Circle) -> None:
    """The host is new here, and so many links wait for a moderator."""
    news = news_in(circle.kring, circle.host, text=LINKS)
    post = news.posts.get()
    assert post.state == Post.State.HELD
    assert tell_news() == 0 and told() == []
    set_post_state(post.pk, "visible")
    assert tell_news() == 3 and told() == ["Anna", "Bram", "Gast"]
    for state in ("held", "visible", "hidden", "visible"):
        set_post_state(post.pk, state)
        assert tell_news() == 0
    assert told() == ["Anna", "Bram", "Gast"]


def test_what_is_moved_is_not_told(members: Circle) -> None:
    """As talk it is no news; and what a manager put among the news afterwards was read before."""
    news = news_in(members.kring, members.host)
    room = news.topic.room
    move_topic(news.topic, to=main_room(members.kring), by=members.host)
    assert tell_news() == 0 and told() == []
    move_topic(Topic.objects.get(pk=news.pk), to=room, by=members.host)
    assert tell_news() == 3


def test_it_goes_on_where_somebody_fell_over(members: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("network.ecosystems.services.telling.PORTION", 2)
    news_in(members.kring, members.host)
    with pytest.raises(RuntimeError), monkeypatch.context() as broken:
        batches: list[int] = []

        def notify_once(*given: object, **more: object) -> None:
            batches.append(1)
            if len(batches) > 1:
                raise RuntimeError
            original(*given, **more)  # type: ignore[arg-type]

        original = telling.notify
        broken.setattr(telling, "notify", notify_once)
        tell_news()
    assert len(told()) == 2
    assert tell_news() == 1 and told() == ["Anna", "Bram", "Gast"]


def test_writing_costs_the_same_for_few_and_for_many(members: Circle) -> None:
    """Nobody waits for the telling; and telling costs by the batch."""

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as writing:
            news_in(members.kring, members.host)
        with CaptureQueriesContext(connection) as spreading:
            tell_news()
        return len(writing), len(spreading)

    news_in(members.kring, members.host)
    tell_news()
    few = cost()
    with transaction.atomic():
        for number in range(25):
            members.take_part(person(f"deelnemer{number}"), guest_until=timezone.localdate())
    many = cost()
    assert few == many and Notification.objects.filter(kind=NEWS).count() == 3 + 3 + 28
    assert Conversation.objects.count() == 3
