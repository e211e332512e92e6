"""What happens at the same moment: one case, one decision, one answer, and never more places than there are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from network.moderation import services
from network.moderation.limits import WritingLimit
from network.moderation.models import Decision, ModerationCase, Report
from network.moderation.moderators import setup_moderators
from network.moderation.services import Choice, Refused, Told
from portal.accounts.models import User
from tests.at_once import at_once
from tests.network.moderation import notes
from tests.network.moderation.conftest import WHY
from tests.portal.organisations.people import make_person


@pytest.mark.django_db(transaction=True)
def test_ten_reports_make_one_case_and_two_moderators_one_decision() -> None:
    author, *readers = (make_person() for _number in range(9))
    moderators = [make_person(), make_person()]
    for each in moderators:
        each.groups.add(setup_moderators())
    number, at = notes.write(by=author), timezone.now()

    def report(by: User) -> Callable[[], Any]:
        told = Told("spam", "Reclame.")
        return lambda: services.report_thing(
            notes.CODE, number, told=told, by=by, reader=by, address="", at=at
        )

    # Two of them send their form twice.
    made = at_once(*(report(reader) for reader in [*readers, *readers[:2]]))
    assert all(isinstance(each, Report) for each in made), made
    case = ModerationCase.objects.get()
    assert Report.objects.count() == 8

    def decide(by: User, choice: Choice) -> Callable[[], Any]:
        return lambda: services.decide(case, choice=choice, by=by, at=at)

    found = at_once(decide(moderators[0], Choice("remove", **WHY)), decide(moderators[1], Choice("none")))
    assert Decision.objects.count() == 1
    assert sum(isinstance(each, Refused) and "Iemand anders" in str(each) for each in found) == 1, found
    assert notes.state_of(number) == ("removed" if Decision.objects.get().action == "remove" else "visible")


def test_a_limit_gives_no_more_places_than_there_are() -> None:
    limit, at = WritingLimit("race", 5, 3600), timezone.now()
    taken = at_once(*(lambda: limit.take("iemand", at) for _number in range(20)))
    assert sum(taken) == 5


def test_counting_first_and_writing_then_would_give_too_many() -> None:
    """The control: what the limit does otherwise than most."""
    all_have_read = threading.Barrier(20)

    def take() -> bool:
        counted = int(cache.get("race:naive", 0))
        all_have_read.wait()
        cache.set("race:naive", counted + 1)
        return counted < 5

    assert sum(at_once(*[take] * 20)) == 20
