"""Who belongs to an organisation, who asks to, and who was invited."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models.organisations import Organisation
from portal.organisations.querysets import InvitationQuerySet, JoinRequestQuerySet, MembershipQuerySet

INVITATION_DAYS = 14


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


class JoinRequest(models.Model):
    """Somebody asks to join. Integrity: one open request a person and organisation; who decided stands with when."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("toegelaten")
        DECLINED = "declined", _("afgewezen")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisatie"), on_delete=models.CASCADE, related_name="join_requests"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="join_requests",
    )
    message = models.TextField(_("bericht"), blank=True, max_length=1000)
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

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanvraag")
        verbose_name_plural = _("aanvragen")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(outcome="open"),
                name="organisations_joinrequest_one_open",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_at=None)
                | (~Q(outcome="open") & Q(decided_at__isnull=False)),
                name="organisations_joinrequest_decided_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"


class Invitation(models.Model):
    """An offer to join, by mail. The token stands in the mail alone; here is only what recognises it."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisatie"), on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mailadres"), blank=True)  # lower case; emptied when its person is erased
    role = models.CharField(_("rol"), max_length=20, choices=Membership.Role, default=Membership.Role.MEMBER)
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

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="organisations_invitation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="organisations_invitation_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="organisations_invitation_expires_after_created",
            ),
            models.CheckConstraint(
                condition=Q(guest_until=None) | ~Q(role="manager"),
                name="organisations_invitation_guest_no_manager",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"

    def is_open(self, at: datetime.datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > at
