"""Decisions and looks are kept as they were, whoever asks the database; words are forgotten in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from network.moderation import services
from network.moderation.intake import accepted_texts, assess
from network.moderation.models import Access, Decision, ModerationCase, Report, WrittenText
from network.moderation.reportables import VISIBLE
from network.moderation.services import forget_old
from portal.accounts.models import User
from tests.network.moderation import notes
from tests.network.moderation.conftest import WHY, House, case_of, decided, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]


@pytest.fixture
def decision(house: House) -> Decision:
    number = notes.write(by=house.anna, ecosystem_id=house.kring.pk)
    report(number, house.bram, "Dit is reclame.")
    return decided(number, house.mo)


CHANGES = [{"action": "none"}, {"reason": "Anders."}, {"facts": "x"}, {"rule": "regel 1"}, {"audience": ""}]


@pytest.mark.parametrize("change", [*CHANGES, {"at": timezone.now()}])
def test_no_word_of_a_decision_changes(decision: Decision, change: dict[str, object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)


def test_no_line_of_access_changes(decision: Decision, house: House) -> None:
    row = Access.objects.get()
    for change in ({"reason": "Iets anders."}, {"by": house.bram}, {"object_id": 1}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Access.objects.filter(pk=row.pk).update(**change)
    for rows in (Access.objects.all(), Decision.objects.all()):
        with pytest.raises(TypeError, match="are kept"):
            rows.delete()


def test_people_go_and_what_was_decided_stays(decision: Decision, house: House) -> None:
    User.objects.filter(pk__in=[house.anna.pk, house.bram.pk]).update(name="Weg")
    for table in (WrittenText,):
        table.objects.all().delete()
    Decision.objects.filter(pk=decision.pk).update(person=None, by=None)
    decision.refresh_from_db()
    assert (decision.person, decision.by, decision.reason) == (None, None, WHY["reason"])


def test_the_database_holds_to_it_too(house: House) -> None:
    at = timezone.now()
    case = ModerationCase.objects.create(
        code="note", object_id=1, opened_at=at, term_at=at + timedelta(hours=1)
    )
    wrong = [
        lambda: ModerationCase.objects.create(code="note", object_id=1, opened_at=at, term_at=at + timedelta(hours=1)),
        lambda: ModerationCase.objects.filter(pk=case.pk).update(state="decided"),
        lambda: ModerationCase.objects.filter(pk=case.pk).update(term_at=at),
        lambda: Decision.objects.create(case=case, action="remove"),
        lambda: Decision.objects.create(case=case, action="none", measure="block", ground="rules"),
        lambda: Decision.objects.create(case=case, action="none", blocked_until=at.date()),
        lambda: Report.objects.create(case=case, category="spam", reporter=house.anna, email="a@b.example"),
        lambda: Access.objects.create(by=house.mo, code="note", object_id=1, audience="", reason="x"),
    ]  # fmt: skip
    for deed in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()


def test_words_are_forgotten_in_time_and_numbers_stay(decision: Decision, house: House) -> None:
    objection = services.object_to(decision, by=house.anna, text="Onzin.", at=timezone.now())
    services.answer(objection, is_granted=False, text="Nee.", by=house.host, at=timezone.now())
    at = decision.at
    forget_old(at + timedelta(days=364))
    assert Report.objects.get().text == "Dit is reclame."
    forget_old(at + timedelta(days=366))
    row = Report.objects.get()
    assert (row.text, row.category) == ("", "spam") and row.forgotten_at is not None
    decision.refresh_from_db()
    assert decision.reason == WHY["reason"]
    forget_old(at + timedelta(days=3 * 365 + 1))
    decision.refresh_from_db()
    objection.refresh_from_db()
    assert (decision.facts, decision.reason, objection.text, objection.answer) == ("", "", "", "")
    assert Access.objects.get().reason == "" and decision.rule == WHY["rule"]


def test_fingerprints_go_and_who_is_known_stays_known(house: House) -> None:
    at = timezone.now()
    for number in range(5):
        text = f"Een heel verschillende vraag over onderwerp {'abcde'[number] * 6}."
        assess(house.anna, text, at=at, ecosystem_id=house.kring.pk)
    assert WrittenText.objects.filter(author=house.anna, was_held=False).count() == 5
    forget_old(at + timedelta(days=89))
    assert WrittenText.objects.filter(author=house.anna).count() == 5
    forget_old(at + timedelta(days=91))
    assert list(WrittenText.objects.filter(author=house.anna).values_list("fingerprint", flat=True)) == [
        "",
        "",
    ]
    assert accepted_texts(house.anna) == 2


def test_a_case_that_was_decided_may_begin_anew(decision: Decision, house: House) -> None:
    notes.NOTE.put(decision.case.object_id, VISIBLE)
    report(decision.case.object_id, house.bram)
    assert ModerationCase.objects.filter(object_id=decision.case.object_id).count() == 2
    assert case_of(decision.case.object_id).state == "open"
