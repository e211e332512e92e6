"""Which rooms and topics somebody sees, and in what order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from network.ecosystems import prepared
from portal.organisations.querysets import is_person

if TYPE_CHECKING:
    from network.forum.models import (  # noqa: F401 - names of the generic parameters
        Announcement,
        ForumRoom,
        Topic,
    )


class ForumRoomQuerySet(models.QuerySet["ForumRoom"]):
    def visible_to(self, user: Any) -> ForumRoomQuerySet:
        """Those for everybody, and those of the ecosystems where one is inside."""
        everybody = Q(ecosystem=None)
        if not is_person(user):
            return self.filter(everybody)
        return self.filter(everybody | Q(ecosystem__in=prepared.inside(user, timezone.localdate())))

    def open(self) -> ForumRoomQuerySet:
        return self.filter(closed_at=None)

    def for_talk(self) -> ForumRoomQuerySet:
        return self.filter(kind="talk")

    def for_news(self) -> ForumRoomQuerySet:
        return self.filter(kind="news")

    def with_topic_count(self) -> ForumRoomQuerySet:
        """`topic_count`: topics that everybody who sees the room can read."""
        topics = apps.get_model("forum", "Topic").objects.filter(
            room=OuterRef("pk"), conversation__state="visible"
        )
        counted = topics.order_by().values("room").annotate(number=Count("pk")).values("number")
        return self.annotate(topic_count=Coalesce(Subquery(counted), 0))


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Any) -> TopicQuerySet:
        """Those whose conversation one sees."""
        conversations = apps.get_model("conversations", "Conversation").objects.visible_to(user)
        return self.filter(conversation__in=conversations.order_by().values("pk"))


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def to_tell(self) -> AnnouncementQuerySet:
        """Of what stands among the news and can be seen, as far as it wasn't told."""
        return self.filter(told_at=None, topic__room__kind="news", topic__conversation__state="visible")
