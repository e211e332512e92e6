"""What the portal keeps for a reader: how far they read, whether they follow, and what they were writing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversations.models.conversations import MOST_TITLE, Conversation


class Reading(models.Model):
    """How far a person read a conversation, and whether they want to hear of new posts in it."""

    class Wants(models.TextChoices):
        NOTHING = "", _("niet gekozen")
        FOLLOW = "follow", _("volgen")
        MUTE = "mute", _("niets van horen")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("wie"), on_delete=models.CASCADE, related_name="readings"
    )
    conversation = models.ForeignKey(
        Conversation, verbose_name=_("gesprek"), on_delete=models.CASCADE, related_name="readings"
    )
    read_number = models.PositiveIntegerField(_("gelezen tot en met"), default=0)
    wants = models.CharField(_("wil"), max_length=10, choices=Wants, default=Wants.NOTHING, blank=True)

    class Meta:
        verbose_name = _("leesstand")
        verbose_name_plural = _("leesstanden")
        indexes = [models.Index(fields=["conversation", "wants"], name="conversations_followers")]
        constraints = [
            models.UniqueConstraint(fields=["user", "conversation"], name="conversations_reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.conversation_id}"


class Draft(models.Model):
    """What somebody is writing and has not posted. `place` says where: a code that its screen chose.

    `rest`: of a form with more than a title and a text what else was filled in, by field, as it was typed.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("van"), on_delete=models.CASCADE, related_name="drafts"
    )
    place = models.CharField(_("waar"), max_length=60)
    title = models.CharField(_("titel"), max_length=MOST_TITLE, blank=True)
    text = models.TextField(_("tekst"), blank=True)
    rest = models.JSONField(_("wat verder is ingevuld"), default=dict, blank=True)
    saved_at = models.DateTimeField(_("bewaard"), default=timezone.now)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepten")
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="conversations_draft_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.place}"
