"""An event: what it is, for whom, when and where, and how many may come."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversations.models import Conversation
from network.ecosystems.models import Ecosystem
from network.events.querysets import EventQuerySet
from portal.taxonomy.models import Region, Sector, Theme

EVENT = "event"  # the code of its conversations, of what can be reported, and of what search finds
MOST_TITLE = 150
MOST_TEXT = 20_000
MOST_PLACES = 5000
MOST_OFFER_HOURS = 168


class Event(models.Model):
    """Organised by an ecosystem, by an organisation, or (neither) by the portal itself.

    `taken` counts the places of who is registered and of who was offered one; it only changes together with those rows,
    and the database lets it never pass `capacity`. `address` and `online_url` are for who takes part.
    """

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("workshop")
        WEBINAR = "webinar", _("webinar")
        COMPANY_VISIT = "company-visit", _("bedrijfsbezoek")
        NETWORK_MEETING = "network-meeting", _("netwerkbijeenkomst")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("iedereen, ook wie geen account heeft")
        MEMBERS = "members", _("wie een account heeft")
        ECOSYSTEM = "ecosystem", _("alleen wie meedoet aan het ecosysteem")

    class State(models.TextChoices):
        DRAFT = "draft", _("concept")
        PLANNED = "planned", _("op de agenda")
        CANCELLED = "cancelled", _("gaat niet door")

    title = models.CharField(_("titel"), max_length=MOST_TITLE)
    kind = models.CharField(_("soort"), max_length=20, choices=Kind, default=Kind.WORKSHOP)
    summary = models.CharField(_("in één zin"), max_length=260, blank=True)
    text = models.TextField(_("waar het over gaat"), max_length=MOST_TEXT)
    themes = models.ManyToManyField(Theme, verbose_name=_("thema's"), blank=True, related_name="events")
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectoren"), blank=True, related_name="events")
    region = models.ForeignKey(
        Region,
        verbose_name=_("regio"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    audience = models.CharField(_("voor wie"), max_length=10, choices=Audience, default=Audience.PUBLIC)
    ecosystem = models.ForeignKey(
        Ecosystem,
        verbose_name=_("georganiseerd door het ecosysteem"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="events",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("georganiseerd door"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    # Empty once its person has been erased.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gemaakt door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events_made",
    )
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"))
    is_online = models.BooleanField(_("online"), default=False)
    place = models.CharField(_("plaats"), max_length=120, blank=True)
    address = models.CharField(_("volledig adres"), max_length=300, blank=True)
    online_url = models.URLField(_("link om mee te doen"), max_length=500, blank=True)
    capacity = models.PositiveIntegerField(
        _("aantal plaatsen"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)],
    )
    taken = models.PositiveIntegerField(_("bezette plaatsen"), default=0, editable=False)
    closes_at = models.DateTimeField(_("aanmelden kan tot"), null=True, blank=True)
    offer_hours = models.PositiveSmallIntegerField(
        _("bedenktijd voor wie een plek krijgt, in uren"), default=24
    )
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.DRAFT)
    # What a moderator says of it, beside what its organiser does.
    shown = models.CharField(
        _("te zien"), max_length=10, choices=Conversation.State, default=Conversation.State.VISIBLE
    )
    conversation = models.OneToOneField(
        Conversation,
        verbose_name=_("gesprek"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="event",
    )
    # What a calendar needs to know that it holds an older version.
    sequence = models.PositiveIntegerField(_("versie voor agenda's"), default=0, editable=False)
    # Of the form: who saves an older one is asked to look first.
    version = models.PositiveIntegerField(_("versie"), default=1, editable=False)
    # Of the form it was made with, so that sending it twice makes one event.
    token = models.UUIDField(_("formuliernummer"), default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("gewijzigd"), default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(_("afgezegd"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("waarom het niet doorgaat"), max_length=500, blank=True)
    reminded_at = models.DateTimeField(_("herinnerd"), null=True, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("bijeenkomst")
        verbose_name_plural = _("bijeenkomsten")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["state", "ends_at"], name="events_when")]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="events_event_within_capacity"
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__range=(1, MOST_PLACES)),
                name="events_event_some_places",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="events_event_takes_time"),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__lte=F("starts_at")),
                name="events_event_closes_before",
            ),
            models.CheckConstraint(
                condition=Q(ecosystem=None) | Q(organisation=None), name="events_event_one_organiser"
            ),
            models.CheckConstraint(
                condition=~Q(audience="ecosystem") | Q(ecosystem__isnull=False),
                name="events_event_names_ecosystem",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (Q(state__in=["draft", "planned"]) & Q(cancelled_at=None)),
                name="events_event_known_state",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["public", "members", "ecosystem"]),
                name="events_event_known_audience",
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__range=(1, MOST_OFFER_HOURS)), name="events_event_time_to_accept"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="events_event_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.pk])

    @property
    def is_of_hidden(self) -> bool:
        """Of an ecosystem that nobody knows of but who takes part, or below one."""
        above = [self.ecosystem, self.ecosystem.parent] if self.ecosystem is not None else []
        return any(each is not None and each.visibility == Ecosystem.Visibility.HIDDEN for each in above)

    @property
    def stays_inside(self) -> bool:
        """For who takes part in its ecosystem alone, whatever else was chosen before that was hidden."""
        return self.audience == self.Audience.ECOSYSTEM or self.is_of_hidden

    @property
    def is_private(self) -> bool:
        return self.audience != self.Audience.PUBLIC or self.is_of_hidden

    @property
    def free(self) -> int | None:
        """Places that nobody has; None where there is no end to them."""
        return None if self.capacity is None else self.capacity - self.taken
