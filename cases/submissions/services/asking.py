"""What readers ask the maker of a case, and what the maker answers."""

from __future__ import annotations

import datetime
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import CasePage
from cases.submissions import rules
from cases.submissions.models import CaseSubmission, ReaderQuestion
from cases.submissions.models.reading import MOST_QUESTION
from cases.submissions.services.refusals import Refused
from cases.submissions.services.standing import locked, require, require_may_write, words
from cases.submissions.services.telling import tell_asker, tell_maker
from network.moderation import intake
from portal.accounts.models import User
from portal.http.page_cache import bump_generation

QUESTION = "case-question"  # the code under which such a question can be reported


@transaction.atomic
def ask_maker(
    submission: CaseSubmission, *, by: User, text: str, token: uuid.UUID, address: str = "",
    at: datetime.datetime | None = None,
) -> ReaderQuestion:  # fmt: skip
    """The same form sent twice is one question. Raises NotAllowed, Refused."""
    row = locked(submission)
    known = ReaderQuestion.objects.filter(asker=by, token=token, submission=row).first()
    if known is not None:
        return known
    require(rules.can_ask_maker(by, row))
    require(CasePage.objects.visible_to(by).filter(pk=row.page_id).exists())
    require_may_write(by)
    moment = at or timezone.now()
    question = words(text, most=MOST_QUESTION, lacks=_("Schrijf je vraag op."))
    try:
        intake.check_limits(by, kind=QUESTION, address=address, at=moment)
    except intake.TooMuch as much:
        raise Refused(str(much)) from None
    judged = intake.assess(by, question, at=moment, ecosystem_id=None)
    state = ReaderQuestion.State.HELD if judged.holds else ReaderQuestion.State.VISIBLE
    found = ReaderQuestion.objects.create(
        submission=row, asker=by, text=question, token=token, state=state, asked_at=moment
    )
    if judged.holds:
        intake.hold(QUESTION, found.pk, author=by, reasons=judged.reasons, at=moment)
    else:
        tell_maker(found)
    return found


@transaction.atomic
def answer_reader(question: ReaderQuestion, *, by: User, text: str) -> None:
    """Once. Raises NotAllowed, Refused."""
    row = ReaderQuestion.objects.select_for_update().filter(pk=question.pk).first()
    require(row is not None and row.state == ReaderQuestion.State.VISIBLE)
    if row is None or row.submission.author_id != by.pk:
        require(False)
        return
    require_may_write(by)
    answer = words(text, most=MOST_QUESTION, lacks=_("Schrijf je antwoord op."))
    if row.answer:
        if row.answer == answer:
            return
        raise Refused(_("Je hebt deze vraag al beantwoord."))
    row.answer, row.answered_at = answer, timezone.now()
    row.save(update_fields=["answer", "answered_at"])
    tell_asker(row, by=by)


@transaction.atomic
def let_ask(submission: CaseSubmission, *, by: User, wanted: bool) -> None:
    """Whether readers may ask; the page shows it at once."""
    row = locked(submission)
    require(rules.is_author(by, row))
    row.takes_questions = wanted
    row.save(update_fields=["takes_questions"])
    bump_generation()


def set_question_state(pk: int, state: str) -> None:
    """What a moderator decided; the maker hears of it when it may be seen for the first time."""
    rows = ReaderQuestion.objects.filter(pk=pk).exclude(state=state)
    if rows.update(state=state) and state == ReaderQuestion.State.VISIBLE:
        tell_maker(ReaderQuestion.objects.select_related("submission", "asker").get(pk=pk))
