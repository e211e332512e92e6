"""Which companies belong and who takes part.

What the database holds to: a company belongs once and a person takes part once at a time; a guest has an end date, and
everybody else comes through a company.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.ecosystems.models.ecosystems import Ecosystem
from network.ecosystems.querysets import CompanyMembershipQuerySet, ParticipationQuerySet


class CompanyMembership(models.Model):
    """That a company belongs to an ecosystem (never to a working group: that is for people)."""

    ecosystem = models.ForeignKey(
        Ecosystem, verbose_name=_("ecosysteem"), on_delete=models.CASCADE, related_name="companies"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("bedrijf"),
        on_delete=models.CASCADE,
        related_name="ecosystem_memberships",
    )
    started_at = models.DateTimeField(_("sinds"), default=timezone.now)
    ended_at = models.DateTimeField(_("tot"), null=True, blank=True)

    objects = CompanyMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap van een bedrijf")
        verbose_name_plural = _("lidmaatschappen van bedrijven")
        ordering = ["organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["ecosystem", "organisation"],
                condition=Q(ended_at=None),
                name="ecosystems_company_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="ecosystems_company_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.ecosystem}"


class Participation(models.Model):
    """That a person takes part: through a company that belongs, or as a guest until a day."""

    class Role(models.TextChoices):
        MEMBER = "member", _("deelnemer")
        MANAGER = "manager", _("beheerder")

    ecosystem = models.ForeignKey(
        Ecosystem, verbose_name=_("ecosysteem"), on_delete=models.CASCADE, related_name="participations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="participations",
    )
    # Of a working group: that of its parent through which the person takes part there.
    company = models.ForeignKey(
        CompanyMembership,
        verbose_name=_("via het bedrijf"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="participations",
    )
    guest_until = models.DateField(_("gast tot en met"), null=True, blank=True)
    role = models.CharField(_("rol"), max_length=10, choices=Role, default=Role.MEMBER)
    rules_version = models.PositiveIntegerField(_("huisregels geaccepteerd, versie"), default=0)
    started_at = models.DateTimeField(_("sinds"), default=timezone.now)
    ended_at = models.DateTimeField(_("tot"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("deelname")
        verbose_name_plural = _("deelnames")
        ordering = ["ecosystem", "user"]
        indexes = [models.Index(fields=["user", "ended_at"], name="ecosystems_who_where")]
        constraints = [
            models.UniqueConstraint(
                fields=["ecosystem", "user"],
                condition=Q(ended_at=None),
                name="ecosystems_person_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(company__isnull=False, guest_until__isnull=True)
                | Q(company__isnull=True, guest_until__isnull=False),
                name="ecosystems_through_a_company_or_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="ecosystems_person_ends_after_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.ecosystem}"
