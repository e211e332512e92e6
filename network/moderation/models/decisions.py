"""Decisions with their reasons, and objections to them.

Decisions are only added: what is undone is undone by a later one. What the database holds to: a decision that takes
something away has a ground, facts and reasons, a block has a last day, a decision is undone once; and (by a trigger) no
word of a decision is changed afterwards, only forgotten.
"""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.moderation.models.cases import ModerationCase
from network.moderation.querysets import DecisionQuerySet, ObjectionQuerySet

OBJECTION_DAYS = 183  # six months (Digital Services Act, article 20)


class Decision(models.Model):
    class Action(models.TextChoices):
        """What happens to the thing."""

        NONE = "none", _("Laat staan")
        HIDE = "hide", _("Verberg")
        REMOVE = "remove", _("Verwijder")
        RESTORE = "restore", _("Plaats of zet terug")

    class Measure(models.TextChoices):
        """What happens to its author."""

        NONE = "", _("Niets")
        WARN = "warn", _("Waarschuw")
        BLOCK = "block", _("Blokkeer: mag een tijd niet schrijven")

    class Ground(models.TextChoices):
        NONE = "", _("Geen")
        RULES = "rules", _("De gedragsregels of huisregels")
        LAW = "law", _("De wet")

    key = models.UUIDField(_("kenmerk"), default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        ModerationCase, verbose_name=_("zaak"), on_delete=models.PROTECT, related_name="decisions"
    )
    # Whose thing it was, and where: as the case had it then.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("over"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    audience = models.CharField(_("doelgroep"), max_length=80, blank=True)
    action = models.CharField(_("besluit"), max_length=10, choices=Action)
    measure = models.CharField(_("maatregel"), max_length=10, choices=Measure, blank=True)
    blocked_until = models.DateField(_("mag niet schrijven tot en met"), null=True, blank=True)
    ground = models.CharField(_("grond"), max_length=10, choices=Ground, blank=True)
    rule = models.CharField(_("welke regel of wet"), max_length=200, blank=True)
    facts = models.TextField(_("wat er gebeurde"), max_length=3000, blank=True)
    reason = models.TextField(_("waarom"), max_length=3000, blank=True)
    template = models.CharField(_("standaardtekst"), max_length=120, blank=True)
    # How it came to light: a report, or rules that looked at every text. People alone decide.
    was_reported = models.BooleanField(_("na een melding"), default=False)
    was_detected = models.BooleanField(_("automatisch opgemerkt"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Who they were in logs: a number that is nobody's once the account is erased, and the same on all of their rows.
    person_number = models.UUIDField(_("nummer van de persoon"), null=True, editable=False)
    by_number = models.UUIDField(_("nummer van wie besloot"), null=True, editable=False)
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    undoes = models.OneToOneField(
        "self",
        verbose_name=_("draait terug"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="undone_by",
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("besluit")
        verbose_name_plural = _("besluiten")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "at"], name="moderation_decision_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure="block", blocked_until__isnull=False)
                | (~Q(measure="block") & Q(blocked_until=None)),
                name="moderation_decision_block_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(action__in=["none", "restore"], measure="") | ~Q(ground=""),
                name="moderation_decision_taking_away_has_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(undoes=None) | ~Q(undoes=F("id")), name="moderation_decision_undoes_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.case})"

    def get_absolute_url(self) -> str:
        return reverse("moderation:decision", args=[self.key])

    @property
    def takes_away(self) -> bool:
        """Does its author lose something, and so gets a statement of reasons?"""
        return self.action in (self.Action.HIDE, self.Action.REMOVE) or self.measure != self.Measure.NONE

    @property
    def objection_until(self) -> datetime.datetime:
        return self.at + datetime.timedelta(days=OBJECTION_DAYS)


class Objection(models.Model):
    """What an author, or who reported, has against a decision. Each once; who answered stands with when and what."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        GRANTED = "granted", _("gegrond: het besluit is teruggedraaid")
        REFUSED = "refused", _("ongegrond: het besluit blijft")

    decision = models.ForeignKey(
        Decision, verbose_name=_("besluit"), on_delete=models.PROTECT, related_name="objections"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.TextField(_("bezwaar"), max_length=3000, blank=True)
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    term_at = models.DateTimeField(_("uiterlijk beantwoorden"))
    outcome = models.CharField(_("uitkomst"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    answer = models.TextField(_("antwoord"), max_length=3000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("beantwoord door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("beantwoord"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezwaar")
        verbose_name_plural = _("bezwaren")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "by"], condition=Q(by__isnull=False), name="moderation_objection_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_at=None)
                | (~Q(outcome="open") & Q(decided_at__isnull=False)),
                name="moderation_objection_decided_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}"
