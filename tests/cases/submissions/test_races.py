"""Many at the same moment, with real transactions: what must hold, holds."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from cases.models import CasePage
from cases.submissions import services
from cases.submissions.models import CaseSubmission, SubmissionEvent
from cases.submissions.services import ChangedMeanwhile, PageChanged
from cases.submissions.steps import SITUATION
from tests.at_once import at_once
from tests.cases.submissions.conftest import House, make_house, sent, taken_up, write

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


@pytest.fixture
def real_house(transactional_db: None) -> House:
    with transaction.atomic():
        return make_house()


def raised(outcomes: list[Any]) -> list[type[Exception]]:
    return [type(each) for each in outcomes if isinstance(each, Exception)]


def test_of_twenty_changes_of_a_page_one_is_kept(real_house: House) -> None:
    """The losers get both texts; without the lock each would have overwritten the one before."""
    house = real_house
    with transaction.atomic():
        submission = taken_up(house)
    page = CasePage.objects.get()
    texts, seen = services.texts_of(page)
    deeds = [
        partial(
            services.revise_page, submission, by=house.writer, seen=seen, texts={**texts, "title": f"Titel {number}"}
        )
        for number in range(MANY)
    ]  # fmt: skip
    outcomes = at_once(*deeds)
    assert raised(outcomes) == [PageChanged] * (MANY - 1)
    page.refresh_from_db()
    won = [number for number, outcome in enumerate(outcomes) if outcome is None]
    assert page.get_latest_revision_as_object().title == f"Titel {won[0]}"
    assert page.revisions.count() == 2


def test_of_many_windows_one_keeps_a_step_and_many_clicks_are_one_page(real_house: House) -> None:
    house = real_house
    with transaction.atomic():
        draft, waiting = write(house), sent(house, title="In de rij")
    seen = draft.step_version(SITUATION)
    given = {"theme": draft.theme, "situation": "Anders"}
    saves = [
        partial(
            services.save_step, draft, step=SITUATION, by=house.writer, seen=seen, values={**given, "title": f"T{number}"}
        )
        for number in range(8)
    ]  # fmt: skip
    assert raised(at_once(*saves)) == [ChangedMeanwhile] * 7
    assert raised(at_once(*[partial(services.take_up, waiting, by=house.editor)] * 5)) == []
    assert CasePage.objects.count() == 1
    assert SubmissionEvent.objects.filter(kind="taken-up").count() == 1
    assert raised(at_once(*[partial(services.begin_submission, by=house.stranger)] * 8)) == []
    assert CaseSubmission.objects.filter(author=house.stranger).count() == 1


def test_without_asking_what_stands_now_changes_are_lost(real_house: House) -> None:
    """The control: who looks first and writes then, without holding the row, overwrites the others."""
    house = real_house
    with transaction.atomic():
        taken_up(house)
    seen = CasePage.objects.get().latest_revision_id
    all_looked = threading.Barrier(4)

    def careless(title: str) -> None:
        page: Any = CasePage.objects.get()
        assert page.latest_revision_id == seen
        all_looked.wait(10)
        page.title = title
        with transaction.atomic():
            page.save_revision(user=house.writer)

    outcomes = at_once(*[partial(careless, f"Titel {number}") for number in range(4)])
    assert raised(outcomes) == []
    assert CasePage.objects.get().revisions.count() == 5  # all thought that they were the first
