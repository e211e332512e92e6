"""What belongs to pages of any kind: their sources, what to read next, and the files that pages were made from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable, Page

from portal.evidence.models import Citation


class PageCitation(Orderable, Citation):
    """A source of a knowledge or content page."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="citations")


class RelatedPage(Orderable):
    """A page that a reader may want next."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="related_links")
    target = models.ForeignKey(
        Page, verbose_name=_("pagina"), on_delete=models.CASCADE, related_name="relatedpage_target"
    )

    panels = [PageChooserPanel("target")]


class ImportedFile(models.Model):
    """A content file, by its type and slug, from which a page was made once.

    It outlives the page: a file that has no page any more is one whose page somebody deleted.
    """

    type = models.CharField(_("soort"), max_length=40)
    slug = models.CharField(_("naam"), max_length=200)

    class Meta:
        verbose_name = _("ingelezen bestand")
        verbose_name_plural = _("ingelezen bestanden")
        constraints = [models.UniqueConstraint(fields=["type", "slug"], name="pages_importedfile_once")]

    def __str__(self) -> str:
        return f"{self.type}: {self.slug}"
