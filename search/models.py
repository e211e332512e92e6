"""The outbox of search: what changed, written in the transaction of the change and gone once the index has it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.querysets import SearchEventQuerySet

MAX_ATTEMPTS = 10


class SearchEvent(models.Model):
    """One document, or all pages under a path, to be looked at again. Its id is the version that the index stores.

    A row says what may have changed, never what it became: whoever takes it reads the state of that moment. So late,
    double and reordered rows do no harm. `narrows`: somebody may no longer find it; until it is applied, totals and
    facet counts could tell what they shouldn't, and are withheld.
    """

    type = models.CharField(_("soort"), max_length=40, blank=True)
    object_id = models.PositiveBigIntegerField(_("nummer"), null=True, blank=True)
    path = models.CharField(_("pagina's onder"), max_length=255, blank=True)
    narrows = models.BooleanField(_("maakt onvindbaar"), default=False)
    is_echo = models.BooleanField(_("opnieuw gemeld"), default=False)
    # Empty: for the engine that answers. A name: for that one only, which is kept up beside it (KeptEngine).
    engine = models.CharField(_("alleen voor"), max_length=20, blank=True, default="", db_default="")
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    next_attempt_at = models.DateTimeField(_("volgende poging"), default=timezone.now)
    parked_at = models.DateTimeField(_("opgegeven"), null=True, blank=True)
    last_error = models.CharField(_("laatste fout"), max_length=500, blank=True)

    objects = SearchEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("wijziging voor de zoekindex")
        verbose_name_plural = _("wijzigingen voor de zoekindex")
        ordering = ["id"]
        permissions = [("explain_hit", _("Kan zien waarom een zoekresultaat op zijn plaats staat"))]
        indexes = [
            models.Index(fields=["parked_at", "next_attempt_at"], name="search_event_due"),
            models.Index(fields=["narrows"], condition=models.Q(narrows=True), name="search_event_narrows"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(path="", object_id__isnull=False) & ~models.Q(type=""))
                | (~models.Q(path="") & models.Q(type="", object_id=None)),
                name="search_searchevent_document_or_path",
            )
        ]

    def __str__(self) -> str:
        return f"{self.type}:{self.object_id}" if self.type else f"{self.path}…"

    @property
    def document_id(self) -> str:
        return f"{self.type}:{self.object_id}"


class KeptEngine(models.Model):
    """An engine that must lose no change while the portal moves from one engine to another.

    While there are such rows, what one engine was told is kept in the outbox for the others, until one of them answers.
    """

    name = models.CharField(_("zoekmachine"), max_length=20, unique=True)
    since = models.DateTimeField(_("sinds"), default=timezone.now)

    class Meta:
        verbose_name = _("zoekmachine die bijblijft")
        verbose_name_plural = _("zoekmachines die bijblijven")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
