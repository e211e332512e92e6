"""What a case on its way tells others than its author: no title that was never theirs to read, no word of another."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.submissions import rules, services
from cases.submissions.models import CaseSubmission, SubmissionProof
from portal.evidence.models import Source
from portal.organisations.models import Membership
from portal.privacy.registry import find
from tests.cases.submissions.conftest import House, keep, online, told, write
from tests.cases.submissions.test_afterwards import proposal
from tests.network.ecosystems.conftest import read
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db
CANARY = "Ontslagronde"
STEP = "/praktijkvoorbeeld-insturen/{}/stap/{}/"


def test_a_reader_hears_the_title_of_the_page_not_what_its_maker_called_it(house: House) -> None:
    submission = online(house, title=f"Na de {CANARY} zochten we minder")
    page: Any = submission.page
    page.title = "Minder zoeken"
    page.save_revision().publish()
    submission.refresh_from_db()
    asked = services.ask_maker(submission, by=house.stranger, text="Hoe begon dat?", token=uuid.uuid4())
    services.answer_reader(asked, by=house.writer, text="Met tellen.")
    assert told(house.stranger) == ["De maker van “Minder zoeken” beantwoordt je vraag"]
    assert CANARY not in read(house.stranger, asked.get_absolute_url())
    assert CANARY not in str(export("submissions.ReaderQuestion.asker", house.stranger))


def export(field: str, user: Any) -> list[Any]:
    entry: Any = find(field)
    return entry.taken_by(user)


def test_who_will_be_named_learns_of_a_draft_once_it_is_sent(house: House) -> None:
    submission = write(house, title=CANARY, people=[house.colleague.pk])
    assert submission.credits.get().user == house.colleague
    assert export("submissions.SubmissionCredit.user", house.colleague) == []
    services.send_submission(submission, by=house.writer)
    services.approve_submission(
        submission, by=house.boss, seen=CaseSubmission.objects.get(pk=submission.pk).version
    )
    assert CANARY in str(export("submissions.SubmissionCredit.user", house.colleague))


def test_what_one_company_sent_back_is_no_business_of_the_next(house: House) -> None:
    Membership.objects.create(organisation=house.elders, user=house.writer, role="member")
    submission = write(house)
    services.send_submission(submission, by=house.writer)
    services.send_back(submission, by=house.boss, remark=f"Noem de {CANARY} niet")
    assert CANARY in read(house.writer, submission.get_absolute_url())
    keep(
        submission, "bedrijf", organisation=house.elders, names_author=False, takes_questions=True, people=[]
    )  # fmt: skip
    submission.refresh_from_db()
    services.send_submission(submission, by=house.writer)
    page = read(house.stranger, submission.get_absolute_url())
    assert "Minder zoeken" in page and CANARY not in page
    assert CANARY in read(house.writer, submission.get_absolute_url())


def test_what_a_manager_takes_along_tells_nothing_of_a_text_that_went_elsewhere(house: House) -> None:
    submission = write(house)
    services.send_submission(submission, by=house.writer)
    services.send_back(submission, by=house.boss, remark="Noem de klant niet")
    CaseSubmission.objects.filter(pk=submission.pk).update(title=CANARY)
    taken = str(export("submissions.SubmissionEvent.actor", house.boss))
    assert "Noem de klant niet" in taken and CANARY not in taken
    assert CANARY in str(export("submissions.SubmissionEvent.actor", house.writer))


def test_nobody_fills_the_disk_by_beginning_and_withdrawing(house: House) -> None:
    for _number in range(rules.MOST_A_DAY):
        submission = services.begin_submission(by=house.writer)
        upload = SimpleUploadedFile("bewijs.txt", b"geteld", "text/plain")
        services.add_proof(submission, upload=upload, by=house.writer)
        services.withdraw_submission(submission, by=house.writer)
    assert not SubmissionProof.objects.exists()
    with pytest.raises(services.Refused, match="vandaag"):
        services.begin_submission(by=house.writer)
    CaseSubmission.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert services.begin_submission(by=house.writer).pk


def test_nobody_fills_the_mailbox_of_a_manager_by_sending_it_again(house: House) -> None:
    submission = write(house)
    for _time in range(rules.MOST_SENT_A_DAY):
        services.send_submission(submission, by=house.writer)
        services.recall_submission(submission, by=house.writer)
    with pytest.raises(services.Refused, match="vandaag"):
        services.send_submission(submission, by=house.writer)
    submission.events.update(at=timezone.now() - timedelta(days=2))
    assert services.send_submission(submission, by=house.writer).state == "with-manager"


@pytest.mark.parametrize("step", ["situatie", "resultaten"])
def test_a_field_that_no_form_has_is_kept_without_what_no_database_takes(house: House, step: str) -> None:
    submission = services.begin_submission(by=house.writer)
    answer = browser_of(house.writer).post(
        STEP.format(submission.pk, step), {"a\x00b": "x\x00y", "title": "", "actie": "later"}
    )
    assert answer.status_code == 302
    submission.refresh_from_db()
    assert submission.typed[step]["data"]["ab"] == ["xy"]


@pytest.mark.parametrize("named", [True, False])
def test_who_is_not_named_is_not_found_by_the_source_either(house: House, named: bool) -> None:
    """At the answer stands who wrote it; so the page leads there only as long as its writer wants that."""
    submission = proposal(house)
    assert submission.answer is not None
    there = submission.answer.conversation.get_absolute_url()
    services.accept_proposal(submission, by=house.writer, with_name=named)
    submission.refresh_from_db()
    services.approve_submission(submission, by=house.boss, seen=submission.version)
    services.take_up(submission, by=house.editor)
    source = Source.objects.get(code=f"inzending-{submission.pk}")
    assert source.url.endswith(there) == named
    assert ("Metaal BV" in source.publisher) != named
    submission.refresh_from_db()
    services.name_author(submission, by=house.writer, wanted=False)
    source.refresh_from_db()
    assert (source.url, submission.answer.conversation.title in source.title) == ("", False)
