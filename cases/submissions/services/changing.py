"""The company says yes to what an author changed in the page later, or what should be different."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.submissions import rules
from cases.submissions.models import CaseSubmission, SubmissionEvent, UnapprovedChange
from cases.submissions.models.parts import MOST_NOTE
from cases.submissions.services.refusals import ChangedMeanwhile, NotAllowed
from cases.submissions.services.standing import locked, require, words
from cases.submissions.services.telling import record, tell_author, tell_desk, tell_managers
from portal.accounts.models import User
from portal.organisations.rules import is_manager
from portal.organisations.services import current_managers, membership_of

Kind = SubmissionEvent.Kind


def ask_company(
    row: CaseSubmission,
    event: SubmissionEvent,
    *,
    before: Mapping[str, str],
    after: Mapping[str, str],
    revision: int,
    by: User,
) -> None:
    """Of an author who manages the company it is the company's word. The submission is locked.

    A second change before the answer is one with the first: the company reads what differs from what it agreed to.
    """
    if row.organisation is None:
        return
    if is_manager(membership_of(by, row.organisation)):
        UnapprovedChange.objects.filter(submission=row).delete()
        return
    waiting = UnapprovedChange.objects.filter(submission=row).first()
    change = waiting or UnapprovedChange(submission=row, before={}, after={})
    for name, text in after.items():
        change.before.setdefault(name, before[name])
        change.after[name] = text
    for name in [name for name, text in change.after.items() if text == change.before[name].strip()]:
        del change.before[name], change.after[name]
    if not change.after:
        UnapprovedChange.objects.filter(submission=row).delete()
        return
    change.revision, change.at = revision, timezone.now()
    change.save()
    tell_managers(event, people=current_managers(row.organisation))


@transaction.atomic
def approve_change(submission: CaseSubmission, *, by: User, seen: int) -> None:
    """The company says yes to the change `seen`. Twice is once. Raises NotAllowed, ChangedMeanwhile."""
    row = locked(submission)
    _require_manager(row, by)
    change = UnapprovedChange.objects.filter(submission=row).first()
    if change is None:
        return
    if change.revision != seen:
        raise ChangedMeanwhile
    change.delete()
    event = record(row, Kind.APPROVED, by=by)
    tell_author(event)
    tell_desk(event)


@transaction.atomic
def object_to_change(submission: CaseSubmission, *, by: User, remark: str) -> None:
    """The author reads what should be different; until then it stays without the company's yes.

    Raises NotAllowed, Refused without a remark.
    """
    row = locked(submission)
    _require_manager(row, by)
    if not UnapprovedChange.objects.filter(submission=row).exists():
        raise NotAllowed
    text = words(remark, most=MOST_NOTE, lacks=_("Schrijf erbij wat er anders moet."))
    event = record(row, Kind.SENT_BACK, by=by, text=text)
    tell_author(event)
    tell_desk(event)


def _require_manager(row: CaseSubmission, by: User) -> None:
    membership = membership_of(by, row.organisation) if row.organisation is not None else None
    require(rules.can_approve_change(membership, row))
