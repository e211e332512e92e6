"""Who may do what with a submission, and what it still lacks. The caller knows that this person sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.submissions.models import CaseSubmission, State, SubmissionCredit
from cases.submissions.querysets import DECIDE, sees_queue
from cases.submissions.steps import APPROACH, COMPANY, RESULTS, SITUATION, SLUGS
from portal.organisations.models import Membership
from portal.organisations.querysets import is_person
from portal.organisations.rules import is_manager

MOST_DRAFTS = 5  # of one person at once
MOST_SENT_A_DAY = 8  # one submission, to its manager and to staff together
MOST_A_DAY = 10  # begun by one person, whatever became of them
MOST_PROOFS = 10  # of one submission
MOST_IMAGES = 6
MOST_MEASUREMENTS = 12
MOST_PEOPLE = 10  # to be named, besides the author

EDITABLE = frozenset({State.DRAFT, State.QUESTIONS})
UNSENT = frozenset({State.DRAFT, State.WITHDRAWN, State.PROPOSED})
IN_HANDS_OF_STAFF = frozenset({State.SENT_IN, State.QUESTIONS})


@dataclass(frozen=True, slots=True)
class Missing:
    step: str
    sentence: str


def missing(submission: CaseSubmission) -> list[Missing]:
    """What stands between this text and sending it in, in the order of the steps."""
    found = [
        (SITUATION, not submission.title, _("Geef je voorbeeld een titel.")),
        (SITUATION, submission.theme_id is None, _("Kies een thema.")),
        (SITUATION, not submission.situation, _("Vertel hoe het was.")),
        (APPROACH, not submission.approach, _("Vertel wat jullie deden.")),
        (RESULTS, not submission.result, _("Vertel wat het opleverde.")),
        (COMPANY, submission.organisation_id is None, _("Kies het bedrijf waar dit over gaat.")),
    ]
    lacks = [Missing(step, sentence) for step, is_missing, sentence in found if is_missing]
    known = {each.step for each in lacks}
    unfinished = _("Hier staat nog iets dat je niet hebt afgemaakt.")
    return lacks + [
        Missing(step, unfinished) for step in SLUGS if step in submission.typed and step not in known
    ]


def is_author(user: Any, submission: CaseSubmission) -> bool:
    return is_person(user) and submission.author_id == user.pk


def can_edit(user: Any, submission: CaseSubmission) -> bool:
    return is_author(user, submission) and submission.state in EDITABLE


def can_recall(user: Any, submission: CaseSubmission) -> bool:
    """Take it back to change it, as long as nobody made a page of it."""
    return is_author(user, submission) and submission.state in (State.WITH_MANAGER, State.SENT_IN)


def can_withdraw(user: Any, submission: CaseSubmission) -> bool:
    ended = (State.TAKEN_UP, State.REFUSED, State.WITHDRAWN)
    return is_author(user, submission) and submission.state not in ended


def can_approve(membership: Membership | None, submission: CaseSubmission) -> bool:
    """Who manages the company now, be it the author themselves."""
    if membership is None or membership.organisation_id != submission.organisation_id:
        return False
    return is_manager(membership) and submission.state == State.WITH_MANAGER


def can_approve_change(membership: Membership | None, submission: CaseSubmission) -> bool:
    """Say yes to what the author changed in the page later."""
    if membership is None or membership.organisation_id != submission.organisation_id:
        return False
    return is_manager(membership) and submission.state == State.TAKEN_UP


def can_answer_proposal(user: Any, submission: CaseSubmission) -> bool:
    return is_author(user, submission) and submission.state == State.PROPOSED


def can_reply(user: Any, submission: CaseSubmission) -> bool:
    """Answer staff: while they wait for it, and afterwards as long as there is a page to talk about."""
    return is_author(user, submission) and submission.state in (State.QUESTIONS, State.TAKEN_UP)


def can_revise(user: Any, submission: CaseSubmission) -> bool:
    """Change the text of the page that was made of it."""
    return (
        is_author(user, submission) and submission.state == State.TAKEN_UP and submission.page_id is not None
    )


def can_decide(user: Any) -> bool:
    return sees_queue(user) and bool(user.has_perm(DECIDE))


def can_ask_author(user: Any, submission: CaseSubmission) -> bool:
    if submission.author_id is None or not can_decide(user):
        return False
    return submission.state in IN_HANDS_OF_STAFF or submission.state == State.TAKEN_UP


def can_refuse(user: Any, submission: CaseSubmission) -> bool:
    return can_decide(user) and submission.state in IN_HANDS_OF_STAFF


def can_take_up(user: Any, submission: CaseSubmission) -> bool:
    """Only what the company agreed to, as it stands now."""
    return can_decide(user) and submission.state == State.SENT_IN and is_approved(submission)


def is_approved(submission: CaseSubmission) -> bool:
    return submission.approved_version == submission.version


def can_answer_credit(user: Any, credit: SubmissionCredit) -> bool:
    """Say whether one wants to be named, and change one's mind, once the author sent it in."""
    return is_person(user) and credit.user_id == user.pk and credit.submission.state not in UNSENT


def can_ask_maker(user: Any, submission: CaseSubmission) -> bool:
    if not is_person(user) or submission.author_id in (None, user.pk):
        return False
    return submission.state == State.TAKEN_UP and submission.takes_questions
