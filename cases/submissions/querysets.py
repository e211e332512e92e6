"""Who sees which submission. Its parts are seen by who sees the submission itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.organisations.querysets import is_person, is_staff

if TYPE_CHECKING:
    from cases.submissions.models import (  # noqa: F401 - names of the generic parameters
        CaseSubmission,
        ReaderQuestion,
    )

SEE = "submissions.view_casesubmission"
DECIDE = "submissions.change_casesubmission"

# Written out, since the models stand above: what has left its author's hands, and what staff may read of that.
FOR_MANAGERS = ("with-manager", "sent-in", "questions", "taken-up", "refused")
FOR_STAFF = ("proposed", "sent-in", "questions", "taken-up", "refused")

Part = TypeVar("Part", bound=models.Model)


def sees_queue(user: Any) -> bool:
    """Staff who handle what members send in."""
    return is_person(user) and is_staff(user) and bool(user.has_perm(SEE))


def _managed(user: Any) -> Any:
    memberships = apps.get_model("organisations", "Membership").objects.filter(user=user, role="manager")
    return memberships.current(timezone.localdate()).values("organisation")


class SubmissionQuerySet(models.QuerySet["CaseSubmission"]):
    def visible_to(self, user: Any) -> SubmissionQuerySet:
        """One's own; as a manager what is said in the company's name; as staff what was sent in.

        What an author is still writing is theirs alone.
        """
        if not is_person(user):
            return self.none()
        seen = Q(author=user) | Q(state__in=FOR_MANAGERS, organisation__in=_managed(user))
        if sees_queue(user):
            seen |= Q(state__in=FOR_STAFF)
        return self.filter(seen)

    def of(self, user: Any) -> SubmissionQuerySet:
        return self.filter(author=user) if is_person(user) else self.none()

    def waiting_for(self, user: Any) -> SubmissionQuerySet:
        """What this person, as a manager, has to look at."""
        if not is_person(user):
            return self.none()
        changes = apps.get_model("submissions", "UnapprovedChange").objects.order_by().values("submission")
        waits = Q(state="with-manager") | Q(state="taken-up", pk__in=changes)
        return self.filter(waits, organisation__in=_managed(user))

    def in_queue(self) -> SubmissionQuerySet:
        """All that staff may know of."""
        return self.filter(state__in=FOR_STAFF)

    def taking_questions(self) -> SubmissionQuerySet:
        """Whose maker can be asked something; the page is looked at by who asks."""
        return self.filter(state="taken-up", takes_questions=True, author__is_active=True, page__live=True)


class PartQuerySet(models.QuerySet[Part]):
    def visible_to(self, user: Any) -> PartQuerySet[Part]:
        seen = apps.get_model("submissions", "CaseSubmission").objects.visible_to(user)
        return self.filter(submission__in=seen.order_by().values("pk"))


class ReaderQuestionQuerySet(models.QuerySet["ReaderQuestion"]):
    def visible_to(self, user: Any) -> ReaderQuestionQuerySet:
        """For its asker, also while it waits for a moderator; for the maker once nothing holds it."""
        if not is_person(user):
            return self.none()
        mine = Q(asker=user, state__in=["visible", "held", "hidden"])
        return self.filter(mine | Q(submission__author=user, state="visible"))
