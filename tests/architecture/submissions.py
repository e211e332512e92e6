"""Members' own cases in the authorisation matrix: still being written, with the member's company, with staff, online."""

from __future__ import annotations

import uuid
from typing import Any

from cases.models import CasePage
from cases.submissions.models import (
    CaseSubmission,
    ReaderQuestion,
    State,
    SubmissionCredit,
    SubmissionProof,
)
from cases.submissions.services import add_proof
from network.conversations.services import post_reply, set_post_state
from network.questions.services import accept_answer, ask_question
from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.architecture.companies import OTHER, OWN
from tests.factories.media import pdf_bytes, upload
from tests.factories.taxonomy import ThemeFactory


def name_submissions() -> dict[str, Any]:
    """`own`: waits for the member, who manages that company. `sent`: with staff. `online`: its maker can be asked."""
    writer = User.objects.create_user("inzender@portaal.example", name="Inzender")
    named: dict[str, Any] = {}
    for name, state, slug in (
        ("draft", State.DRAFT, OWN),
        ("own", State.WITH_MANAGER, OWN),
        ("sent", State.SENT_IN, OTHER),
        ("online", State.TAKEN_UP, OTHER),
    ):
        submission = _written(writer, Organisation.objects.get(slug=slug))
        CaseSubmission.objects.filter(pk=submission.pk).update(
            state=state, approved_version=submission.version, page=_page(state)
        )
        proof = SubmissionProof.objects.get(submission=submission)
        named |= {f"{name}_submission": submission.pk, f"{name}_proof": proof.uuid}
    online = CaseSubmission.objects.get(pk=named["online_submission"])
    assert online.page is not None
    question = ReaderQuestion.objects.create(submission=online, asker=writer, text="Hoe lang duurde het?")
    credit = SubmissionCredit.objects.create(submission=online, user=writer)
    return named | {
        "asked_case": online.page.pk,
        "reader_question": question.pk,
        "name_asked": credit.pk,
        "chosen_answer": _chosen_answer(writer),
    }


def _page(state: str) -> CasePage | None:
    return CasePage.objects.public().first() if state == State.TAKEN_UP else None


def _written(writer: User, organisation: Organisation) -> CaseSubmission:
    theme = ThemeFactory.create(slug="proces")
    submission = CaseSubmission.objects.create(
        author=writer, organisation=organisation, theme=theme, title="Minder zoeken", situation="Wij zochten.",
        approach="Wij telden.", result="Wij vinden.",
    )  # fmt: skip
    add_proof(submission, upload=upload("telling.pdf", pdf_bytes()), by=writer)
    submission.refresh_from_db()
    return submission


def _chosen_answer(writer: User) -> int:
    """A question for everybody with an accepted answer."""
    asker = User.objects.get(email="vrager@portaal.example")
    question, _is_new = ask_question(
        by=asker, ecosystem=None, title="Hoe vind je gereedschap terug", text="Wij zoeken ons suf.",
        theme=ThemeFactory.create(slug="proces"), token=uuid.uuid4(),
    )  # fmt: skip
    set_post_state(question.conversation.posts.get().pk, "visible")
    question.conversation.refresh_from_db()
    post = post_reply(question.conversation, by=writer, text="Hang het aan een bord.", token=uuid.uuid4())
    set_post_state(post.pk, "visible")
    post.refresh_from_db()
    accept_answer(question, post=post, by=asker)
    return int(post.pk)
