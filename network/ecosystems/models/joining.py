"""The ways in: asking, and being invited.

What the database holds to: one open request a person and one a company, one open invitation an address, and who decided
stands with when. Of an invitation the token stands in the mail alone; here is only what recognises it.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.ecosystems.models.ecosystems import Ecosystem
from network.ecosystems.querysets import EcosystemInvitationQuerySet, EcosystemRequestQuerySet

INVITATION_DAYS = 14


class JoinRequest(models.Model):
    """Somebody asks to take part through `organisation`; or, as its manager, that it may belong (`for_company`)."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("toegelaten")
        DECLINED = "declined", _("afgewezen")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    ecosystem = models.ForeignKey(
        Ecosystem, verbose_name=_("ecosysteem"), on_delete=models.CASCADE, related_name="join_requests"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="ecosystem_requests",
    )
    # Of a working group empty: one takes part there as in its parent.
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("via het bedrijf"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="ecosystem_requests",
    )
    for_company = models.BooleanField(_("het bedrijf wil lid worden"), default=False)
    message = models.TextField(_("bericht"), blank=True, max_length=1000)
    rules_version = models.PositiveIntegerField(_("huisregels geaccepteerd, versie"), default=0)
    created_at = models.DateTimeField(_("gevraagd"), default=timezone.now)
    decided_at = models.DateTimeField(_("besloten"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("besloten door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    outcome = models.CharField(_("uitkomst"), max_length=20, choices=Outcome, default=Outcome.OPEN)
    reason = models.CharField(_("reden"), max_length=500, blank=True)

    objects = EcosystemRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzoek")
        verbose_name_plural = _("verzoeken")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ecosystem", "user"],
                condition=Q(outcome="open"),
                name="ecosystems_joinrequest_one_open",
            ),
            models.UniqueConstraint(
                fields=["ecosystem", "organisation"],
                condition=Q(outcome="open", for_company=True),
                name="ecosystems_joinrequest_one_open_a_company",
            ),
            models.CheckConstraint(
                condition=Q(for_company=False) | Q(organisation__isnull=False),
                name="ecosystems_joinrequest_names_the_company",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_at=None)
                | (~Q(outcome="open") & Q(decided_at__isnull=False)),
                name="ecosystems_joinrequest_decided_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.ecosystem}"


class EcosystemInvitation(models.Model):
    """An offer to take part, by mail: through a company, or as a guest until a day."""

    ecosystem = models.ForeignKey(
        Ecosystem, verbose_name=_("ecosysteem"), on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mailadres"), blank=True)  # lower case; emptied when its person is erased
    guest_until = models.DateField(_("gast tot en met"), null=True, blank=True)
    token_digest = models.CharField(_("herkenning"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uitgenodigd door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("verstuurd"), default=timezone.now)
    expires_at = models.DateTimeField(_("geldig tot"))
    accepted_at = models.DateTimeField(_("aangenomen"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("aangenomen door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("ingetrokken"), null=True, blank=True)

    objects = EcosystemInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ecosystem", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None) & ~Q(email=""),
                name="ecosystems_invitation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="ecosystems_invitation_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="ecosystems_invitation_expires_after_created",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.ecosystem}"

    def is_open(self, at: datetime.datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > at
