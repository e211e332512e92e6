"""Which questions somebody sees, and how each stands."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from network.ecosystems import prepared
from portal.organisations.querysets import is_person

if TYPE_CHECKING:
    from network.questions.models import (  # noqa: F401 - names of the generic parameters
        AcceptedAnswer,
        AnswerClaim,
        Question,
    )


def _answers(question: str) -> models.QuerySet[Any]:
    """Posts of somebody else than the asker, as everybody sees them."""
    posts = apps.get_model("conversations", "Post").objects.filter(
        conversation=OuterRef(question), number__gt=1
    )
    asker = F("conversation__started_by")
    return posts.filter(Q(author=None) | Q(conversation__started_by=None) | ~Q(author=asker), state="visible")


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: Any) -> QuestionQuerySet:
        """Those whose conversation one sees."""
        conversations = apps.get_model("conversations", "Conversation").objects.visible_to(user)
        return self.filter(conversation__in=conversations.order_by().values("pk"))

    def shown(self) -> QuestionQuerySet:
        """Those that no moderator holds or hid."""
        return self.filter(conversation__state="visible")

    def of_ecosystems_of(self, user: Any) -> QuestionQuerySet:
        """Those for the ecosystems where one is inside."""
        if not is_person(user):
            return self.none()
        return self.filter(conversation__ecosystem__in=prepared.inside(user, timezone.localdate()))

    def with_standing(self) -> QuestionQuerySet:
        """`answer_count`, `same_count`, and whether an answer is accepted (`has_accepted`)."""
        accepted = apps.get_model("questions", "AcceptedAnswer").objects.standing()
        same = apps.get_model("questions", "SameHere").objects.filter(question=OuterRef("pk"))
        return self.annotate(
            answer_count=_counted(_answers("pk"), "conversation"),
            same_count=_counted(same, "question"),
            has_accepted=Exists(accepted.filter(question=OuterRef("pk"))),
        )

    def with_mine(self, user: Any, at: datetime.datetime) -> QuestionQuerySet:
        """For a person: whether they said that they have the same question (`is_mine_too`), what they want to hear of
        it (`wants`), and who is writing an answer (`claimed_by`, `claimed_until`)."""
        if not is_person(user):
            nobody = Value(None, output_field=models.IntegerField())
            return self.annotate(is_mine_too=Value(False), wants=Value(""), claimed_by=nobody)
        here = {"question": OuterRef("pk")}
        same = apps.get_model("questions", "SameHere").objects.filter(user=user, **here)
        readings = apps.get_model("conversations", "Reading").objects
        wants = readings.filter(user=user, conversation=OuterRef("pk")).values("wants")
        claims = apps.get_model("questions", "AnswerClaim").objects.standing(at).filter(**here)
        return self.annotate(
            is_mine_too=Exists(same),
            wants=Coalesce(Subquery(wants[:1]), Value("")),
            claimed_by=Subquery(claims.values("user")[:1]),
            claimed_until=Subquery(claims.values("until")[:1]),
        )

    def unanswered(self) -> QuestionQuerySet:
        """Open, and nobody answered."""
        return self.filter(~Exists(_answers("pk")), conversation__locked_at=None)

    def open(self) -> QuestionQuerySet:
        """Nobody closed them and no answer was accepted."""
        accepted = apps.get_model("questions", "AcceptedAnswer").objects.standing()
        return self.filter(~Exists(accepted.filter(question=OuterRef("pk"))), conversation__locked_at=None)

    def answered(self) -> QuestionQuerySet:
        """With an accepted answer, closed or not."""
        accepted = apps.get_model("questions", "AcceptedAnswer").objects.standing()
        return self.filter(Exists(accepted.filter(question=OuterRef("pk"))))

    def closed(self) -> QuestionQuerySet:
        return self.filter(conversation__locked_at__isnull=False)


def _counted(rows: models.QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


class AcceptedAnswerQuerySet(models.QuerySet["AcceptedAnswer"]):
    def standing(self) -> AcceptedAnswerQuerySet:
        """Those whose post still stands in the question, for everybody to see."""
        return self.filter(post__conversation=F("question"), post__state="visible")


class AnswerClaimQuerySet(models.QuerySet["AnswerClaim"]):
    def standing(self, at: datetime.datetime) -> AnswerClaimQuerySet:
        """Those that have not lapsed, of people who have not written since."""
        written = apps.get_model("conversations", "Post").objects.filter(
            conversation=OuterRef("question"), author=OuterRef("user"), created_at__gte=OuterRef("claimed_at")
        )
        return self.filter(~Exists(written), until__gt=at, user__is_active=True)
