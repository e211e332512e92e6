"""A question, the answers that helped, and who has the same question.

What is asked and answered is a conversation: the opening post is the question, every later post of somebody else is an
answer, and what the asker writes below it is an explanation.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversations.models import Conversation, Post
from network.questions.querysets import AcceptedAnswerQuerySet, QuestionQuerySet
from portal.taxonomy.models import Sector, Theme

QUESTION = "question"


class Question(models.Model):
    """A conversation with a theme. Whether it is open, answered or closed follows from its answers and its lock.

    `closed_at`: when its asker closed it. It holds as long as it is the conversation's `locked_at`; a lock of another
    moment is of who runs the place, and is theirs to open.
    """

    conversation = models.OneToOneField(
        Conversation,
        verbose_name=_("gesprek"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="question",
    )
    # Empty only where an editor took the theme away.
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("thema"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="questions",
    )
    sector = models.ForeignKey(
        Sector,
        verbose_name=_("sector"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="questions",
    )
    closed_at = models.DateTimeField(_("gesloten door de vrager"), null=True, blank=True)
    # When those who know the theme were told that nobody answered; once.
    reminded_at = models.DateTimeField(_("herinnerd"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")

    def __str__(self) -> str:
        return str(self.conversation_id)


class AcceptedAnswer(models.Model):
    """A post that helped; there may be several. It counts as long as the post stands in this question and can be seen."""

    post = models.OneToOneField(
        Post, verbose_name=_("bericht"), primary_key=True, on_delete=models.CASCADE, related_name="accepted"
    )
    question = models.ForeignKey(
        Question, verbose_name=_("vraag"), on_delete=models.CASCADE, related_name="accepted_answers"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gekozen door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("gekozen"), default=timezone.now)

    objects = AcceptedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("gekozen antwoord")
        verbose_name_plural = _("gekozen antwoorden")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.post_id} in {self.question_id}"


class SameHere(models.Model):
    """That a member has the same question. Their number is the number of rows."""

    question = models.ForeignKey(
        Question, verbose_name=_("vraag"), on_delete=models.CASCADE, related_name="same_here"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("wie"), on_delete=models.CASCADE, related_name="same_here"
    )
    at = models.DateTimeField(_("sinds"), default=timezone.now)

    class Meta:
        verbose_name = _("ook iets aan")
        verbose_name_plural = _("ook iets aan")
        constraints = [models.UniqueConstraint(fields=["question", "user"], name="questions_samehere_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.question_id}"
