"""Which cases, decisions and objections are whose to see.

A moderator of the portal sees all cases; who manages an audience sees those of that audience. Of what one wrote oneself
one sees no case, as long as somebody else can decide it.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from network.moderation.audiences_managed import managed_terms, managers_of
from network.moderation.moderators import is_person, moderates_portal, others_decide

if TYPE_CHECKING:
    from network.moderation.models import (  # noqa: F401 - names of the generic parameters
        Access,
        Decision,
        ModerationCase,
        Objection,
        Report,
    )


def sees_all(user: Any) -> bool:
    return is_person(user) and (user.is_superuser or moderates_portal(user))


class CaseQuerySet(models.QuerySet["ModerationCase"]):
    def visible_to(self, user: Any) -> CaseQuerySet:
        if not is_person(user):
            return self.none()
        if sees_all(user):
            return self.exclude(author=user) if others_decide(user) else self
        terms = managed_terms(user)
        if not terms:
            return self.none()
        own = self.filter(audience__in=terms)
        if others_decide(user):
            return own.exclude(author=user)
        shared = [term for term in terms if managers_of(term) - {user.pk}]
        return own.exclude(author=user, audience__in=shared)

    def open(self) -> CaseQuerySet:
        return self.filter(state="open")

    def decided(self) -> CaseQuerySet:
        return self.filter(state="decided")

    def held(self) -> CaseQuerySet:
        return self.open().filter(is_held=True)

    def reported(self) -> CaseQuerySet:
        reports = apps.get_model("moderation", "Report").objects.filter(case=models.OuterRef("pk"))
        return self.open().filter(models.Exists(reports))

    def with_report_count(self) -> CaseQuerySet:
        """`report_count` on each."""
        reports = apps.get_model("moderation", "Report").objects.filter(case=models.OuterRef("pk"))
        number = reports.order_by().values("case").annotate(number=models.Count("pk")).values("number")
        return self.annotate(report_count=Coalesce(models.Subquery(number), 0))

    def overdue(self, at: datetime.datetime) -> CaseQuerySet:
        return self.open().filter(term_at__lt=at)


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Any) -> ReportQuerySet:
        """One's own, and those of the cases that one sees."""
        if not is_person(user):
            return self.none()
        return self.filter(Q(reporter=user) | Q(case__in=_cases(user)))


class Kept(models.QuerySet[Any]):
    """Rows are only added."""

    def delete(self) -> NoReturn:
        raise TypeError(f"rows of {self.model._meta.label} are kept")


class DecisionQuerySet(Kept):
    def visible_to(self, user: Any) -> DecisionQuerySet:
        """Those about oneself, those on what one reported, and those of the cases that one sees."""
        if not is_person(user):
            return self.none()
        reported = apps.get_model("moderation", "Report").objects.filter(reporter=user).values("case")
        return self.filter(
            Q(pk__in=self.about(user).values("pk")) | Q(case__in=reported) | Q(case__in=_cases(user))
        )

    def about(self, user: Any) -> DecisionQuerySet:
        """What was decided about a person and their texts; that nothing was done, they needn't know."""
        return self.filter(person=user).exclude(action="none", measure="")

    def standing(self) -> DecisionQuerySet:
        """Not undone."""
        return self.filter(undone_by=None)

    def blocking(self, user: Any, on: datetime.date) -> DecisionQuerySet:
        return self.standing().filter(person=user, measure="block", blocked_until__gte=on)


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, user: Any) -> ObjectionQuerySet:
        if not is_person(user):
            return self.none()
        return self.filter(Q(by=user) | Q(decision__case__in=_cases(user)))

    def about(self, cases: CaseQuerySet) -> ObjectionQuerySet:
        """Those to decisions in these cases."""
        return self.filter(decision__case__in=cases.order_by().values("pk"))

    def open(self) -> ObjectionQuerySet:
        return self.filter(outcome="open")


class AccessQuerySet(Kept):
    def visible_to(self, user: Any) -> AccessQuerySet:
        """All for administrators; else one's own, and who came to look at what one manages."""
        if not is_person(user):
            return self.none()
        if user.is_superuser:
            return self.all()
        return self.filter(Q(by=user) | Q(audience__in=managed_terms(user)))

    def lately(self, user: Any, since: datetime.datetime) -> AccessQuerySet:
        return self.filter(by=user, at__gte=since)


def _cases(user: Any) -> Any:
    cases = apps.get_model("moderation", "ModerationCase").objects
    return cases.visible_to(user).order_by().values("pk")
