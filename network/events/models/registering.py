"""Who comes to an event, who waits for a place, and what they answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.events.models.events import Event
from network.events.querysets import RegistrationQuerySet

MOST_ANSWER = 1000


class EventQuestion(models.Model):
    """Something that who registers is asked."""

    class Kind(models.TextChoices):
        TEXT = "text", _("een open antwoord")
        CHOICE = "choice", _("kiezen uit een lijst")
        YES_NO = "yes-no", _("ja of nee")

    event = models.ForeignKey(
        Event, verbose_name=_("bijeenkomst"), on_delete=models.CASCADE, related_name="questions"
    )
    number = models.PositiveSmallIntegerField(_("volgorde"))
    kind = models.CharField(_("soort antwoord"), max_length=10, choices=Kind, default=Kind.TEXT)
    label = models.CharField(_("vraag"), max_length=150)
    options = models.TextField(_("keuzes, elk op een regel"), blank=True, max_length=1000)
    is_required = models.BooleanField(_("verplicht"), default=False)

    class Meta:
        verbose_name = _("vraag bij aanmelden")
        verbose_name_plural = _("vragen bij aanmelden")
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="events_eventquestion_in_order"),
            models.CheckConstraint(
                condition=Q(kind__in=["text", "choice", "yes-no"]), name="events_eventquestion_known_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind="choice") | ~Q(options=""), name="events_eventquestion_has_options"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def choices(self) -> list[str]:
        return [line.strip() for line in self.options.splitlines() if line.strip()]


class Registration(models.Model):
    """A person and an event: one row, whatever happens. Who is registered or was offered a place holds a place."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("aangemeld")
        WAITING = "waiting", _("op de wachtlijst")
        OFFERED = "offered", _("plek aangeboden")
        CANCELLED = "cancelled", _("afgemeld")
        DECLINED = "declined", _("plek afgeslagen")
        EXPIRED = "expired", _("plek niet op tijd aangenomen")

    SEATED = (State.REGISTERED, State.OFFERED)
    IN = (State.REGISTERED, State.WAITING, State.OFFERED)

    event = models.ForeignKey(
        Event, verbose_name=_("bijeenkomst"), on_delete=models.CASCADE, related_name="registrations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="event_registrations",
    )
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.REGISTERED)
    # Since when in this list: who waits longest is next.
    queued_at = models.DateTimeField(_("sinds"), default=timezone.now)
    offer_until = models.DateTimeField(_("aannemen kan tot"), null=True, blank=True)
    attended = models.BooleanField(_("was er"), null=True, blank=True)
    created_at = models.DateTimeField(_("aangemeld op"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("gewijzigd"), default=timezone.now, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanmelding")
        verbose_name_plural = _("aanmeldingen")
        ordering = ["queued_at", "pk"]
        indexes = [models.Index(fields=["event", "state", "queued_at"], name="events_next_in_line")]
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="events_registration_once"),
            models.CheckConstraint(
                condition=Q(state="offered", offer_until__isnull=False)
                | (
                    Q(state__in=["registered", "waiting", "cancelled", "declined", "expired"])
                    & Q(offer_until=None)
                ),
                name="events_registration_known_state",
            ),
            models.CheckConstraint(
                condition=Q(attended=None) | Q(state="registered"), name="events_registration_only_who_comes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} – {self.event_id}"


class Removal(models.Model):
    """That an organiser took somebody off the list, and why: what the person reads, and a log.

    As long as it hasn't ended the person can't register again.
    """

    registration = models.ForeignKey(
        Registration, verbose_name=_("aanmelding"), on_delete=models.CASCADE, related_name="removals"
    )
    reason = models.CharField(_("reden"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    ended_at = models.DateTimeField(_("mag weer sinds"), null=True, blank=True)

    class Meta:
        verbose_name = _("weggehaalde aanmelding")
        verbose_name_plural = _("weggehaalde aanmeldingen")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(ended_at=None), name="events_removal_one_stands"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="events_removal_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.reason}"


class Answer(models.Model):
    """What somebody answered to one of the questions."""

    registration = models.ForeignKey(
        Registration, verbose_name=_("aanmelding"), on_delete=models.CASCADE, related_name="answers"
    )
    question = models.ForeignKey(
        EventQuestion, verbose_name=_("vraag"), on_delete=models.CASCADE, related_name="answers"
    )
    text = models.CharField(_("antwoord"), max_length=MOST_ANSWER, blank=True)

    class Meta:
        verbose_name = _("antwoord bij aanmelden")
        verbose_name_plural = _("antwoorden bij aanmelden")
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="events_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.question_id}"
