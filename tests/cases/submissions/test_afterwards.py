"""Changes of the page by its author, answers that become cases, and what is left of who leaves."""

from __future__ import annotations

from typing import Any

import pytest

from cases.models import CaseCredit
from cases.submissions import services
from cases.submissions.models import CaseSubmission, ReaderQuestion, State
from cases.submissions.services import NotAllowed, PageChanged, Refused
from network.questions.services import accept_answer
from portal.taxonomy.models import Theme
from tests.cases.submissions.conftest import House, online, taken_up, token, told, write
from tests.cases.submissions.test_parts import prove, stored
from tests.network.ecosystems.conftest import read
from tests.network.questions.conftest import answer, ask

pytestmark = pytest.mark.django_db


# --- the author changes the page


def test_a_change_becomes_a_revision_that_staff_read_first(house: House) -> None:
    submission = online(house)
    page = submission.page
    assert page is not None
    texts, seen = services.texts_of(page)
    assert texts["approach"] == "1. Tel wat er ligt\n2. Gooi weg wat niemand gebruikt"
    with pytest.raises(Refused, match="nog niets veranderd"):
        services.revise_page(submission, by=house.writer, texts=texts, seen=seen)
    changed = {**texts, "result": "Wij zoeken nooit meer."}
    services.revise_page(submission, by=house.writer, texts=changed, seen=seen)
    page.refresh_from_db()
    assert (page.live, page.result) == (True, "<p>Wij zoeken bijna niet meer.</p>")
    draft: Any = page.get_latest_revision_as_object()
    assert (draft.result, page.latest_revision.user) == ("<p>Wij zoeken nooit meer.</p>", house.writer)
    assert page.current_workflow_state.current_task_state.task.name == "Redactie leest na"
    assert told(house.editor)[-1] == "De inzender wijzigde de tekst van “Minder zoeken”"


def test_what_an_editor_laid_out_stays_where_nothing_changed(house: House) -> None:
    submission = taken_up(house)
    page: Any = submission.page
    page.reason = "<p>Wij zochten <b>elke</b> dag.</p>"
    page.save_revision(user=house.editor)
    page.refresh_from_db()
    texts, seen = services.texts_of(page)
    services.revise_page(
        submission, by=house.writer, texts={**texts, "title": "Nooit meer zoeken"}, seen=seen
    )
    page.refresh_from_db()
    draft: Any = page.get_latest_revision_as_object()
    assert (draft.reason, draft.title) == ("<p>Wij zochten <b>elke</b> dag.</p>", "Nooit meer zoeken")


def test_who_saves_after_an_editor_gets_both_texts(house: House) -> None:
    submission = taken_up(house)
    page: Any = submission.page
    texts, seen = services.texts_of(page)
    page.title = "Titel van de redactie"
    page.save_revision(user=house.editor)
    with pytest.raises(PageChanged) as refused:
        services.revise_page(submission, by=house.writer, texts={**texts, "title": "Mijn titel"}, seen=seen)
    assert refused.value.texts["title"] == "Titel van de redactie"
    page.refresh_from_db()
    assert refused.value.revision == page.latest_revision_id
    assert page.get_latest_revision_as_object().title == "Titel van de redactie"
    for nobody in (house.boss, house.stranger):
        with pytest.raises(NotAllowed):
            services.revise_page(submission, by=nobody, texts=texts, seen=refused.value.revision)


# --- a case made of an answer


def proposal(house: House) -> CaseSubmission:
    question = ask(house.stranger)
    post = answer(question, house.writer, "Wij telden wat er lag.")
    accept_answer(question, post=post, by=house.stranger)
    return services.propose_case(
        post, by=house.editor, title="Tellen helpt", situation="Er lag te veel.", approach="Wij telden wat er lag.",
        theme=Theme.objects.get(slug="proces"), organisation=house.metaal,
    )  # fmt: skip


def test_an_answer_becomes_a_case_once_its_writer_says_yes(house: House) -> None:
    submission = proposal(house)
    assert (
        told(house.writer)[-1]
        == "De redactie wil van je antwoord een praktijkvoorbeeld maken: “Tellen helpt”"
    )
    with pytest.raises(NotAllowed):
        services.take_up(submission, by=house.editor)
    with pytest.raises(NotAllowed):
        services.accept_proposal(submission, by=house.boss, with_name=True)
    services.accept_proposal(submission, by=house.writer, with_name=True)
    submission.refresh_from_db()
    assert submission.state == State.WITH_MANAGER
    services.approve_submission(submission, by=house.boss, seen=submission.version)
    page = services.take_up(submission, by=house.editor)
    source = page.citations.get().source
    assert submission.answer is not None
    assert source.url.endswith(submission.answer.conversation.get_absolute_url())
    credit = CaseCredit.objects.get(page=page)
    assert (credit.name, credit.role) == ("Schrijver", "answer")


def test_who_says_no_hears_no_more_of_it(house: House) -> None:
    submission = proposal(house)
    services.withdraw_submission(submission, by=house.writer)
    assert submission.answer is not None
    assert not services.proposable().filter(post=submission.answer).exists()
    assert told(house.editor)[-1:] == []  # staff see no more than that it was withdrawn
    with pytest.raises(NotAllowed):
        services.accept_proposal(CaseSubmission.objects.get(), by=house.editor, with_name=True)


def test_only_what_everybody_reads_can_be_proposed(house: House) -> None:
    question = ask(house.stranger)
    post = answer(question, house.writer, "Nog niet gekozen.")
    given = {
        "title": "Tellen", "situation": "x", "approach": "y", "theme": Theme.objects.get(), "organisation": house.metaal,
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        services.propose_case(post, by=house.editor, **given)
    accept_answer(question, post=post, by=house.stranger)
    for nobody in (house.writer, house.boss):
        with pytest.raises(NotAllowed):
            services.propose_case(post, by=nobody, **given)
    with pytest.raises(Refused, match="hoort niet bij dit bedrijf"):
        services.propose_case(post, by=house.editor, **{**given, "organisation": house.elders})
    services.propose_case(post, by=house.editor, **given)
    with pytest.raises(Refused, match="al een voorstel"):
        services.propose_case(post, by=house.editor, **given)


# --- leaving


@pytest.mark.parametrize("texts_go", [True, False])
def test_who_leaves_is_named_nowhere(
    house: House, texts_go: bool, django_capture_on_commit_callbacks: Any
) -> None:
    write(house, title="Een concept")
    submission = online(house, names_author=True)
    prove(write(house, title="Met bewijs"), house.writer)
    question = services.ask_maker(submission, by=house.stranger, text="Hoe lang duurde het?", token=token())
    with django_capture_on_commit_callbacks(execute=True):
        services.leave_submissions(house.writer, texts_go=texts_go)
        services.leave_questions(house.stranger, texts_go=texts_go)
        house.writer.delete()
    left = list(CaseSubmission.objects.values_list("title", "author"))
    assert left == ([] if texts_go else [("Minder zoeken", None)])
    assert stored() == []
    assert ReaderQuestion.objects.filter(pk=question.pk).exists() is not texts_go
    assert submission.page is not None
    assert "Schrijver" not in read(None, submission.page.get_url())
