"""Who is named on the page: only who said yes, and gone when they change their mind."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from cases.models import CaseCredit
from cases.submissions import rules
from cases.submissions.models import CaseSubmission, SubmissionCredit
from cases.submissions.services.pages import leads_to_nobody
from cases.submissions.services.standing import locked, require
from portal.accounts.models import User
from portal.http.page_cache import bump_generation

Role = CaseCredit.Role


@transaction.atomic
def answer_credit(credit: SubmissionCredit, *, by: User, agrees: bool) -> None:
    """Yes or no, and later the other; the page follows at once. Raises NotAllowed."""
    row = locked(credit.submission)
    found = SubmissionCredit.objects.select_related("submission").get(pk=credit.pk)
    require(rules.can_answer_credit(by, found))
    found.agrees, found.answered_at = agrees, timezone.now()
    found.save(update_fields=["agrees", "answered_at"])
    if row.page_id is None:
        return
    if agrees:
        _name(row, by, Role.CONTRIBUTOR)
    else:
        CaseCredit.objects.filter(page=row.page_id, user=by).delete()
    bump_generation()


@transaction.atomic
def name_author(submission: CaseSubmission, *, by: User, wanted: bool) -> None:
    """The author's own name, also when the page stands already."""
    row = locked(submission)
    require(rules.can_revise(by, row))
    row.names_author = wanted
    row.save(update_fields=["names_author"])
    if wanted:
        _name(row, by, Role.ANSWER if row.answer_id is not None else Role.AUTHOR)
    else:
        CaseCredit.objects.filter(page=row.page_id, user=by).delete()
        leads_to_nobody(row)
    bump_generation()


def name_people(submission: CaseSubmission) -> None:
    """All who said yes, on the page that was just made; within the caller's transaction."""
    if submission.names_author and submission.author is not None:
        _name(submission, submission.author, Role.ANSWER if submission.answer_id is not None else Role.AUTHOR)
    for credit in submission.credits.filter(agrees=True).select_related("user"):
        _name(submission, credit.user, Role.CONTRIBUTOR)


def _name(submission: CaseSubmission, user: User, role: str) -> None:
    if submission.page_id is None or not user.name or not user.is_active:
        return
    CaseCredit.objects.get_or_create(
        page_id=submission.page_id, user=user,
        defaults={"name": user.name, "role": role, "agreed_at": timezone.now()},
    )  # fmt: skip
