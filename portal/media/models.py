"""Editors' images and documents, and members' images and files.

Editors' are public by definition: Wagtail keeps no view restriction on images. What a member sent is seen by whoever may
see what it belongs to.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from portal.media.files import MOST_NAME
from portal.media.querysets import MemberFileQuerySet, MemberImageQuerySet, PortalImageQuerySet
from portal.media.storage import MEMBER_IMAGES, MemberFileField


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


class MemberImage(models.Model):
    """A picture that a member sent, in two sizes. The address holds a number that nobody can count up to.

    What it is attached to, the room of its purpose knows: `object_id` is a key of that room's.
    """

    uuid = models.UUIDField(_("kenmerk"), default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("van"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="member_images",
    )
    file = MemberFileField(_("bestand"), store=MEMBER_IMAGES, max_length=100)
    small_file = MemberFileField(_("klein bestand"), store=MEMBER_IMAGES, max_length=100)
    content_type = models.CharField(_("soort"), max_length=40)
    width = models.PositiveIntegerField(_("breedte"))
    height = models.PositiveIntegerField(_("hoogte"))
    bytes = models.PositiveIntegerField(_("grootte"))  # of both sizes
    alt = models.CharField(_("tekst voor wie het beeld niet ziet"), max_length=250, blank=True)
    purpose = models.CharField(_("waarvoor"), max_length=20)
    object_id = models.BigIntegerField(_("waaraan het hangt"), null=True, blank=True)
    created_at = models.DateTimeField(_("gestuurd"), default=timezone.now)

    objects = MemberImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("beeld van een lid")
        verbose_name_plural = _("beelden van leden")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["purpose", "object_id"], name="media_memberimage_where"),
            models.Index(fields=["created_at"], name="media_memberimage_when"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="media_memberimage_has_purpose"),
            models.CheckConstraint(
                condition=~Q(file="") & ~Q(small_file=""), name="media_memberimage_has_files"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def get_absolute_url(self) -> str:
        return reverse("media:member-image", args=[self.uuid])

    @property
    def small_url(self) -> str:
        return reverse("media:member-image-small", args=[self.uuid])


class KeptFile(models.Model):
    """What is known of a file that somebody sent: one that is looked at first, and given to who may see it.

    Its `file` and who sent it are its own. The address holds a number that nobody can count up to.
    """

    uuid = models.UUIDField(_("kenmerk"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("naam"), max_length=MOST_NAME)
    content_type = models.CharField(_("soort"), max_length=100)
    bytes = models.PositiveIntegerField(_("grootte"))
    created_at = models.DateTimeField(_("gestuurd"), default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class MemberFile(KeptFile):
    """A document or a picture of one. The room of its purpose refers to it, and says who sees it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("van"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="member_files",
    )
    file = MemberFileField(_("bestand"), max_length=100)
    purpose = models.CharField(_("waarvoor"), max_length=20)

    objects = MemberFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("bestand van een lid")
        verbose_name_plural = _("bestanden van leden")
        ordering = ["pk"]
        indexes = [models.Index(fields=["purpose", "created_at"], name="media_memberfile_when")]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="media_memberfile_has_purpose"),
            models.CheckConstraint(condition=~Q(file="") & ~Q(name=""), name="media_memberfile_has_file"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("media:member-file", args=[self.uuid])


class UploadCount(models.Model):
    """How many images and files a person sent on a day; also those that they removed again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("persoon"), on_delete=models.CASCADE, related_name="+"
    )
    day = models.DateField(_("dag"))
    number = models.PositiveIntegerField(_("aantal"), default=0)

    class Meta:
        verbose_name = _("aantal gestuurde bestanden")
        verbose_name_plural = _("aantallen gestuurde bestanden")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="media_uploadcount_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}: {self.number}"
