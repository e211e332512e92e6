"""Who is told of what: once, never oneself, and never what was said already by a better name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.notifications.kinds import Frequency, Kind, register
from portal.notifications.models import Notification
from portal.notifications.services import (
    KEEP_SEEN,
    KEEP_UNSEEN,
    forget,
    forget_old,
    mark_all_seen,
    mark_seen,
    notify,
)
from tests.portal.notifications.conftest import FRIDAY, NEWS, REPLY, show
from tests.portal.organisations.people import make_person

pytestmark = pytest.mark.django_db


def told(kind: str = NEWS) -> list[User]:
    return [row.recipient for row in Notification.objects.filter(kind=kind).order_by("recipient")]


def test_people_by_themselves_or_by_number_are_told_once(reader: User) -> None:
    other = make_person()
    for _number in range(2):
        notify(NEWS, recipients=[reader, other.pk, reader.pk], object_id=7)
    assert told() == [reader, other]


def test_neither_the_actor_nor_who_is_inactive_is_told(reader: User) -> None:
    gone = make_person(is_active=False)
    actor = make_person()
    notify(NEWS, recipients=[reader, gone, actor], object_id=7, actor=actor)
    assert told() == [reader]
    assert Notification.objects.get().actor == actor


def test_who_was_told_by_another_kind_of_the_same_object_is_not_told_again(reader: User) -> None:
    other = make_person()
    notify(REPLY, recipients=[reader], object_id=7)
    notify(NEWS, recipients=[reader, other], object_id=7, unless=[REPLY])
    assert told() == [other]
    notify(NEWS, recipients=[reader], object_id=8, unless=[REPLY])
    assert told() == [reader, other]


def test_an_unknown_kind_is_refused(reader: User) -> None:
    with pytest.raises(LookupError, match="test-news"):
        notify("zomaar", recipients=[reader], object_id=7)


def test_a_kind_is_registered_once() -> None:
    with pytest.raises(ValueError, match=NEWS):
        register(Kind(NEWS, "", "", Frequency.OFF, show))


def test_it_belongs_to_the_transaction_of_what_it_tells(reader: User) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        notify(NEWS, recipients=[reader], object_id=7)
        raise RuntimeError
    assert told() == []


@pytest.mark.parametrize("number", [3, 25])
def test_many_people_cost_as_much_as_a_few(number: int, django_assert_num_queries: Any) -> None:
    people = [make_person() for _each in range(number)]
    with django_assert_num_queries(5):  # people, their wishes, the rows; and a savepoint with its end
        notify(NEWS, recipients=people, object_id=7)
    assert len(told()) == number


def test_what_is_gone_is_told_to_nobody(reader: User) -> None:
    for object_id in (7, 8):
        notify(NEWS, recipients=[reader], object_id=object_id)
        notify(REPLY, recipients=[reader], object_id=object_id)
    forget(NEWS, [7])
    left = set(Notification.objects.values_list("kind", "object_id"))
    assert left == {(NEWS, 8), (REPLY, 7), (REPLY, 8)}


def test_one_sees_only_ones_own(reader: User) -> None:
    other = make_person()
    notify(NEWS, recipients=[reader, other], object_id=7)
    mark_seen(reader, list(Notification.objects.all()))
    assert list(Notification.objects.unseen().values_list("recipient", flat=True)) == [other.pk]
    mark_all_seen(other)
    assert not Notification.objects.unseen().exists()


def test_what_came_after_the_screen_was_made_stays_new(reader: User) -> None:
    notify(NEWS, recipients=[reader], object_id=7)
    newest = Notification.objects.get().pk
    notify(NEWS, recipients=[reader], object_id=8)
    mark_all_seen(reader, until=newest)
    assert Notification.objects.unseen().get().object_id == 8


def test_what_is_over_is_kept_no_longer(reader: User) -> None:
    for object_id, days in ((1, KEEP_SEEN), (2, KEEP_SEEN), (3, KEEP_UNSEEN)):
        notify(NEWS, recipients=[reader], object_id=object_id, at=FRIDAY - days)
    mark_seen(reader, Notification.objects.filter(object_id=1))
    assert forget_old(FRIDAY) == 0
    assert forget_old(FRIDAY + timedelta(seconds=1)) == 2
    assert Notification.objects.get().object_id == 2


def test_who_leaves_takes_their_notifications_along(reader: User) -> None:
    actor = make_person()
    notify(NEWS, recipients=[reader], object_id=7, actor=actor)
    actor.delete()
    assert Notification.objects.get().actor is None
    reader.delete()
    assert not Notification.objects.exists()


def test_the_database_itself_keeps_a_seen_one_from_being_mailed(reader: User) -> None:
    notify(NEWS, recipients=[reader], object_id=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.update(seen_at=timezone.now())
