"""From a draft to a page: who may do what, and what that gives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Workflow

from cases.evidence import level_of
from cases.models import CasePage
from cases.submissions import services
from cases.submissions.models import CaseSubmission, State
from cases.submissions.services import ChangedMeanwhile, NotAllowed, Refused
from cases.submissions.steps import SITUATION
from cases.submissions.workflow import NAME
from portal.evidence.ladder import EvidenceLevel
from portal.organisations.models import Membership
from portal.organisations.services import merge_organisations
from tests.cases.submissions.conftest import House, keep, online, sent, taken_up, token, told, write
from tests.portal.organisations.people import make_staff

pytestmark = pytest.mark.django_db


def kinds(submission: CaseSubmission) -> list[str]:
    return list(submission.events.values_list("kind", flat=True))


def test_beginning_twice_is_beginning_once(house: House) -> None:
    first = services.begin_submission(by=house.writer)
    assert services.begin_submission(by=house.writer).pk == first.pk
    keep(first, SITUATION, title="Iets", theme=None, situation="")
    assert services.begin_submission(by=house.writer).pk != first.pk


def test_nobody_keeps_more_than_five_drafts(house: House) -> None:
    for number in range(5):
        submission = services.begin_submission(by=house.writer)
        keep(submission, SITUATION, title=f"Nummer {number}", theme=None, situation="")
    with pytest.raises(Refused, match="al 5 voorbeelden"):
        services.begin_submission(by=house.writer)


def test_what_lacks_something_is_not_sent(house: House) -> None:
    submission = services.begin_submission(by=house.writer)
    with pytest.raises(Refused, match="Geef je voorbeeld een titel"):
        services.send_submission(submission, by=house.writer)
    whole = write(house)
    services.keep_typed(
        whole, step=SITUATION, by=house.writer, data={"title": ["Half"]}, is_checked=True
    )  # fmt: skip
    with pytest.raises(Refused, match="niet hebt afgemaakt"):
        services.send_submission(whole, by=house.writer)


def test_a_second_window_overwrites_nothing(house: House) -> None:
    submission = write(house)
    seen = submission.step_version(SITUATION)
    keep(submission, SITUATION, title="Van het ene venster", theme=submission.theme, situation="Nieuw")
    with pytest.raises(ChangedMeanwhile):
        services.save_step(
            submission, step=SITUATION, by=house.writer, seen=seen,
            values={"title": "Van het andere", "theme": submission.theme, "situation": "Oud"},
        )  # fmt: skip
    submission.refresh_from_db()
    assert (submission.title, submission.situation) == ("Van het ene venster", "Nieuw")


def test_the_manager_is_asked_first_and_then_staff(house: House) -> None:
    submission = write(house)
    services.send_submission(submission, by=house.writer)
    services.send_submission(submission, by=house.writer)
    submission.refresh_from_db()
    assert (submission.state, told(house.editor)) == (State.WITH_MANAGER, [])
    assert told(house.boss) == ["Geef akkoord op het praktijkvoorbeeld “Minder zoeken”"]
    for nobody in (house.writer, house.colleague, house.stranger, house.editor):
        with pytest.raises(NotAllowed):
            services.approve_submission(submission, by=nobody, seen=submission.version)
    services.approve_submission(submission, by=house.boss, seen=submission.version)
    services.approve_submission(submission, by=house.boss, seen=submission.version)
    submission.refresh_from_db()
    assert submission.state == State.SENT_IN
    assert kinds(submission) == ["started", "to-manager", "approved", "sent-in"]
    assert told(house.editor) == ["Ingestuurd praktijkvoorbeeld: “Minder zoeken”"]
    assert told(house.writer) == ["Je bedrijf gaf akkoord op je praktijkvoorbeeld “Minder zoeken”"]
    assert told(house.boss) == []  # nothing to do any more


def test_a_manager_approves_the_text_that_was_read(house: House) -> None:
    submission = write(house)
    services.send_submission(submission, by=house.writer)
    submission.refresh_from_db()
    read = submission.version
    services.recall_submission(submission, by=house.writer)
    keep(submission, SITUATION, title="Heel iets anders", theme=submission.theme, situation="Anders")
    services.send_submission(submission, by=house.writer)
    with pytest.raises(ChangedMeanwhile):
        services.approve_submission(submission, by=house.boss, seen=read)
    submission.refresh_from_db()
    assert submission.state == State.WITH_MANAGER


def test_a_manager_sends_back_with_a_remark(house: House) -> None:
    submission = write(house)
    services.send_submission(submission, by=house.writer)
    with pytest.raises(Refused, match="wat er anders moet"):
        services.send_back(submission, by=house.boss, remark="  ")
    services.send_back(submission, by=house.boss, remark="Noem de klant niet.")
    submission.refresh_from_db()
    assert (submission.state, submission.events.last().text) == (State.DRAFT, "Noem de klant niet.")
    assert told(house.writer) == ["Je beheerder wil iets anders in je praktijkvoorbeeld “Minder zoeken”"]


def test_who_manages_the_company_agrees_by_saying_so(house: House) -> None:
    quiet = write(house, by=house.boss)
    services.send_submission(quiet, by=house.boss)
    quiet.refresh_from_db()
    assert quiet.state == State.WITH_MANAGER
    services.approve_submission(quiet, by=house.boss, seen=quiet.version)
    loud = write(house, by=house.boss)
    services.send_submission(loud, by=house.boss, agrees=True)
    loud.refresh_from_db()
    assert (loud.state, kinds(loud)) == (State.SENT_IN, ["started", "approved", "sent-in"])


def test_who_manages_nothing_does_not_agree_by_saying_so(house: House) -> None:
    submission = write(house)
    services.send_submission(submission, by=house.writer, agrees=True)
    submission.refresh_from_db()
    assert (submission.state, submission.approved_version) == (State.WITH_MANAGER, None)


def test_a_company_without_manager_can_not_agree(house: House) -> None:
    submission = write(house)
    Membership.objects.filter(user=house.boss).delete()
    with pytest.raises(Refused, match="heeft nog geen beheerder"):
        services.send_submission(submission, by=house.writer)
    Membership.objects.filter(user=house.writer).delete()
    with pytest.raises(Refused, match="Je hoort niet meer bij dit bedrijf"):
        services.send_submission(submission, by=house.writer)


def test_a_question_and_its_answer(house: House) -> None:
    submission, form = sent(house), token()
    for _twice in range(2):
        services.ask_author(submission, by=house.editor, text="Hoe telden jullie?", token=form)
    submission.refresh_from_db()
    assert (submission.state, kinds(submission).count("question")) == (State.QUESTIONS, 1)
    assert told(house.writer)[-1] == "De redactie vraagt iets over je praktijkvoorbeeld “Minder zoeken”"
    with pytest.raises(NotAllowed):
        services.answer_staff(submission, by=house.boss, text="Ik weet het")
    services.answer_staff(submission, by=house.writer, text="Met een lijst.", token=token())
    submission.refresh_from_db()
    assert submission.state == State.SENT_IN
    assert told(house.editor)[-1] == "De inzender antwoordt over “Minder zoeken”"


def test_what_was_changed_after_a_question_is_approved_anew(house: House) -> None:
    submission = sent(house)
    services.ask_author(submission, by=house.editor, text="Hoe telden jullie?")
    keep(submission, SITUATION, title="Minder zoeken, geteld", theme=submission.theme, situation="Geteld.")
    services.answer_staff(submission, by=house.writer, text="Staat erin.")
    submission.refresh_from_db()
    assert submission.state == State.QUESTIONS
    with pytest.raises(NotAllowed):
        services.take_up(submission, by=house.editor)
    services.send_submission(submission, by=house.writer)
    submission.refresh_from_db()
    assert submission.state == State.WITH_MANAGER


def test_refused_with_a_reason(house: House) -> None:
    submission = sent(house)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        services.refuse_submission(submission, by=house.editor, reason="")
    services.refuse_submission(submission, by=house.editor, reason="Dit is reclame.")
    submission.refresh_from_db()
    assert (submission.state, submission.events.last().text) == (State.REFUSED, "Dit is reclame.")
    assert told(house.writer)[-1] == "De redactie neemt je praktijkvoorbeeld niet over: “Minder zoeken”"


@pytest.mark.parametrize("who", ["writer", "boss", "stranger"])
def test_only_staff_decide(house: House, who: str) -> None:
    submission, user = sent(house), getattr(house, who)
    for deed in (
        lambda: services.ask_author(submission, by=user, text="Mag ik?"),
        lambda: services.refuse_submission(submission, by=user, reason="Nee"),
        lambda: services.take_up(submission, by=user),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_a_page_is_made_and_goes_past_an_editor_and_an_expert(house: House) -> None:
    submission = taken_up(house)
    page = submission.page
    assert page is not None
    assert (submission.state, page.live, page.get_parent().specific) == (
        State.TAKEN_UP,
        False,
        house.portal.cases,
    )
    assert [str(step.value["text"]) for step in page.approach] == [
        "<p>Tel wat er ligt</p>", "<p>Gooi weg wat niemand gebruikt</p>",
    ]  # fmt: skip
    assert page.reason == "<p>Wij zochten elke dag gereedschap.</p><p>Dat kostte een uur.</p>"
    assert (page.organisation, page.main_theme.slug, page.effort) == (house.metaal, "proces", "twee middagen")
    assert [sector.code for sector in page.sectors.all()] == [house.metaal.sector.code]
    figure = page.measurements.get()
    assert (figure.before, figure.after, figure.established) == (120, 90, "counted")
    assert page.citations.get().source.publisher == "Metaal BV"
    assert level_of(page) == EvidenceLevel.MEASURED
    state = page.current_workflow_state
    assert (state.workflow.name, state.current_task_state.task.name) == (NAME, "Redactie leest na")
    assert services.take_up(submission, by=house.editor).pk == page.pk
    assert CasePage.objects.count() == 1
    for by in (house.editor, house.expert):
        current = page.current_workflow_task_state
        current.task.specific.on_action(current, by, "approve")
    page.refresh_from_db()
    assert page.live
    assert services.tell_published() == 1
    assert services.tell_published() == 0
    assert told(house.writer)[-1] == "Je praktijkvoorbeeld staat online: “Minder zoeken”"
    page.full_clean()


def test_the_workflow_of_an_administrator_stays_as_it_is(house: House) -> None:
    taken_up(house)
    Workflow.objects.filter(name=NAME).update(active=False)
    second = taken_up(house, title="Nog een")
    assert second.page is not None
    assert second.page.current_workflow_state.workflow.name != NAME
    assert Workflow.objects.filter(name=NAME).count() == 1


def test_a_draft_is_thrown_away_and_what_was_sent_is_withdrawn(house: House) -> None:
    draft = write(house)
    with pytest.raises(NotAllowed):
        services.discard_draft(draft, by=house.boss)
    services.discard_draft(draft, by=house.writer)
    submission = sent(house)
    with pytest.raises(NotAllowed):
        services.discard_draft(submission, by=house.writer)
    services.withdraw_submission(submission, by=house.writer)
    submission.refresh_from_db()
    assert (submission.state, CaseSubmission.objects.count()) == (State.WITHDRAWN, 1)


def test_when_two_companies_become_one_its_cases_go_along(house: House) -> None:
    submission = sent(house)
    merge_organisations(house.metaal, into=house.elders, by=make_staff(), reason="Overname")
    submission.refresh_from_db()
    assert submission.organisation == house.elders
    services.take_up(submission, by=house.editor)


@pytest.mark.parametrize(
    "values",
    [{"state": "sent-in", "approved_version": 1}, {"state": "with-manager", "title": ""}, {"state": "onzin"}],
)  # fmt: skip
def test_the_database_refuses_what_can_not_be(house: House, values: dict[str, Any]) -> None:
    submission = write(house)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseSubmission.objects.filter(pk=submission.pk).update(**values)


def test_what_nobody_touches_for_a_year_goes(house: House) -> None:
    draft, page = write(house), online(house)
    now = page.changed_at + timedelta(days=366)
    assert services.forget_old(draft.changed_at + timedelta(days=364)) == 0
    assert services.forget_old(now) == 1
    assert list(CaseSubmission.objects.values_list("pk", flat=True)) == [page.pk]
