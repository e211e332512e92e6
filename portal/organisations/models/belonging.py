"""Who belongs to an organisation, who asks to, and who was invited."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.joining.models import (
    AbstractInvitation,
    AbstractJoinRequest,
    invitation_constraints,
    request_constraints,
)
from portal.organisations.models.organisations import Organisation
from portal.organisations.querysets import InvitationQuerySet, JoinRequestQuerySet, MembershipQuerySet


class Membership(models.Model):
    """A person's place in an organisation, with one role; a person may belong to more than one organisation."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("beheerder")
        EDITOR = "editor", _("redacteur")
        MEMBER = "member", _("lid")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisatie"), on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("rol"), max_length=20, choices=Role, default=Role.MEMBER)
    is_contact = models.BooleanField(
        _("contactpersoon"),
        default=False,
        db_default=False,
        help_text=_("Krijgt vragen over de organisatie."),
    )
    is_listed = models.BooleanField(
        _("staat op de pagina van de organisatie"), default=False, db_default=False
    )
    started_at = models.DateTimeField(_("sinds"), default=timezone.now)
    ends_on = models.DateField(_("tot en met"), null=True, blank=True, help_text=_("Leeg: zonder einddatum."))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        ordering = ["organisation", "user"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="organisations_membership_once"),
            models.CheckConstraint(
                condition=Q(role__in=["manager", "editor", "member"]),
                name="organisations_membership_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"


class JoinRequest(AbstractJoinRequest):
    """Somebody asks to join an organisation."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisatie"), on_delete=models.CASCADE, related_name="join_requests"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="join_requests",
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta(AbstractJoinRequest.Meta):
        verbose_name = _("aanvraag")
        verbose_name_plural = _("aanvragen")
        constraints = request_constraints("organisations_joinrequest", "organisation")

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"


class Invitation(AbstractInvitation):
    """An offer to join an organisation, with a role."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisatie"), on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(_("rol"), max_length=20, choices=Membership.Role, default=Membership.Role.MEMBER)

    objects = InvitationQuerySet.as_manager()

    class Meta(AbstractInvitation.Meta):
        constraints = [
            *invitation_constraints("organisations_invitation", "organisation"),
            models.CheckConstraint(
                condition=Q(guest_until=None) | ~Q(role="manager"),
                name="organisations_invitation_guest_no_manager",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"
