"""Who hears of what, and the line that is written of it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone

from cases.submissions.models import CaseSubmission, ReaderQuestion, SubmissionCredit, SubmissionEvent
from cases.submissions.querysets import SEE
from portal.accounts.models import User
from portal.notifications.services import notify

Kind = SubmissionEvent.Kind

TO_APPROVE = "submissions.to-approve"  # of an event
NEWS = "submissions.news"  # of an event
DESK = "submissions.desk"  # of an event
CREDIT = "submissions.credit"  # of a credit
READER_QUESTION = "submissions.reader-question"  # of a question
READER_ANSWER = "submissions.reader-answer"  # of a question


def record(
    submission: CaseSubmission,
    kind: str,
    *,
    by: User | None,
    text: str = "",
    token: uuid.UUID | None = None,
    at: datetime.datetime | None = None,
) -> SubmissionEvent:
    moment = at or timezone.now()
    return SubmissionEvent.objects.create(
        submission=submission, kind=kind, actor=by, text=text, token=token, at=moment
    )


def tell_managers(event: SubmissionEvent, *, people: Iterable[User]) -> None:
    notify(TO_APPROVE, recipients=list(people), object_id=event.pk, actor=event.actor)


def tell_author(event: SubmissionEvent) -> None:
    if event.submission.author_id is not None:
        notify(NEWS, recipients=[event.submission.author_id], object_id=event.pk, actor=event.actor)


def tell_desk(event: SubmissionEvent) -> None:
    """Staff of the groups that handle what is sent in; administrators where there are none."""
    app, _dot, codename = SEE.partition(".")
    permission = Permission.objects.filter(content_type__app_label=app, codename=codename)
    staff = User.objects.filter(is_staff=True, is_active=True)
    of_groups = staff.filter(Q(groups__permissions__in=permission) | Q(user_permissions__in=permission))
    people = list(of_groups.distinct()) or list(staff.filter(is_superuser=True))
    notify(DESK, recipients=people, object_id=event.pk, actor=event.actor)


def tell_credits(credits: Iterable[SubmissionCredit], *, by: User | None) -> None:
    for credit in credits:
        notify(CREDIT, recipients=[credit.user_id], object_id=credit.pk, actor=by)


def tell_maker(question: ReaderQuestion) -> None:
    """No actor where the question waited for a moderator: then it isn't the moderator who asks."""
    if question.submission.author_id is not None:
        notify(
            READER_QUESTION, recipients=[question.submission.author_id], object_id=question.pk, actor=question.asker
        )  # fmt: skip


def tell_asker(question: ReaderQuestion, *, by: User) -> None:
    if question.asker_id is not None:
        notify(READER_ANSWER, recipients=[question.asker_id], object_id=question.pk, actor=by)
