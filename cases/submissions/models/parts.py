"""What belongs to a submission: its figures, its proof, who is named, and what happened to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.submissions.models.submissions import CaseSubmission
from cases.submissions.querysets import PartQuerySet
from cases.submissions.storage import PROOF_FILES
from portal.evidence.models import EstablishmentChoices, Indicator
from portal.media.models import KeptFile
from portal.media.storage import MemberFileField

MOST_NOTE = 2_000


class SubmissionProof(KeptFile):
    """A document that shows where a figure comes from. Never public: for its author, the company's managers and staff."""

    submission = models.ForeignKey(
        CaseSubmission, verbose_name=_("praktijkvoorbeeld"), on_delete=models.CASCADE, related_name="proofs"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("van"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    file = MemberFileField(_("bestand"), store=PROOF_FILES, max_length=100)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewijsstuk")
        verbose_name_plural = _("bewijsstukken")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(file=""), name="submissions_proof_has_file")]

    def get_absolute_url(self) -> str:
        return reverse("submissions:proof", args=[self.uuid])


class SubmittedMeasurement(models.Model):
    """A figure as its author gives it: a change, or a state before and after, in the unit of its indicator."""

    submission = models.ForeignKey(
        CaseSubmission, verbose_name=_("praktijkvoorbeeld"), on_delete=models.CASCADE, related_name="measurements"
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("wat gemeten is"), on_delete=models.PROTECT, related_name="+"
    )
    change = models.DecimalField(_("verandering"), max_digits=12, decimal_places=3, null=True, blank=True)
    before = models.DecimalField(_("vooraf"), max_digits=14, decimal_places=3, null=True, blank=True)
    after = models.DecimalField(_("achteraf"), max_digits=14, decimal_places=3, null=True, blank=True)
    established = models.CharField(_("hoe vastgesteld"), max_length=15, choices=EstablishmentChoices)
    period_note = models.CharField(_("periode"), max_length=120, blank=True)
    base = models.CharField(_("ten opzichte van"), max_length=200, blank=True)
    source_text = models.CharField(_("waar het cijfer vandaan komt"), max_length=250, blank=True)
    proof = models.ForeignKey(
        SubmissionProof, verbose_name=_("bewijsstuk"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="measurements",
    )  # fmt: skip

    class Meta:
        verbose_name = _("ingestuurd resultaat")
        verbose_name_plural = _("ingestuurde resultaten")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(change__isnull=False, before=None, after=None)
                | Q(change=None, before__isnull=False, after__isnull=False),
                name="submissions_measurement_one_value",
            ),
            models.CheckConstraint(
                condition=Q(established__in=EstablishmentChoices.values),
                name="submissions_measurement_established",
            ),
        ]

    def __str__(self) -> str:
        return str(self.indicator)


class SubmissionCredit(models.Model):
    """Somebody whom the author wants to name. On the page comes only who said yes themselves."""

    submission = models.ForeignKey(
        CaseSubmission, verbose_name=_("praktijkvoorbeeld"), on_delete=models.CASCADE, related_name="credits"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("wie"), on_delete=models.CASCADE, related_name="case_credits_asked"
    )  # fmt: skip
    asked_at = models.DateTimeField(_("gevraagd"), default=timezone.now)
    answered_at = models.DateTimeField(_("beantwoord"), null=True, blank=True)
    agrees = models.BooleanField(_("wil genoemd worden"), null=True, blank=True)

    class Meta:
        verbose_name = _("wie meedeed")
        verbose_name_plural = _("wie meededen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "user"], name="submissions_credit_once"),
            models.CheckConstraint(
                condition=Q(agrees=None, answered_at=None) | Q(agrees__isnull=False, answered_at__isnull=False),
                name="submissions_credit_answered",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user_id} in {self.submission_id}"


class SubmissionEvent(models.Model):
    """What happened, with the words that went along: the timeline, and what staff and author say to each other."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("de redactie vroeg of het mag")
        STARTED = "started", _("begonnen")
        TO_MANAGER = "to-manager", _("naar de beheerder van het bedrijf")
        SENT_BACK = "sent-back", _("teruggestuurd door de beheerder")
        APPROVED = "approved", _("akkoord van het bedrijf")
        SENT_IN = "sent-in", _("ingestuurd naar de redactie")
        RECALLED = "recalled", _("teruggehaald om te wijzigen")
        QUESTION = "question", _("vraag van de redactie")
        ANSWER = "answer", _("antwoord van de inzender")
        TAKEN_UP = "taken-up", _("opgepakt door de redactie")
        REFUSED = "refused", _("niet overgenomen")
        WITHDRAWN = "withdrawn", _("ingetrokken")
        CHANGED = "changed", _("tekst van de pagina gewijzigd")
        PUBLISHED = "published", _("staat online")

    submission = models.ForeignKey(
        CaseSubmission, verbose_name=_("praktijkvoorbeeld"), on_delete=models.CASCADE, related_name="events"
    )
    kind = models.CharField(_("wat"), max_length=12, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("door"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    text = models.TextField(_("bericht"), max_length=MOST_NOTE, blank=True)
    token = models.UUIDField(_("van formulier"), null=True, blank=True, editable=False)
    at = models.DateTimeField(_("wanneer"), default=timezone.now)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap van een inzending")
        verbose_name_plural = _("stappen van een inzending")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["submission", "at"], name="submissions_timeline")]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "token"], condition=Q(token__isnull=False), name="submissions_event_form_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["sent-back", "question", "answer", "refused"]) | ~Q(text=""),
                name="submissions_event_says_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.get_kind_display()}"
