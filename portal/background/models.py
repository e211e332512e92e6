from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.background.querysets import ScheduleQuerySet


class Schedule(models.Model):
    """When a job ran last and runs next. The row is the truth: a killed worker loses nothing but time."""

    name = models.CharField(_("naam"), max_length=100, unique=True)
    next_run_at = models.DateTimeField(_("volgende keer"), db_index=True)
    last_run_at = models.DateTimeField(_("laatst begonnen"), null=True, blank=True)
    last_finished_at = models.DateTimeField(_("laatst geslaagd"), null=True, blank=True)
    last_error = models.TextField(_("laatste fout"), blank=True)
    failures = models.PositiveIntegerField(_("mislukt sinds de laatste goede keer"), default=0)
    locked_until = models.DateTimeField(_("bezet tot"), null=True, blank=True)
    locked_by = models.CharField(_("bezet door"), max_length=40, blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("geplande taak")
        verbose_name_plural = _("geplande taken")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
