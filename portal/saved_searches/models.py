"""What a person searches for again and again, and what was found for them since.

No row holds a title or any other text of what was found: only which documents, so that what stands there is asked at
reading of who owns it. Integrity: the same search is saved once a person; a pause looks for nothing.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.saved_searches.querysets import FindingQuerySet, SavedSearchQuerySet

MOST_NAME = 80


class SavedSearch(models.Model):
    class Frequency(models.TextChoices):
        DAILY = "daily", _("elke dag")
        WEEKLY = "weekly", _("elke week")
        OFF = "off", _("niet, ik kijk zelf")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("van"),
        on_delete=models.CASCADE,
        related_name="saved_searches",
        db_index=False,  # the constraint begins with it
    )
    name = models.CharField(_("naam"), max_length=MOST_NAME)
    # As behind the question mark of an address: words and filters in a fixed order, without page and sorting.
    question = models.TextField(_("zoekvraag"))
    digest = models.CharField(_("vingerafdruk"), max_length=64, editable=False)
    frequency = models.CharField(_("hoe vaak"), max_length=10, choices=Frequency, default=Frequency.WEEKLY)
    created_at = models.DateTimeField(_("bewaard"), default=timezone.now)
    # Empty: nothing was noted yet, so all that is there now is known and none of it is news.
    looked_at = models.DateTimeField(_("laatst gekeken"), null=True, blank=True)
    next_look_at = models.DateTimeField(_("kijk weer"), null=True, blank=True)
    # What this person knows of: documents that were there, or were told. Newest first, and no more than are looked at.
    known = models.JSONField(_("bekend"), default=list, blank=True, editable=False)
    # Whether all that was found stands in `known`; else what is older than the last look may just have moved up.
    is_complete = models.BooleanField(_("alles bekend"), default=True, editable=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewaarde zoekopdracht")
        verbose_name_plural = _("bewaarde zoekopdrachten")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(
                fields=["next_look_at", "user"],
                condition=Q(next_look_at__isnull=False),
                name="saved_searches_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="saved_searches_search_once"),
            models.CheckConstraint(
                condition=Q(frequency__in=["daily", "weekly", "off"]), name="saved_searches_search_frequency"
            ),
            models.CheckConstraint(
                condition=(Q(frequency="off") & Q(next_look_at=None))
                | (~Q(frequency="off") & Q(next_look_at__isnull=False)),
                name="saved_searches_search_off_rests",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(question=""), name="saved_searches_search_says_what"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("saved-searches:change", args=[self.pk])


class Finding(models.Model):
    """What one look found: documents by type and number ("case:12"), the newest first."""

    search = models.ForeignKey(
        SavedSearch,
        verbose_name=_("zoekopdracht"),
        on_delete=models.CASCADE,
        related_name="findings",
        db_index=False,  # the constraint begins with it
    )
    found_at = models.DateTimeField(_("gevonden"))
    documents = models.JSONField(_("documenten"))

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("vondst")
        verbose_name_plural = _("vondsten")
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["found_at"], name="saved_searches_finding_old")]
        constraints = [
            models.UniqueConstraint(fields=["search", "found_at"], name="saved_searches_finding_once")
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {len(self.documents)}"

    def get_absolute_url(self) -> str:
        return reverse("saved-searches:finding", args=[self.pk])
