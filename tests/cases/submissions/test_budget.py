"""What the page of a submission asks of the database, with few and with many things on it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.submissions.models import (
    CaseSubmission,
    ReaderQuestion,
    SubmissionCredit,
    SubmissionEvent,
    SubmissionProof,
)
from portal.accounts.models import User
from tests.cases.submissions.conftest import House, make_house, online, sent
from tests.network.ecosystems.conftest import person
from tests.portal.organisations.people import browser_of

BUDGET = 12


def fill(submission: CaseSubmission, house: House, first: int, until: int) -> None:
    """Of everything that can be on the page so many."""
    numbers = range(first, until)
    SubmissionEvent.objects.bulk_create(
        SubmissionEvent(submission=submission, kind=SubmissionEvent.Kind.ANSWER, text=f"Antwoord {number}")
        for number in numbers
    )
    ReaderQuestion.objects.bulk_create(
        ReaderQuestion(submission=submission, asker=house.stranger, text=f"Hoe {number}?")
        for number in numbers
    )
    SubmissionProof.objects.bulk_create(
        SubmissionProof(submission=submission, name=f"{number}.pdf", file=f"{number}.pdf", bytes=1)
        for number in numbers
    )
    SubmissionCredit.objects.bulk_create(
        SubmissionCredit(submission=submission, user=person(f"naam{submission.pk}x{number}"))
        for number in numbers
    )


def price(submission: CaseSubmission, reader: User) -> int:
    browser, address = browser_of(reader), submission.get_absolute_url()
    browser.get(address)  # what is the same for everybody is kept from now on
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


@pytest.mark.django_db(transaction=True)
def test_the_page_costs_the_same_for_three_and_twenty_five() -> None:
    """With real transactions: within one nothing is kept between requests."""
    with transaction.atomic():
        house = make_house()
        waiting, standing = sent(house, title="In de rij"), online(house, title="Online")
        for each in (waiting, standing):
            fill(each, house, 0, 3)
    few = [price(each, reader) for each in (waiting, standing) for reader in (house.writer, house.boss)]
    assert "Hoe 2?" in browser_of(house.writer).get(standing.get_absolute_url()).content.decode()
    with transaction.atomic():
        for each in (waiting, standing):
            fill(each, house, 3, 25)
    many = [price(each, reader) for each in (waiting, standing) for reader in (house.writer, house.boss)]
    assert many == few
    assert max(few) <= BUDGET, few
