"""Who is asked to answer, and who is writing an answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.questions.models.questions import Question
from network.questions.querysets import AnswerClaimQuerySet


class ExpertInvitation(models.Model):
    """That somebody asked a person who knows the theme to look at a question."""

    question = models.ForeignKey(
        Question, verbose_name=_("vraag"), on_delete=models.CASCADE, related_name="invitations"
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wie"),
        on_delete=models.CASCADE,
        related_name="question_invitations",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uitgenodigd door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invited_to_questions",
    )
    at = models.DateTimeField(_("uitgenodigd"), default=timezone.now)

    class Meta:
        verbose_name = _("uitgenodigde expert")
        verbose_name_plural = _("uitgenodigde experts")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["by", "at"], name="questions_invited_by")]
        constraints = [
            models.UniqueConstraint(fields=["question", "expert"], name="questions_expert_once"),
            models.UniqueConstraint(
                fields=["question", "by"], condition=Q(by__isnull=False), name="questions_one_expert_each"
            ),
            models.CheckConstraint(condition=~Q(by=F("expert")), name="questions_expert_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} in {self.question_id}"


class AnswerClaim(models.Model):
    """That somebody is writing an answer, so that another needn't. One a question; it lapses at `until`, and with their
    next post in the conversation."""

    question = models.OneToOneField(
        Question, verbose_name=_("vraag"), primary_key=True, on_delete=models.CASCADE, related_name="claim"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wie"),
        on_delete=models.CASCADE,
        related_name="answer_claims",
    )
    claimed_at = models.DateTimeField(_("sinds"), default=timezone.now)
    until = models.DateTimeField(_("tot"))

    objects = AnswerClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("antwoord in de maak")
        verbose_name_plural = _("antwoorden in de maak")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("claimed_at")), name="questions_claim_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.question_id}"
