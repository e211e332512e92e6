"""What staff do with what was sent in: ask, refuse, make a page of it."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Workflow

from cases.models import CasePage
from cases.submissions import rules
from cases.submissions.models import CaseSubmission, State, SubmissionEvent
from cases.submissions.models.parts import MOST_NOTE
from cases.submissions.services.credits import name_people
from cases.submissions.services.pages import make_page
from cases.submissions.services.refusals import Refused
from cases.submissions.services.standing import locked, require, require_may_write, words
from cases.submissions.services.telling import record, tell_author, tell_desk
from cases.submissions.workflow import review_workflow
from portal.accounts.models import User

Kind = SubmissionEvent.Kind


def _said_before(row: CaseSubmission, token: uuid.UUID | None) -> bool:
    return token is not None and row.events.filter(token=token).exists()


@transaction.atomic
def ask_author(submission: CaseSubmission, *, by: User, text: str, token: uuid.UUID | None = None) -> None:
    """The same form sent twice is one question. Raises NotAllowed, Refused without words."""
    row = locked(submission)
    if _said_before(row, token):
        return
    require(rules.can_ask_author(by, row))
    question = words(text, most=MOST_NOTE, lacks=_("Schrijf je vraag op."))
    if row.state == State.SENT_IN:
        _put(row, State.QUESTIONS)
    tell_author(record(row, Kind.QUESTION, by=by, text=question, token=token))


@transaction.atomic
def answer_staff(submission: CaseSubmission, *, by: User, text: str, token: uuid.UUID | None = None) -> None:
    """Back in the queue, but where the text was changed since the company agreed: that is sent in anew.

    Raises NotAllowed, Refused without words.
    """
    row = locked(submission)
    if _said_before(row, token):
        return
    require(rules.can_reply(by, row))
    require_may_write(by)
    answer = words(text, most=MOST_NOTE, lacks=_("Schrijf je antwoord op."))
    if row.state == State.QUESTIONS and rules.is_approved(row) and not row.typed:
        _put(row, State.SENT_IN)
    tell_desk(record(row, Kind.ANSWER, by=by, text=answer, token=token))


@transaction.atomic
def refuse_submission(submission: CaseSubmission, *, by: User, reason: str) -> None:
    """Raises NotAllowed, Refused without a reason."""
    row = locked(submission)
    if row.state == State.REFUSED and rules.can_decide(by):
        return
    require(rules.can_refuse(by, row))
    text = words(reason, most=MOST_NOTE, lacks=_("Schrijf op waarom. De inzender leest dit."))
    _put(row, State.REFUSED)
    tell_author(record(row, Kind.REFUSED, by=by, text=text))


@transaction.atomic
def take_up(submission: CaseSubmission, *, by: User) -> CasePage:
    """A page of it, not published, on its way through the workflow; from now on the page is the text.

    Twice is once. Raises NotAllowed, Refused.
    """
    row = locked(submission)
    if row.state == State.TAKEN_UP and row.page is not None and rules.can_decide(by):
        return row.page
    require(rules.can_take_up(by, row))
    if row.organisation is None or row.organisation.merged_into_id is not None:
        raise Refused(_("Het bedrijf van deze inzending bestaat niet meer."))
    page = make_page(row, by=by)
    row.page = page
    row.state, row.changed_at = State.TAKEN_UP, timezone.now()
    row.save(update_fields=["page", "state", "changed_at"])
    name_people(row)
    start_review(page, by=by)
    tell_author(record(row, Kind.TAKEN_UP, by=by))
    return page


def start_review(page: CasePage, *, by: User) -> None:
    """Through an editor and then an expert, from the beginning, whatever was going on."""
    running = page.current_workflow_state
    if running is not None:
        running.cancel(user=by)
    workflow: Workflow | None = review_workflow() or page.get_workflow()
    if workflow is None:
        raise Refused(
            _("Er is geen werkstroom om deze pagina te laten beoordelen. Zet er een aan in het beheer.")
        )
    workflow.start(page, by)


def _put(row: CaseSubmission, state: str) -> None:
    row.state, row.changed_at = state, timezone.now()
    row.save(update_fields=["state", "changed_at"])


def tell_published() -> int:
    """Authors hear once that their case can be read; how many."""
    waiting = CaseSubmission.objects.filter(state=State.TAKEN_UP, page__live=True, published_told_at=None)
    number = 0
    for submission in waiting:
        with transaction.atomic():
            row = locked(submission)
            if row.published_told_at is None:
                row.published_told_at = timezone.now()
                row.save(update_fields=["published_told_at"])
                tell_author(record(row, Kind.PUBLISHED, by=None))
                number += 1
    return number
