"""A conversation: for whom it is, what it is called, and whether it can be seen and answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversations.querysets import ConversationQuerySet
from network.ecosystems.models import Ecosystem

MOST_TITLE = 150


class State(models.TextChoices):
    """What may be seen of a conversation or a post. Held and hidden: by its author alone, before and after a moderator
    decided. Removed: by nobody. Withdrawn: the author took the words back."""

    VISIBLE = "visible", _("zichtbaar")
    HELD = "held", _("wacht op een moderator")
    HIDDEN = "hidden", _("verborgen door een moderator")
    REMOVED = "removed", _("weggehaald door een moderator")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class Conversation(models.Model):
    """For everybody, or for who takes part in `ecosystem`. `kind` says which room it is of (`kinds.py`)."""

    State = State

    kind = models.CharField(_("soort"), max_length=20)
    ecosystem = models.ForeignKey(
        Ecosystem,
        verbose_name=_("alleen voor"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="conversations",
    )
    title = models.CharField(_("titel"), max_length=MOST_TITLE)
    # Empty once its person has been erased.
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begonnen door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="conversations",
    )
    created_at = models.DateTimeField(_("begonnen"), default=timezone.now)
    # Of the newest post that can be seen: what a list is sorted by.
    last_post_at = models.DateTimeField(_("laatste bericht"), default=timezone.now)
    locked_at = models.DateTimeField(_("gesloten"), null=True, blank=True)
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.VISIBLE)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("gesprek")
        verbose_name_plural = _("gesprekken")
        ordering = ["-last_post_at", "-pk"]
        indexes = [
            models.Index(fields=["kind", "ecosystem", "-last_post_at"], name="conversations_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="conversations_has_title"),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="conversations_known_state"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where its room shows it."""
        from network.conversations.kinds import address_of

        return address_of(self)
