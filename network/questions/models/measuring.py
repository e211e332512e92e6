"""What asking spared: numbers a day, of nobody."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AskingDay(models.Model):
    """How often similar content was shown to somebody who was asking, how often some was opened, and who asked anyhow."""

    day = models.DateField(_("dag"), unique=True)
    shown = models.PositiveIntegerField(_("iets getoond"), default=0)
    opened = models.PositiveIntegerField(_("iets geopend"), default=0)
    asked = models.PositiveIntegerField(_("gevraagd"), default=0)
    asked_after_shown = models.PositiveIntegerField(_("gevraagd na tonen"), default=0)
    asked_after_opening = models.PositiveIntegerField(_("gevraagd na openen"), default=0)

    class Meta:
        verbose_name = _("dag van vragen stellen")
        verbose_name_plural = _("dagen van vragen stellen")
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_after_shown__lte=F("asked")) & Q(asked_after_opening__lte=F("asked")),
                name="questions_asked_holds_its_parts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.day)

    @property
    def spared(self) -> int:
        """Who opened something and didn't ask; never less than none, since a page may be left open over midnight."""
        return max(self.opened - self.asked_after_opening, 0)
