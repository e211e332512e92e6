"""The outbox. Integrity: one row is one mail with one Message-ID, and the same key is the same mail."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.mail.querysets import MailQuerySet


class Mail(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        SENDING = "sending", _("wordt verstuurd")
        SENT = "sent", _("verstuurd")
        REFUSED = "refused", _("geweigerd")
        UNCERTAIN = "uncertain", _("onzeker")

    kind = models.CharField(_("soort"), max_length=60)
    key = models.CharField(_("sleutel"), max_length=120, blank=True)
    to = models.EmailField(_("aan"))
    subject = models.CharField(_("onderwerp"), max_length=255)
    text = models.TextField(_("tekst"), blank=True)
    # The same with links to click; empty: the mail is text alone.
    html = models.TextField(_("opmaak"), blank=True, default="", db_default="")
    headers = models.JSONField(_("koppen"), default=dict, blank=True)
    # A code or a link that opens something: text and html are gone as soon as it was sent.
    is_secret = models.BooleanField(_("bevat een geheim"), default=False)
    message_id = models.CharField(_("Message-ID"), max_length=255, unique=True)
    state = models.CharField(_("stand"), max_length=20, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("klaargelegd"), default=timezone.now)
    due_at = models.DateTimeField(_("op zijn vroegst"), default=timezone.now)
    attempts = models.PositiveIntegerField(_("pogingen"), default=0)
    sending_since = models.DateTimeField(_("in verzending sinds"), null=True, blank=True)
    sending_by = models.CharField(_("in verzending bij"), max_length=40, blank=True)
    sent_at = models.DateTimeField(_("verstuurd"), null=True, blank=True)
    last_error = models.CharField(_("laatste fout"), max_length=500, blank=True)
    handled_at = models.DateTimeField(_("afgehandeld"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="mail_state_due")]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="mail_key_unique"),
            models.CheckConstraint(
                condition=models.Q(state="sending", sending_since__isnull=False)
                | (~models.Q(state="sending") & models.Q(sending_since__isnull=True)),
                name="mail_sending_has_a_beginning",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="mail_sent_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
