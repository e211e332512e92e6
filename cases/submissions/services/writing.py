"""Writing: every step is kept, also what isn't right yet."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.submissions import rules
from cases.submissions.models import (
    MOST_TEXT,
    CaseSubmission,
    State,
    SubmissionCredit,
    SubmissionEvent,
    SubmissionProof,
    SubmittedMeasurement,
)
from cases.submissions.services.refusals import ChangedMeanwhile, Refused
from cases.submissions.services.standing import locked, require, require_may_write
from cases.submissions.services.telling import record
from cases.submissions.steps import APPROACH, COMPANY, PROOF, RESULTS, SITUATION
from portal.accounts.models import User
from portal.organisations.services import membership_of

MOST_FIELDS = 200
FIGURE = ("indicator", "change", "before", "after", "established", "period_note", "base")


@transaction.atomic
def begin_submission(*, by: User) -> CaseSubmission:
    """A new one; where the person has one in which nothing was written, that one. Raises Refused."""
    require_may_write(by)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    drafts = CaseSubmission.objects.filter(author=by, state=State.DRAFT)
    untouched = drafts.filter(version=1, typed={}, proofs=None, answer=None).first()
    if untouched is not None:
        return untouched
    today = CaseSubmission.objects.filter(
        author=by, created_at__gt=timezone.now() - datetime.timedelta(days=1)
    )
    if today.count() >= rules.MOST_A_DAY:
        raise Refused(_("Je begon vandaag al aan genoeg voorbeelden. Morgen kan het weer."))
    if drafts.count() >= rules.MOST_DRAFTS:
        raise Refused(
            _(
                "Je hebt al %(most)s voorbeelden waar je aan schrijft. Maak er eerst een af, of gooi er een weg."
            )
            % {"most": rules.MOST_DRAFTS}
        )
    submission = CaseSubmission.objects.create(author=by)
    record(submission, SubmissionEvent.Kind.STARTED, by=by)
    return submission


@transaction.atomic
def keep_typed(
    submission: CaseSubmission, *, step: str, by: User, data: Mapping[str, Sequence[str]], is_checked: bool
) -> None:
    """What somebody typed and what can't be kept as it should be: to show it again. `is_checked`: with its errors."""
    row = locked(submission)
    require(rules.can_edit(by, row))
    kept = {
        _plain(name)[:60]: [_plain(each) for each in values[:50]]
        for name, values in list(data.items())[:MOST_FIELDS]
    }
    row.typed = {**row.typed, step: {"data": kept, "checked": is_checked}}
    row.last_step, row.changed_at = step, timezone.now()
    row.save(update_fields=["typed", "last_step", "changed_at"])


def _plain(text: str) -> str:
    return str(text).replace("\x00", "")[: MOST_TEXT * 2]


@transaction.atomic
def save_step(
    submission: CaseSubmission, *, step: str, by: User, values: Mapping[str, Any], seen: int
) -> CaseSubmission:
    """Keep what was filled in at a step. `seen`: the version of this step when it was shown.

    Raises NotAllowed, ChangedMeanwhile where it was saved from elsewhere since, and Refused.
    """
    row = locked(submission)
    require(rules.can_edit(by, row))
    require_may_write(by)
    if row.step_version(step) != seen:
        raise ChangedMeanwhile
    is_changed = KEEPERS[step](row, values)
    if is_changed:
        row.version += 1
        row.step_versions = {**row.step_versions, step: seen + 1}
    row.typed = {name: kept for name, kept in row.typed.items() if name != step}
    row.last_step, row.changed_at = step, timezone.now()
    row.save()
    return row


def _keep_fields(row: CaseSubmission, values: Mapping[str, Any], names: Sequence[str]) -> bool:
    changed = [name for name in names if getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)


def _keep_situation(row: CaseSubmission, values: Mapping[str, Any]) -> bool:
    return _keep_fields(row, values, ("title", "theme", "situation"))


def _keep_approach(row: CaseSubmission, values: Mapping[str, Any]) -> bool:
    return _keep_fields(row, values, ("approach", "personnel_involved", "effort", "cost", "payback"))


def _keep_results(row: CaseSubmission, values: Mapping[str, Any]) -> bool:
    """Figures that stay keep their source; `values["figures"]` holds their number ("pk") where they were there."""
    is_changed = _keep_fields(row, values, ("result", "lessons", "tomorrow"))
    known = {figure.pk: figure for figure in row.measurements.select_related("indicator")}
    kept: set[int] = set()
    for position, given in enumerate(values["figures"][: rules.MOST_MEASUREMENTS]):
        figure = known.get(given.get("pk") or 0) or SubmittedMeasurement(submission=row)
        wanted = {**{name: given[name] for name in FIGURE}, "position": position}
        if figure.pk is None or any(getattr(figure, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(figure, name, value)
            figure.save()
            is_changed = True
        kept.add(figure.pk)
    gone = row.measurements.exclude(pk__in=kept)
    return bool(gone.delete()[0]) or is_changed


def _keep_sources(row: CaseSubmission, values: Mapping[str, Any]) -> bool:
    proofs = {proof.pk for proof in SubmissionProof.objects.filter(submission=row)}
    is_changed = False
    for figure in row.measurements.all():
        text, proof = values["sources"].get(figure.pk, (figure.source_text, figure.proof_id))
        proof = proof if proof in proofs else None
        if (figure.source_text, figure.proof_id) != (text, proof):
            figure.source_text, figure.proof_id = text, proof
            figure.save(update_fields=["source_text", "proof"])
            is_changed = True
    return is_changed


def _keep_company(row: CaseSubmission, values: Mapping[str, Any]) -> bool:
    """Only an organisation that the author belongs to, and people who belong there."""
    organisation = values["organisation"]
    require(row.author is not None and membership_of(row.author, organisation) is not None)
    is_changed = _keep_fields(row, values, ("organisation", "names_author", "takes_questions"))
    wanted: set[int] = set(values["people"])
    here = organisation.memberships.current(timezone.localdate()).filter(user__in=wanted)
    allowed = set(here.values_list("user", flat=True)) - {row.author_id}
    present = set(row.credits.values_list("user", flat=True))
    row.credits.exclude(user__in=allowed).delete()
    SubmissionCredit.objects.bulk_create(
        [SubmissionCredit(submission=row, user_id=pk) for pk in sorted(allowed - present)]
    )
    return is_changed or allowed != present


Keeper = Callable[[CaseSubmission, Mapping[str, Any]], bool]
KEEPERS: dict[str, Keeper] = {
    SITUATION: _keep_situation,
    APPROACH: _keep_approach,
    RESULTS: _keep_results,
    PROOF: _keep_sources,
    COMPANY: _keep_company,
}


@transaction.atomic
def discard_draft(submission: CaseSubmission, *, by: User) -> None:
    """Gone with its files: nobody else ever saw it."""
    from cases.submissions.services.proofs import remove_files

    row = locked(submission)
    require(rules.is_author(by, row) and row.state == State.DRAFT)
    remove_files(row)
    row.delete()


def forget_old(at: datetime.datetime) -> int:
    """Drafts that nobody touched for a year, and a year after it ended what never became a page; how many."""
    from cases.submissions.services.proofs import remove_files

    ended = (State.DRAFT, State.WITHDRAWN, State.REFUSED, State.PROPOSED)
    rows = CaseSubmission.objects.filter(state__in=ended, changed_at__lt=at - KEPT)
    number = 0
    for row in rows.iterator():
        with transaction.atomic():
            remove_files(row)
            row.delete()
            number += 1
    return number


KEPT = datetime.timedelta(days=365)
