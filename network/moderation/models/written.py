"""What is remembered of texts that members wrote: enough to know a text again, never the text itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WrittenText(models.Model):
    """One text that somebody sent. It counts as accepted where it wasn't held."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("schrijver"), on_delete=models.CASCADE, related_name="+"
    )
    fingerprint = models.CharField(_("herkenning"), max_length=32)
    was_held = models.BooleanField(_("vastgehouden"), default=False)
    at = models.DateTimeField(_("wanneer"), default=timezone.now)

    class Meta:
        verbose_name = _("geschreven tekst")
        verbose_name_plural = _("geschreven teksten")
        indexes = [
            models.Index(fields=["fingerprint", "at"], name="moderation_written_again"),
            models.Index(fields=["author", "at"], name="moderation_written_author"),
        ]

    def __str__(self) -> str:
        return self.fingerprint
