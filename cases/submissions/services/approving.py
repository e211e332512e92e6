"""From the author to the company's manager, and from there to staff."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.submissions import rules
from cases.submissions.models import CaseSubmission, State, SubmissionEvent
from cases.submissions.models.parts import MOST_NOTE
from cases.submissions.services.proofs import remove_files
from cases.submissions.services.refusals import ChangedMeanwhile, Refused
from cases.submissions.services.standing import locked, require, require_may_write, words
from cases.submissions.services.telling import (
    record,
    tell_author,
    tell_credits,
    tell_desk,
    tell_managers,
)
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.rules import is_manager
from portal.organisations.services import current_managers, membership_of

Kind = SubmissionEvent.Kind


@transaction.atomic
def send_submission(submission: CaseSubmission, *, by: User, agrees: bool = False) -> CaseSubmission:
    """To the company's manager; straight to staff where its manager agreed to this version before, or where the author
    is the manager and says so (`agrees`). Twice is once. Raises NotAllowed, Refused."""
    row = locked(submission)
    require(rules.is_author(by, row))
    if row.state in (State.WITH_MANAGER, State.SENT_IN):
        return row
    require(rules.can_edit(by, row))
    require_may_write(by)
    _refuse_often(row)
    if lacks := rules.missing(row):
        raise Refused(lacks[0].sentence)
    _hand_over(row, by=by, agrees=agrees)
    return row


def _refuse_often(row: CaseSubmission) -> None:
    """Each time somebody gets a mail: taking it back and sending it again is no way to fill their mailbox."""
    today = row.events.filter(
        kind__in=[Kind.TO_MANAGER, Kind.SENT_IN], at__gt=timezone.now() - timedelta(days=1)
    )
    if today.count() >= rules.MOST_SENT_A_DAY:
        raise Refused(_("Je verstuurde dit vandaag al een paar keer. Morgen kan het weer."))


def _hand_over(row: CaseSubmission, *, by: User, agrees: bool) -> None:
    organisation = row.organisation
    membership = membership_of(by, organisation) if organisation is not None else None
    if organisation is None or membership is None:
        raise Refused(_("Je hoort niet meer bij dit bedrijf. Kies een ander bedrijf."))
    if not rules.is_approved(row):
        if not (agrees and is_manager(membership)):
            _ask_managers(row, organisation, by=by)
            return
        row.approved_version = row.version
        record(row, Kind.APPROVED, by=by)
    _enter_queue(row, by=by)


def _ask_managers(row: CaseSubmission, organisation: Organisation, *, by: User) -> None:
    managers = current_managers(organisation)
    if not managers:
        raise Refused(
            _(
                "%(name)s heeft nog geen beheerder die akkoord kan geven. Vraag de redactie om er een aan te wijzen."
            )
            % {"name": organisation.name}
        )
    _put(row, State.WITH_MANAGER)
    tell_managers(record(row, Kind.TO_MANAGER, by=by), people=managers)


def _enter_queue(row: CaseSubmission, *, by: User) -> None:
    _put(row, State.SENT_IN)
    tell_desk(record(row, Kind.SENT_IN, by=by))
    tell_credits(row.credits.filter(agrees=None), by=row.author)


def _put(row: CaseSubmission, state: str) -> None:
    row.state, row.changed_at = state, timezone.now()
    row.save(update_fields=["state", "changed_at", "approved_version"])


@transaction.atomic
def approve_submission(submission: CaseSubmission, *, by: User, seen: int) -> None:
    """The company agrees to the version `seen`. Twice is once. Raises NotAllowed, ChangedMeanwhile."""
    row = locked(submission)
    membership = membership_of(by, row.organisation) if row.organisation is not None else None
    if row.state == State.SENT_IN and row.approved_version == seen and is_manager(membership):
        return
    require(rules.can_approve(membership, row))
    if row.version != seen:
        raise ChangedMeanwhile
    row.approved_version = row.version
    event = record(row, Kind.APPROVED, by=by)
    _enter_queue(row, by=by)
    tell_author(event)


@transaction.atomic
def send_back(submission: CaseSubmission, *, by: User, remark: str) -> None:
    """Raises NotAllowed, Refused without a remark."""
    row = locked(submission)
    membership = membership_of(by, row.organisation) if row.organisation is not None else None
    require(rules.can_approve(membership, row))
    text = words(remark, most=MOST_NOTE, lacks=_("Schrijf erbij wat er anders moet."))
    _put(row, State.DRAFT)
    tell_author(record(row, Kind.SENT_BACK, by=by, text=text))


@transaction.atomic
def recall_submission(submission: CaseSubmission, *, by: User) -> None:
    """Back to the author, who wants to change something."""
    row = locked(submission)
    if row.state == State.DRAFT and rules.is_author(by, row):
        return
    require(rules.can_recall(by, row))
    _put(row, State.DRAFT)
    record(row, Kind.RECALLED, by=by)


@transaction.atomic
def withdraw_submission(submission: CaseSubmission, *, by: User) -> None:
    """For good; what was said about it stays for a year, for who it was said to. Nobody needs its files any more."""
    row = locked(submission)
    if row.state == State.WITHDRAWN and rules.is_author(by, row):
        return
    require(rules.can_withdraw(by, row))
    was = row.state
    _put(row, State.WITHDRAWN)
    remove_files(row)
    event = record(row, Kind.WITHDRAWN, by=by)
    if was in (State.SENT_IN, State.QUESTIONS, State.PROPOSED):
        tell_desk(event)


@transaction.atomic
def accept_proposal(submission: CaseSubmission, *, by: User, with_name: bool, agrees: bool = False) -> None:
    """Who wrote the answer says that a case may be made of it; then it goes the way of any other."""
    row = locked(submission)
    if row.state != State.PROPOSED and rules.is_author(by, row):
        return
    require(rules.can_answer_proposal(by, row))
    row.names_author = with_name
    row.save(update_fields=["names_author"])
    _hand_over(row, by=by, agrees=agrees)


@transaction.atomic
def edit_proposal(submission: CaseSubmission, *, by: User) -> None:
    """They want to write it themselves: from now on it is their draft."""
    row = locked(submission)
    require(rules.can_answer_proposal(by, row))
    _put(row, State.DRAFT)
    record(row, Kind.STARTED, by=by)
