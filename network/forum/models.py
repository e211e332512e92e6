"""Rooms to talk in or for news, and their topics. What is written in a topic is a conversation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversations.models import Conversation
from network.ecosystems.models import Ecosystem
from network.forum.querysets import AnnouncementQuerySet, ForumRoomQuerySet, TopicQuerySet

TOPIC = "topic"
# Parts of an address that are pages of their own.
RESERVED_SLUGS = ("onderwerp", "ecosysteem")


class ForumRoom(models.Model):
    """A place for topics, of the whole portal or of one ecosystem. An ecosystem has one for its news at most."""

    class Kind(models.TextChoices):
        TALK = "talk", _("gesprekken")
        NEWS = "news", _("nieuws")

    kind = models.CharField(_("soort"), max_length=10, choices=Kind, default=Kind.TALK)
    ecosystem = models.ForeignKey(
        Ecosystem,
        verbose_name=_("alleen voor"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="forum_rooms",
    )
    name = models.CharField(_("naam"), max_length=80)
    slug = models.SlugField(_("deel van het adres"), max_length=80, unique=True)
    summary = models.CharField(_("waar het over gaat"), max_length=200, blank=True)
    order = models.PositiveIntegerField(_("volgorde"), default=100)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("gesloten"), null=True, blank=True)

    objects = ForumRoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("forumruimte")
        verbose_name_plural = _("forumruimtes")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(ecosystem=None),
                name="forum_room_name_once",
                violation_error_message=_("Er is al een ruimte met deze naam."),
            ),
            models.UniqueConstraint(
                fields=["ecosystem", "name"],
                name="forum_room_name_once_here",
                violation_error_message=_("Er is hier al een ruimte met deze naam."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="forum_room_slug_is_free",
                violation_error_message=_("Dit deel van het adres is bezet. Kies een ander."),
            ),
            models.CheckConstraint(
                condition=Q(kind="talk") | Q(kind="news", ecosystem__isnull=False),
                name="forum_room_news_is_of_an_ecosystem",
            ),
            models.UniqueConstraint(
                fields=["ecosystem"], condition=Q(kind="news"), name="forum_room_news_once_here"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:room", args=[self.slug])

    @property
    def is_news(self) -> bool:
        return self.kind == self.Kind.NEWS


class Topic(models.Model):
    """A conversation in a room. Its readers are those of the room, which a service sees to."""

    conversation = models.OneToOneField(
        Conversation,
        verbose_name=_("gesprek"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="topic",
    )
    room = models.ForeignKey(
        ForumRoom, verbose_name=_("ruimte"), on_delete=models.PROTECT, related_name="topics"
    )
    # Stands above the others as long as it is set.
    pinned_at = models.DateTimeField(_("bovenaan sinds"), null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("onderwerp")
        verbose_name_plural = _("onderwerpen")

    def __str__(self) -> str:
        return f"{self.conversation_id} in {self.room_id}"


class Announcement(models.Model):
    """That who takes part is told of an item of news, and how far that is: once, as soon as it can be seen."""

    topic = models.OneToOneField(
        Topic,
        verbose_name=_("onderwerp"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="announcement",
    )
    # The number of the last person who was told; of nobody before and after.
    reached = models.BigIntegerField(_("tot en met"), default=0)
    told_at = models.DateTimeField(_("verteld"), null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("aankondiging van nieuws")
        verbose_name_plural = _("aankondigingen van nieuws")
        indexes = [
            models.Index(fields=["topic"], condition=Q(told_at=None), name="forum_news_to_tell"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}"
