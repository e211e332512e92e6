"""What an author changed in the page of their case, as long as the company didn't say yes to it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.submissions.models.submissions import CaseSubmission
from cases.submissions.querysets import PartQuerySet


class UnapprovedChange(models.Model):
    """There only while it waits: with the company's yes, or once the text is as it was, the row goes.

    `before`: by field how the page read when the company last agreed; `after`: how the author wants it. `revision`: of
    the page, the last that the author saved, so that nobody agrees to words they haven't read.
    """

    submission = models.OneToOneField(
        CaseSubmission,
        verbose_name=_("praktijkvoorbeeld"),
        on_delete=models.CASCADE,
        related_name="unapproved",
    )
    before = models.JSONField(_("zoals het was"))
    after = models.JSONField(_("zoals het wordt"))
    revision = models.PositiveBigIntegerField(_("versie van de pagina"))
    at = models.DateTimeField(_("gewijzigd"), default=timezone.now)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("wijziging zonder akkoord")
        verbose_name_plural = _("wijzigingen zonder akkoord")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.submission_id)
