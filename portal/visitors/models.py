"""What a member keeps. A visitor without an account keeps it in a cookie; see `kept.py`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class KeptPage(models.Model):
    """Integrity: a person keeps a page once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("van"),
        on_delete=models.CASCADE,
        related_name="kept_pages",
        db_index=False,  # the constraint begins with it
    )
    page = models.ForeignKey(Page, verbose_name=_("pagina"), on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(_("bewaard"), default=timezone.now)

    class Meta:
        verbose_name = _("bewaarde pagina")
        verbose_name_plural = _("bewaarde pagina's")
        ordering = ["-kept_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="visitors_page_kept_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.page_id}"
