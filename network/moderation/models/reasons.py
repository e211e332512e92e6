"""Texts that moderators begin a decision with; staff keep them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.moderation.models.decisions import Decision


class ReasonTemplate(models.Model):
    title = models.CharField(_("naam"), max_length=120, unique=True)
    ground = models.CharField(_("grond"), max_length=10, choices=Decision.Ground, blank=True)
    rule = models.CharField(_("welke regel of wet"), max_length=200, blank=True)
    reason = models.TextField(
        _("waarom"), max_length=3000, help_text=_("Staat in de brief aan de schrijver. Schrijf “je”.")
    )
    is_active = models.BooleanField(_("in gebruik"), default=True)

    class Meta:
        verbose_name = _("standaardtekst")
        verbose_name_plural = _("standaardteksten")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
