"""What a reader asks the maker of a case, through the portal."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.submissions.models.submissions import CaseSubmission
from cases.submissions.querysets import ReaderQuestionQuerySet
from network.moderation.reportables import HELD, HIDDEN, REMOVED, VISIBLE

MOST_QUESTION = 2_000


class ReaderQuestion(models.Model):
    """For who asks and who made the case; nobody else reads it, and no address is told. One answer closes it."""

    class State(models.TextChoices):
        VISIBLE = VISIBLE, _("zichtbaar")
        HELD = HELD, _("wacht op een moderator")
        HIDDEN = HIDDEN, _("verborgen door een moderator")
        REMOVED = REMOVED, _("weggehaald door een moderator")

    submission = models.ForeignKey(
        CaseSubmission, verbose_name=_("praktijkvoorbeeld"), on_delete=models.CASCADE, related_name="reader_questions"
    )  # fmt: skip
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("van"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="case_questions",
    )  # fmt: skip
    text = models.TextField(_("vraag"), max_length=MOST_QUESTION)
    token = models.UUIDField(_("van formulier"), default=uuid.uuid4, editable=False)
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.VISIBLE)
    asked_at = models.DateTimeField(_("gevraagd"), default=timezone.now)
    answer = models.TextField(_("antwoord"), max_length=MOST_QUESTION, blank=True)
    answered_at = models.DateTimeField(_("beantwoord"), null=True, blank=True)

    objects = ReaderQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag van een lezer")
        verbose_name_plural = _("vragen van lezers")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "token"], condition=Q(asker__isnull=False), name="submissions_question_form_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="submissions_question_answered",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[VISIBLE, HELD, HIDDEN, REMOVED]), name="submissions_question_known_state"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk} over {self.submission_id}"

    def get_absolute_url(self) -> str:
        return reverse("submissions:reader-question", args=[self.pk])

    @property
    def about(self) -> str:
        """The title that readers know: what its maker called it is between them and the editors."""
        page = self.submission.page
        return page.title if page is not None else str(_("een praktijkvoorbeeld"))
