"""A document of an ecosystem: a file that lies apart, or a link to where it stands."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.documents.querysets import DocumentQuerySet
from network.ecosystems.models import Ecosystem
from network.moderation.reportables import STATES, VISIBLE
from portal.media.models import MemberFile

DOCUMENT = "document"  # the code of its files, of what can be reported, and of what search finds
MOST_TITLE, MOST_SUMMARY = 150, 300


class EcosystemDocument(models.Model):
    """For who is inside its ecosystem; put there, changed and removed by its managers."""

    ecosystem = models.ForeignKey(
        Ecosystem, verbose_name=_("ecosysteem"), on_delete=models.CASCADE, related_name="documents"
    )
    title = models.CharField(_("titel"), max_length=MOST_TITLE)
    summary = models.CharField(_("waar het voor is"), max_length=MOST_SUMMARY)
    file = models.OneToOneField(
        MemberFile,
        verbose_name=_("bestand"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    url = models.URLField(_("link"), max_length=500, blank=True)
    # Empty once its person has been erased.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("van"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    added_at = models.DateTimeField(_("toegevoegd"), default=timezone.now)
    changed_at = models.DateTimeField(_("gewijzigd"), default=timezone.now)
    # What a moderator says of it.
    shown = models.CharField(_("te zien"), max_length=10, default=VISIBLE)
    # When all who take part were told of it; until then up to which of them, by number.
    told_at = models.DateTimeField(_("verteld"), null=True, blank=True, editable=False)
    told_until = models.BigIntegerField(_("verteld tot en met"), default=0, editable=False)
    # Of the form: who saves an older one is asked to look first.
    version = models.PositiveIntegerField(_("versie"), default=1, editable=False)
    # Of the form it was made with, so that sending it twice makes one document.
    token = models.UUIDField(_("formuliernummer"), default=uuid.uuid4, unique=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document van een ecosysteem")
        verbose_name_plural = _("documenten van ecosystemen")
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["ecosystem", "-changed_at"], name="documents_newest"),
            models.Index(fields=["id"], condition=Q(told_at=None), name="documents_to_tell"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, url="") | (Q(file=None) & ~Q(url="")),
                name="documents_document_file_or_link",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(summary=""), name="documents_document_says_what"
            ),
            models.CheckConstraint(condition=Q(shown__in=STATES), name="documents_document_known_state"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.ecosystem.slug, self.pk])
