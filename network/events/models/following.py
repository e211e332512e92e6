"""What who takes part is told and given, and the calendar of one person."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.events.models.events import Event
from network.events.querysets import MaterialQuerySet
from portal.media.models import MemberFile

MATERIAL = "material"  # the code of its files


class EventNotice(models.Model):
    """Something that who takes part was told: what changed, that there is material, or a message of the organiser."""

    class Kind(models.TextChoices):
        CHANGED = "changed", _("gewijzigd")
        MATERIAL = "material", _("materiaal")
        MESSAGE = "message", _("bericht")

    class Group(models.TextChoices):
        ALL = "all", _("wie is aangemeld of wacht")
        COMING = "coming", _("wie is aangemeld")
        WAITING = "waiting", _("wie op de wachtlijst staat")

    event = models.ForeignKey(
        Event, verbose_name=_("bijeenkomst"), on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    subject = models.CharField(_("onderwerp"), max_length=150)
    text = models.TextField(_("tekst"), blank=True, max_length=5000)
    # Who didn't get it doesn't read it on the page either.
    group = models.CharField(
        _("voor wie"), max_length=10, choices=Group, default=Group.ALL, db_default=Group.ALL
    )
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # How many people it went to; no names are kept of that.
    told = models.PositiveIntegerField(_("aantal mensen"), default=0)
    token = models.UUIDField(_("formuliernummer"), default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("bericht over een bijeenkomst")
        verbose_name_plural = _("berichten over bijeenkomsten")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.subject


class EventMaterial(models.Model):
    """Slides, a recording or a paper: a file, or where it stands on the web; for who takes part."""

    event = models.ForeignKey(
        Event, verbose_name=_("bijeenkomst"), on_delete=models.CASCADE, related_name="materials"
    )
    title = models.CharField(_("wat het is"), max_length=150)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file = models.OneToOneField(
        MemberFile,
        verbose_name=_("bestand"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField(_("toegevoegd"), default=timezone.now)
    # Of the form it was made with, so that sending it twice adds one.
    token = models.UUIDField(_("formuliernummer"), null=True, unique=True, editable=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("materiaal")
        verbose_name_plural = _("materiaal")
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "url"], condition=~Q(url=""), name="events_eventmaterial_once"
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=False, url="") | (Q(file=None) & ~Q(url="")),
                name="events_eventmaterial_file_or_link",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        """Where it is read or fetched."""
        return self.file.get_absolute_url() if self.file is not None else self.url


class CalendarFeed(models.Model):
    """The secret address of one person's calendar. The secret was shown once; here is only what recognises it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="calendar_feed",
    )
    token_digest = models.CharField(_("herkenning"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("gemaakt"), default=timezone.now)

    class Meta:
        verbose_name = _("eigen agenda-adres")
        verbose_name_plural = _("eigen agenda-adressen")

    def __str__(self) -> str:
        return str(self.user_id)
