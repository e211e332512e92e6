"""The ways in: asking, and being invited. Of a company one request may be open at a time, besides one of each person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from network.ecosystems.models.ecosystems import Ecosystem
from network.ecosystems.querysets import EcosystemInvitationQuerySet, EcosystemRequestQuerySet
from portal.joining.models import (
    AbstractInvitation,
    AbstractJoinRequest,
    invitation_constraints,
    request_constraints,
)


class JoinRequest(AbstractJoinRequest):
    """Somebody asks to take part through `organisation`; or, as its manager, that it may belong (`for_company`)."""

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
    rules_version = models.PositiveIntegerField(_("huisregels geaccepteerd, versie"), default=0)

    objects = EcosystemRequestQuerySet.as_manager()

    class Meta(AbstractJoinRequest.Meta):
        verbose_name = _("verzoek")
        verbose_name_plural = _("verzoeken")
        constraints = [
            *request_constraints("ecosystems_joinrequest", "ecosystem"),
            models.UniqueConstraint(
                fields=["ecosystem", "organisation"],
                condition=Q(outcome="open", for_company=True),
                name="ecosystems_joinrequest_one_open_a_company",
            ),
            models.CheckConstraint(
                condition=Q(for_company=False) | Q(organisation__isnull=False),
                name="ecosystems_joinrequest_names_the_company",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.ecosystem}"


class EcosystemInvitation(AbstractInvitation):
    """An offer to take part: through a company, or as a guest until a day."""

    ecosystem = models.ForeignKey(
        Ecosystem, verbose_name=_("ecosysteem"), on_delete=models.CASCADE, related_name="invitations"
    )

    objects = EcosystemInvitationQuerySet.as_manager()

    class Meta(AbstractInvitation.Meta):
        constraints = invitation_constraints("ecosystems_invitation", "ecosystem")

    def __str__(self) -> str:
        return f"{self.email} → {self.ecosystem}"
