"""Editions of the newsletter, and who wants it. Nobody is written down as having got or opened one.

Integrity: one subscription for an address and for a person; an edition that is being sent has somebody up to whom.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField

from portal.newsletters.blocks import NewsletterBlocks
from portal.newsletters.querysets import EditionQuerySet, SubscriptionQuerySet
from portal.taxonomy.models import Sector, Theme

NOTHING_IS_ALL = _("Niets gekozen: over alles.")


class Subscription(models.Model):
    """Of a member (`user`), or of an address that its reader confirmed from the mailbox."""

    email = models.EmailField(_("e-mailadres"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("van"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="newsletter_subscription",
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("thema's"), blank=True, related_name="+")
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectoren"), blank=True, related_name="+")
    # In the links of each mail: who holds it may change and end this subscription, and nothing else.
    key = models.UUIDField(_("sleutel"), default=uuid.uuid4, unique=True, editable=False)
    # In the link of the first mail alone.
    confirm_key = models.UUIDField(
        _("sleutel om te bevestigen"), default=uuid.uuid4, unique=True, editable=False
    )
    requested_at = models.DateTimeField(_("gevraagd"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("bevestigd"), null=True, blank=True)
    # Of the sentence that was shown with the question.
    consent_version = models.CharField(_("versie van de toestemming"), max_length=60, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmelding voor de nieuwsbrief")
        verbose_name_plural = _("aanmeldingen voor de nieuwsbrief")
        indexes = [
            models.Index(
                fields=["requested_at"], condition=Q(confirmed_at=None), name="newsletters_unconfirmed"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="newsletters_subscription_address"
            ),
            models.CheckConstraint(
                condition=(Q(user=None) & ~Q(email="")) | (Q(user__isnull=False) & Q(email="")),
                name="newsletters_subscription_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def address(self) -> str:
        return self.user.email if self.user is not None else self.email


class Edition(ClusterableModel):  # type: ignore[misc] # modelcluster is untyped
    class State(models.TextChoices):
        DRAFT = "draft", _("concept")
        SENDING = "sending", _("wordt verstuurd")
        SENT = "sent", _("verstuurd")

    subject = models.CharField(
        _("onderwerp"),
        max_length=120,
        help_text=_("Wat de lezer in zijn postvak ziet. Noem het nieuws zelf."),
    )
    introduction = models.TextField(
        _("inleiding"), max_length=1000, help_text=_("Twee of drie zinnen, zonder aanhef.")
    )
    body = StreamField(NewsletterBlocks(), verbose_name=_("inhoud"), blank=True)
    themes = ParentalManyToManyField(
        Theme, verbose_name=_("thema's"), blank=True, related_name="+", help_text=NOTHING_IS_ALL
    )
    sectors = ParentalManyToManyField(
        Sector, verbose_name=_("sectoren"), blank=True, related_name="+", help_text=NOTHING_IS_ALL
    )
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gemaakt door"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verstuurd door"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    started_at = models.DateTimeField(_("begonnen met versturen"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("verstuurd"), null=True, blank=True, editable=False)
    # How many wanted it at the start, how many mails were laid ready, and up to which subscription of which last.
    recipients = models.PositiveIntegerField(_("ontvangers"), default=0, editable=False)
    laid_ready = models.PositiveIntegerField(_("klaargezet"), default=0, editable=False)
    reached = models.PositiveBigIntegerField(_("tot en met"), default=0, editable=False)
    last = models.PositiveBigIntegerField(_("laatste"), default=0, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("nieuwsbrief")
        verbose_name_plural = _("nieuwsbrieven")
        ordering = ["-created_at", "-pk"]
        permissions = [("send_edition", _("Kan een nieuwsbrief versturen"))]
        indexes = [models.Index(fields=["state", "-sent_at"], name="newsletters_archive")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", started_at=None, sent_at=None)
                | Q(state="sending", started_at__isnull=False, sent_at=None)
                | Q(state="sent", started_at__isnull=False, sent_at__isnull=False),
                name="newsletters_edition_state",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(reached__lte=F("last")), name="newsletters_edition_reached"
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    def get_absolute_url(self) -> str:
        return reverse("newsletters:edition", args=[self.pk])
