"""Posts, their earlier versions, who is mentioned in them and who found them useful."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversations.models.conversations import Conversation, State
from network.conversations.querysets import PostQuerySet

MOST_TEXT = 20_000


class Post(models.Model):
    """What somebody wrote: Markdown in `text`, where `@{12}` stands for person 12; `html` is made from it when saved.

    `number` orders the posts of a conversation and has gaps; the opening post is the lowest. `token` is that of the form,
    so that a form sent twice is one post. `version` counts the changes, so that nobody overwrites what they didn't see.
    """

    State = State

    conversation = models.ForeignKey(
        Conversation, verbose_name=_("gesprek"), on_delete=models.CASCADE, related_name="posts"
    )
    number = models.PositiveIntegerField(_("nummer"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("van"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts",
    )
    replies_to = models.ForeignKey(
        "self",
        verbose_name=_("antwoord op"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replies",
    )
    text = models.TextField(_("bericht"), max_length=MOST_TEXT)
    html = models.TextField(_("opgemaakt"), editable=False)
    state = models.CharField(_("staat"), max_length=10, choices=State, default=State.VISIBLE)
    created_at = models.DateTimeField(_("geplaatst"), default=timezone.now)
    edited_at = models.DateTimeField(_("gewijzigd"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versie"), default=1)
    token = models.UUIDField(_("van formulier"), default=uuid.uuid4, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ["conversation", "number"]
        indexes = [models.Index(fields=["author", "-created_at"], name="conversations_post_author")]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="conversations_post_number"),
            models.UniqueConstraint(
                fields=["author", "token"],
                name="conversations_post_form_once",
                condition=Q(author__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="conversations_post_known_state"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="conversations_post_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}#{self.number}"

    def get_absolute_url(self) -> str:
        """Leads to the page of the conversation on which it stands now."""
        return reverse("conversations:post", args=[self.pk])

    @property
    def was_edited(self) -> bool:
        return self.version > 1


class PostVersion(models.Model):
    """How a post read before it was changed."""

    post = models.ForeignKey(
        Post, verbose_name=_("bericht"), on_delete=models.CASCADE, related_name="versions"
    )
    version = models.PositiveIntegerField(_("versie"))
    text = models.TextField(_("bericht"))
    # The uuids of the pictures that stood below it, as they stood.
    pictures = models.JSONField(_("beelden"), default=list, blank=True)
    # What was said of each of them then, by its uuid.
    picture_words = models.JSONField(_("wat op de beelden stond"), default=dict, blank=True)
    replaced_at = models.DateTimeField(_("vervangen"), default=timezone.now)

    class Meta:
        verbose_name = _("eerdere versie")
        verbose_name_plural = _("eerdere versies")
        ordering = ["post", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["post", "version"], name="conversations_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} v{self.version}"


class Mention(models.Model):
    """That a post names a person; kept beside the text so that the name can be shown, changed and forgotten."""

    post = models.ForeignKey(
        Post, verbose_name=_("bericht"), on_delete=models.CASCADE, related_name="mentions"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("wie"), on_delete=models.CASCADE, related_name="mentions"
    )

    class Meta:
        verbose_name = _("vermelding")
        verbose_name_plural = _("vermeldingen")
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="conversations_mention_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.post_id}"


class Vote(models.Model):
    """That a member found a post useful. The number of votes is the number of rows."""

    post = models.ForeignKey(Post, verbose_name=_("bericht"), on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("van"), on_delete=models.CASCADE, related_name="votes"
    )
    created_at = models.DateTimeField(_("gegeven"), default=timezone.now)

    class Meta:
        verbose_name = _("stem")
        verbose_name_plural = _("stemmen")
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="conversations_vote_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.post_id}"
