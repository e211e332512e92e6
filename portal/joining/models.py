"""What an invitation and a request hold, wherever somebody is let in; each room adds where to."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

INVITATION_DAYS = 14


class Outcome(models.TextChoices):
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("toegelaten")
    DECLINED = "declined", _("afgewezen")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class AbstractInvitation(models.Model):
    """An offer to join, by mail. The token stands in the mail alone; here is only what recognises it."""

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

    class Meta:
        abstract = True
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-created_at", "-pk"]

    def is_open(self, at: datetime.datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > at


def invitation_constraints(prefix: str, place: str) -> list[models.BaseConstraint]:
    """One open invitation an address and place (`place`: the field that says where to), accepted or withdrawn, not both.

    An address that was erased is no address: any number of those may stand.
    """
    return [
        models.UniqueConstraint(
            fields=[place, "email"],
            condition=Q(accepted_at=None, withdrawn_at=None) & ~Q(email=""),
            name=f"{prefix}_one_open",
        ),
        models.CheckConstraint(
            condition=Q(accepted_at=None) | Q(withdrawn_at=None), name=f"{prefix}_accepted_or_withdrawn"
        ),
        models.CheckConstraint(
            condition=Q(expires_at__gt=F("created_at")), name=f"{prefix}_expires_after_created"
        ),
    ]


class AbstractJoinRequest(models.Model):
    """Somebody asks to join. Each room has its own `user`, whose reverse name differs."""

    Outcome = Outcome

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

    class Meta:
        abstract = True
        ordering = ["created_at", "pk"]


def request_constraints(prefix: str, place: str) -> list[models.BaseConstraint]:
    """One open request a person and place; who decided stands with when."""
    return [
        models.UniqueConstraint(
            fields=[place, "user"], condition=Q(outcome="open"), name=f"{prefix}_one_open"
        ),
        models.CheckConstraint(
            condition=Q(outcome="open", decided_at=None) | (~Q(outcome="open") & Q(decided_at__isnull=False)),
            name=f"{prefix}_decided_or_open",
        ),
    ]
