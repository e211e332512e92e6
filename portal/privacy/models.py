"""What the portal keeps of rights: who people are in logs, what they agreed to, what they take along, who leaves."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

COOLING_OFF = datetime.timedelta(days=7)


class Actor(models.Model):
    """The number by which logs that are only added to know a person. Without this row a number is nobody."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("persoon"), on_delete=models.CASCADE, related_name="+"
    )
    number = models.UUIDField(_("nummer in logboeken"), default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("nummer van een persoon")
        verbose_name_plural = _("nummers van mensen")

    def __str__(self) -> str:
        return str(self.number)


class Consent(models.Model):
    """What somebody agreed to, or no longer. Rows are only added: the database refuses to change or
    remove one."""

    actor = models.UUIDField(_("nummer"), db_index=True)
    about = models.CharField(_("waarover"), max_length=60)
    given = models.BooleanField(_("gegeven"))
    version = models.CharField(_("versie of keuze"), max_length=60, blank=True)
    at = models.DateTimeField(_("wanneer"), default=timezone.now)

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(about=""), name="privacy_consent_about_something")]

    def __str__(self) -> str:
        return f"{self.about} {self.version}".strip()


class Takeaway(models.Model):
    """A person's own data as one file, made by the worker. The file stands under `key`, outside the public media."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        MAKING = "making", _("wordt gemaakt")
        READY = "ready", _("klaar")
        FAILED = "failed", _("mislukt")
        GONE = "gone", _("verlopen")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("van"), on_delete=models.CASCADE, related_name="+"
    )
    key = models.UUIDField(_("kenmerk"), default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("onderdelen klaar"), default=0)
    total = models.PositiveIntegerField(_("onderdelen"), default=0)
    tries = models.PositiveIntegerField(_("pogingen"), default=0)
    size = models.PositiveBigIntegerField(_("grootte"), default=0)
    asked_at = models.DateTimeField(_("gevraagd"), default=timezone.now)
    ready_at = models.DateTimeField(_("klaar"), null=True, blank=True)
    expires_at = models.DateTimeField(_("op te halen tot"), null=True, blank=True)

    class Meta:
        verbose_name = _("bestand met gegevens")
        verbose_name_plural = _("bestanden met gegevens")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=["waiting", "making"]),
                name="privacy_takeaway_one_at_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(ready_at__isnull=False, expires_at__isnull=False),
                name="privacy_takeaway_ready_has_times",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Leaving(models.Model):
    """Somebody's account will be erased at `due_at`; until then they can take it back."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("van"), on_delete=models.CASCADE, related_name="leaving"
    )
    texts_go = models.BooleanField(_("teksten gaan mee"), default=False)
    asked_at = models.DateTimeField(_("gevraagd"), default=timezone.now)
    due_at = models.DateTimeField(_("wissen vanaf"))

    class Meta:
        verbose_name = _("account dat gewist wordt")
        verbose_name_plural = _("accounts die gewist worden")
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)


class Erased(models.Model):
    """That an account was erased, so that it is again after a backup was put back. `joined_at` tells two apart that had
    the same number. No name, no address."""

    user_number = models.BigIntegerField(_("nummer"))
    joined_at = models.DateTimeField(_("lid sinds"))
    texts_go = models.BooleanField(_("teksten gingen mee"), default=False)
    at = models.DateTimeField(_("gewist"), default=timezone.now)

    class Meta:
        verbose_name = _("gewist account")
        verbose_name_plural = _("gewiste accounts")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user_number", "joined_at"], name="privacy_erased_once")
        ]

    def __str__(self) -> str:
        return str(self.user_number)


class Warned(models.Model):
    """That somebody who hasn't been here for years was told that the account will go."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("persoon"), on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(_("gewaarschuwd"), default=timezone.now)

    class Meta:
        verbose_name = _("waarschuwing aan wie lang weg is")
        verbose_name_plural = _("waarschuwingen aan wie lang weg is")

    def __str__(self) -> str:
        return str(self.user_id)
