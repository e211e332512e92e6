"""What an author changes in the page later is the company's word only once its manager said so; staff read until when."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from cases.submissions import services
from cases.submissions.models import CaseSubmission, SubmissionEvent, UnapprovedChange
from cases.submissions.services import ChangedMeanwhile, NotAllowed, Refused
from portal.accounts.models import User
from portal.notifications.kinds import shown
from portal.notifications.models import Notification
from portal.organisations.models import Membership
from tests.cases.submissions.conftest import House, online, told
from tests.network.ecosystems.conftest import read
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db
CANARY = "Kwartelkoning"
MARK = "nog niet goedgekeurd door het bedrijf"
ASKED = "Geef akkoord op de wijziging van het praktijkvoorbeeld “Minder zoeken”"


def change(submission: CaseSubmission, **texts: str) -> UnapprovedChange | None:
    assert submission.page is not None and submission.author is not None
    submission.page.refresh_from_db()
    now, seen = services.texts_of(submission.page)
    services.revise_page(submission, by=submission.author, texts={**now, **texts}, seen=seen)
    return UnapprovedChange.objects.filter(submission=submission).first()


def context_of(user: User) -> list[str]:
    rows = list(Notification.objects.filter(recipient=user, kind="submissions.desk").order_by("pk"))
    return [each.context for each in shown(user, rows).values()]


def act(user: User, submission: CaseSubmission, deed: str, status: int = 302, **values: Any) -> str:
    response = browser_of(user).post(f"{submission.get_absolute_url()}doe/", {"actie": deed, **values})
    assert response.status_code == status
    return unescape(response.content.decode())


def test_the_manager_reads_the_difference_and_staff_that_nobody_agreed_yet(house: House) -> None:
    submission = online(house)
    change(submission, result=f"Wij zoeken nooit meer, zei {CANARY}.")
    assert told(house.boss)[-1] == ASKED
    page = read(house.boss, submission.get_absolute_url())
    for part in ("Geef jij namens Metaal BV akkoord", "Wij zoeken bijna niet meer.", CANARY):
        assert part in page, part
    assert "Een wijziging wacht op akkoord" in read(house.boss, "/mijn/")
    assert MARK in context_of(house.editor)[-1]
    handled = read(house.editor, f"/beheer/inzendingen/{submission.pk}/")
    assert "Nog niet goedgekeurd door het bedrijf" in handled and CANARY in handled
    assert submission.page is not None
    assert MARK in read(house.editor, f"/beheer/pages/{submission.page.pk}/edit/")
    own = read(house.writer, submission.get_absolute_url())
    assert "wacht op het akkoord van je bedrijf" in own and "Ik geef akkoord" not in own
    for outside in (house.colleague, house.stranger):
        read(outside, submission.get_absolute_url(), 404)


def test_with_a_yes_all_of_it_is_gone_and_it_stands_in_the_log(house: House) -> None:
    submission = online(house)
    waiting = change(submission, result="Wij zoeken nooit meer.")
    assert waiting is not None
    act(house.boss, submission, "wijziging-akkoord", versie=waiting.revision)
    assert not UnapprovedChange.objects.exists()
    last = submission.events.last()
    assert last is not None
    assert (last.kind, last.actor) == (SubmissionEvent.Kind.APPROVED, house.boss)
    assert told(house.writer)[-1].startswith("Je bedrijf gaf akkoord")
    assert told(house.editor)[-1] == "Het bedrijf gaf akkoord op de wijziging van “Minder zoeken”"
    assert ASKED not in told(house.boss)
    assert not any(MARK in context for context in context_of(house.editor))
    for user, path in (
        (house.boss, submission.get_absolute_url()),
        (house.editor, f"/beheer/inzendingen/{submission.pk}/"),
    ):
        page = read(user, path)
        assert "akkoord op deze wijziging" not in page and "Nog niet goedgekeurd" not in page
    services.approve_change(submission, by=house.boss, seen=waiting.revision)  # twice is once
    assert submission.events.count() == SubmissionEvent.objects.filter(submission=submission).count()


def test_nobody_agrees_to_words_they_did_not_read(house: House) -> None:
    submission = online(house)
    first = change(submission, result="Wij zoeken nooit meer.")
    assert first is not None
    second = change(submission, title="Nooit meer zoeken")
    assert second is not None
    assert second.before == {"result": "Wij zoeken bijna niet meer.", "title": "Minder zoeken"}
    assert second.after == {"result": "Wij zoeken nooit meer.", "title": "Nooit meer zoeken"}
    with pytest.raises(ChangedMeanwhile):
        services.approve_change(submission, by=house.boss, seen=first.revision)
    services.approve_change(submission, by=house.boss, seen=second.revision)
    third = change(submission, title="Weer iets anders")
    assert third is not None
    with pytest.raises(ChangedMeanwhile):
        services.approve_change(submission, by=house.boss, seen=second.revision)


def test_what_is_put_back_as_it_was_asks_nothing_more(house: House) -> None:
    submission = online(house)
    assert change(submission, title="Nooit meer zoeken") is not None
    assert change(submission, title="Minder zoeken") is None
    assert ASKED not in told(house.boss)


def test_a_manager_who_wrote_it_speaks_for_the_company(house: House) -> None:
    submission = online(house)
    assert change(submission, title="Nooit meer zoeken") is not None
    Membership.objects.filter(user=house.writer, organisation=house.metaal).update(role="manager")
    assert change(submission, title="Zoeken hoeft niet") is None


def test_the_manager_says_what_should_be_different(house: House) -> None:
    submission = online(house)
    waiting = change(submission, result="Wij zoeken nooit meer.")
    empty = act(house.boss, submission, "wijziging-anders", 200, remark=" ")
    assert "Geef jij namens Metaal BV akkoord" in empty and "<details open" in empty.replace(
        ' class="details"', ""
    )
    act(house.boss, submission, "wijziging-anders", remark="Dat is nog niet zeker.")
    assert UnapprovedChange.objects.get() == waiting
    assert told(house.writer)[-1].startswith("Je beheerder wil iets anders")
    assert "Dat is nog niet zeker." in read(house.writer, submission.get_absolute_url())
    assert any(MARK in context for context in context_of(house.editor))


def test_only_who_manages_the_company(house: House) -> None:
    submission = online(house)
    waiting = change(submission, result="Wij zoeken nooit meer.")
    assert waiting is not None
    for by in (house.writer, house.colleague, house.stranger, house.editor):
        with pytest.raises(NotAllowed):
            services.approve_change(submission, by=by, seen=waiting.revision)
        with pytest.raises(NotAllowed):
            services.object_to_change(submission, by=by, remark="Nee.")
    with pytest.raises(Refused, match="wat er anders moet"):
        services.object_to_change(submission, by=house.boss, remark=" ")
    act(house.stranger, submission, "wijziging-akkoord", 404, versie=waiting.revision)
    act(house.boss, submission, "wijziging-akkoord", 404, versie="alles")
    assert UnapprovedChange.objects.exists()
