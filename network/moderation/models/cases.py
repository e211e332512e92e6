"""One case for a thing that was reported or held, and what people reported about it.

What the database holds to: a thing has one open case, who decided stands with when, and a person reports a thing once as
long as its case is open.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.moderation.querysets import CaseQuerySet, ReportQuerySet


class ModerationCase(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("open")
        DECIDED = "decided", _("besloten")

    # Which thing: a code of the registry and a number. No key, since the thing lives in a room above.
    code = models.CharField(_("soort"), max_length=40)
    object_id = models.PositiveBigIntegerField(_("nummer"))
    # The audience term of where it stands; empty for the portal itself.
    audience = models.CharField(_("doelgroep"), max_length=80, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("schrijver"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(_("begonnen"), default=timezone.now)
    term_at = models.DateTimeField(_("uiterlijk besluiten"))
    decided_at = models.DateTimeField(_("besloten"), null=True, blank=True)
    # Waits for somebody before others see it, and why: codes of `writing.REASONS`.
    is_held = models.BooleanField(_("vastgehouden"), default=False)
    held_reasons = models.JSONField(_("waarom vastgehouden"), default=list, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("zaak")
        verbose_name_plural = _("zaken")
        ordering = ["term_at", "pk"]
        # Nobody gets it but through a group: who has it moderates the portal.
        permissions = [("moderate", "Mag het portaal modereren")]
        indexes = [
            models.Index(fields=["state", "term_at"], name="moderation_case_queue"),
            models.Index(fields=["author", "opened_at"], name="moderation_case_author"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "object_id"], condition=Q(state="open"), name="moderation_case_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | Q(state="decided", decided_at__isnull=False),
                name="moderation_case_decided_or_open",
            ),
            models.CheckConstraint(
                condition=Q(term_at__gt=F("opened_at")), name="moderation_case_term_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.object_id}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.pk])

    def is_overdue(self, at: datetime.datetime) -> bool:
        return self.state == self.State.OPEN and self.term_at < at


class Report(models.Model):
    """What somebody reported. The text is forgotten after a term; that there was a report stays."""

    class Category(models.TextChoices):
        SPAM = "spam", _("Spam of reclame")
        ABUSE = "abuse", _("Beledigend, dreigend of discriminerend")
        PRIVACY = "privacy", _("Gegevens van iemand anders, of iets vertrouwelijks")
        MISLEADING = "misleading", _("Onjuist of misleidend")
        RIGHTS = "rights", _("Werk van iemand anders, zonder toestemming")
        ILLEGAL = "illegal", _("Volgens mij tegen de wet")
        OTHER = "other", _("Iets anders")

    case = models.ForeignKey(
        ModerationCase, verbose_name=_("zaak"), on_delete=models.CASCADE, related_name="reports"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("melder"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    email = models.EmailField(_("e-mailadres"), blank=True)  # of who has no account and wants an answer
    category = models.CharField(_("soort melding"), max_length=20, choices=Category)
    text = models.TextField(_("toelichting"), blank=True, max_length=3000)
    at = models.DateTimeField(_("gemeld"), default=timezone.now)
    forgotten_at = models.DateTimeField(_("tekst vergeten"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"],
                condition=Q(reporter__isnull=False),
                name="moderation_report_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["case", "email"], condition=~Q(email=""), name="moderation_report_once_an_address"
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(reporter=None), name="moderation_report_account_or_address"
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) | Q(text="", email=""), name="moderation_report_forgotten"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} ({self.case})"
