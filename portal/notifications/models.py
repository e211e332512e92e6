"""Who is told of what, and how often they want mail of it. No row holds a text: what stands there is said at reading.

Integrity: one row for a person, kind and object; what is mailed isn't due any more.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notifications.kinds import Frequency
from portal.notifications.querysets import NotificationQuerySet


class Notification(models.Model):
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("voor"),
        on_delete=models.CASCADE,
        related_name="notifications",
        db_index=False,  # the indexes below begin with it
    )
    kind = models.CharField(_("soort"), max_length=60)
    object_id = models.PositiveBigIntegerField(_("waarover"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now)
    seen_at = models.DateTimeField(_("gezien"), null=True, blank=True)
    # Empty: not by mail, or no longer: it was mailed, seen before that, or may not be seen any more.
    mail_due_at = models.DateTimeField(_("per mail vanaf"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("in een mail gezet"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notifications_newest"),
            models.Index(
                fields=["recipient", "-created_at", "-id"],
                condition=Q(seen_at=None),
                name="notifications_unseen",
            ),
            models.Index(
                fields=["mail_due_at", "recipient"],
                condition=Q(mail_due_at__isnull=False),
                name="notifications_due",
            ),
            models.Index(fields=["kind", "object_id"], name="notifications_about"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "object_id"], name="notifications_once"),
            models.CheckConstraint(condition=~Q(kind=""), name="notifications_have_a_kind"),
            models.CheckConstraint(
                condition=Q(mail_due_at=None) | Q(mailed_at=None, seen_at=None),
                name="notifications_due_is_new",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Preference(models.Model):
    """How often somebody wants mail of a kind, where that differs from the kind's own default.

    An empty kind stands for all kinds without a row of their own, also those that come later.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("van"),
        on_delete=models.CASCADE,
        related_name="notification_preferences",
        db_index=False,  # the constraint begins with it
    )
    kind = models.CharField(_("soort"), max_length=60, blank=True)
    frequency = models.CharField(_("hoe vaak"), max_length=10, choices=Frequency)

    class Meta:
        verbose_name = _("voorkeur voor mail")
        verbose_name_plural = _("voorkeuren voor mail")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notifications_preference_once"),
            models.CheckConstraint(
                condition=Q(frequency__in=["direct", "daily", "weekly", "off"]),
                name="notifications_preference_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind or '*'}: {self.get_frequency_display()}"
