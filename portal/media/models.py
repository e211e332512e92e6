"""Editors' images and documents. Both are public by definition: Wagtail keeps no view restriction on images."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from portal.media.querysets import PortalImageQuerySet


class PortalImage(AbstractImage):
    """An image with its alternative text, or the word that it is decoration."""

    alt_text = models.CharField(
        _("tekst voor wie het beeld niet ziet"),
        max_length=250,
        blank=True,
        help_text=_("Zeg wat het beeld vertelt. Leeg mag alleen als het beeld decoratief is."),
    )
    # Not `decorative`: Wagtail sets an attribute of that name on every image it makes or loads.
    is_decorative = models.BooleanField(
        _("decoratief"), default=False, help_text=_("Het beeld vertelt niets extra's.")
    )
    credit = models.CharField(_("maker of bron"), max_length=200, blank=True)
    # Empty until the renditions are made in the background; the work that is still to do is what has none.
    renditions_made_at = models.DateTimeField(_("formaten gemaakt"), null=True, blank=True, editable=False)

    rendition_failures = models.PositiveSmallIntegerField(_("mislukte pogingen"), default=0, editable=False)

    admin_form_fields = ("title", "file", "alt_text", "is_decorative", "credit", *Image.admin_form_fields[3:])

    objects = PortalImageQuerySet.as_manager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("afbeelding")
        verbose_name_plural = _("afbeeldingen")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(alt_text="") | models.Q(is_decorative=True),
                name="media_portalimage_alt_text_or_decorative",
                violation_error_message=_(
                    "Schrijf een tekst voor wie het beeld niet ziet, of kies 'decoratief'."
                ),
            )
        ]

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.alt_text


class PortalRendition(AbstractRendition):
    """One size of an image, made in the background and never in a visitor's request."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("formaat")
        verbose_name_plural = _("formaten")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_rendition_once"
            )
        ]


class PortalDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")
