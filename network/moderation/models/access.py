"""Who opened what isn't theirs to read, why and when. Rows are only added; the database refuses every change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.moderation.querysets import AccessQuerySet


class Access(models.Model):
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Who it was in logs: a number that is nobody's once the account is erased.
    by_number = models.UUIDField(_("nummer"), null=True, editable=False)
    code = models.CharField(_("soort"), max_length=40)
    object_id = models.PositiveBigIntegerField(_("nummer"))
    audience = models.CharField(_("doelgroep"), max_length=80)
    reason = models.CharField(_("waarom"), max_length=500)
    at = models.DateTimeField(_("wanneer"), default=timezone.now)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("toegang")
        verbose_name_plural = _("toegang")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "code", "object_id", "at"], name="moderation_access_lookup")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(audience=""), name="moderation_access_to_private"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.object_id}"
