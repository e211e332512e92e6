"""Who sees which conversation and which of its posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from network.ecosystems import prepared
from portal.organisations.querysets import is_person

if TYPE_CHECKING:
    from network.conversations.models import Conversation, Post  # noqa: F401 - names of the generic parameters


def _open_to(user: Any, prefix: str = "") -> Q:
    """Whose conversation it is for: everybody's, or one's own ecosystems'."""
    everybody = Q(**{f"{prefix}ecosystem": None})
    if not is_person(user):
        return everybody
    inside = prepared.inside(user, timezone.localdate())
    return everybody | Q(**{f"{prefix}ecosystem__in": inside})


def _shown_to(user: Any, author: str, prefix: str = "") -> Q:
    """What is visible, and to its author what is held back."""
    shown = Q(**{f"{prefix}state": "visible"})
    if not is_person(user):
        return shown
    return shown | Q(**{f"{prefix}state__in": ["held", "hidden"], f"{prefix}{author}": user})


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, user: Any) -> ConversationQuerySet:
        """Those for everybody and those of one's own ecosystems; what is held back to who began it alone."""
        return self.filter(_open_to(user), _shown_to(user, "started_by"))

    def of_kind(self, kind: str) -> ConversationQuerySet:
        return self.filter(kind=kind)

    def with_post_count(self) -> ConversationQuerySet:
        """`post_count`: how many posts everybody who sees it can read, the opening included."""
        posts = apps.get_model("conversations", "Post").objects.filter(
            conversation=OuterRef("pk"), state="visible"
        )
        counted = posts.order_by().values("conversation").annotate(number=Count("pk")).values("number")
        return self.annotate(post_count=Coalesce(Subquery(counted), 0))

    def with_unread(self, user: Any) -> ConversationQuerySet:
        """`has_unread`: is there a post of somebody else beyond how far they read? Not where they never read it."""
        if not is_person(user):
            return self.annotate(has_unread=Value(False))
        readings = apps.get_model("conversations", "Reading").objects.filter(
            user=user, conversation=OuterRef("conversation")
        )
        beyond = (
            apps.get_model("conversations", "Post")
            .objects.filter(conversation=OuterRef("pk"), state="visible")
            .exclude(author=user)
            .annotate(read=Subquery(readings.values("read_number")[:1], output_field=IntegerField()))
            .filter(number__gt=F("read"))
        )
        return self.annotate(has_unread=Exists(beyond))

    def with_unread_count(self, user: Any) -> ConversationQuerySet:
        """`unread_count`: how many posts of others stand beyond how far this person read, and `has_new`."""
        readings = apps.get_model("conversations", "Reading").objects.filter(
            user=user, conversation=OuterRef("conversation")
        )
        beyond = (
            apps.get_model("conversations", "Post")
            .objects.filter(conversation=OuterRef("pk"), state="visible")
            .exclude(author=user)
            .annotate(read=Subquery(readings.values("read_number")[:1], output_field=IntegerField()))
            .filter(number__gt=F("read"))
        )
        counted = beyond.order_by().values("conversation").annotate(each=Count("pk")).values("each")
        return self.annotate(unread_count=Coalesce(Subquery(counted), 0), has_new=Exists(beyond))

    def with_wants(self, user: Any) -> ConversationQuerySet:
        """`wants`: whether this person follows or mutes it; None where they chose nothing."""
        if not is_person(user):
            return self.annotate(wants=Value(""))
        readings = apps.get_model("conversations", "Reading").objects.filter(
            user=user, conversation=OuterRef("pk")
        )
        return self.annotate(wants=Subquery(readings.values("wants")[:1]))

    def followed_by(self, user: Any) -> ConversationQuerySet:
        readings = apps.get_model("conversations", "Reading").objects
        return self.filter(Exists(readings.filter(user=user, conversation=OuterRef("pk"), wants="follow")))


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: Any) -> PostQuerySet:
        """What stands in conversations that one sees; what is held back to its author alone."""
        conversation = _open_to(user, "conversation__") & _shown_to(user, "started_by", "conversation__")
        return self.filter(conversation, _shown_to(user, "author"))

    def on_page(self, user: Any) -> PostQuerySet:
        """Besides, those of which only the place is left: taken back by their author or hidden by a moderator."""
        conversation = _open_to(user, "conversation__") & _shown_to(user, "started_by", "conversation__")
        held = Q(state="held", author=user) if is_person(user) else Q(pk__in=[])
        return self.filter(conversation, ~Q(state="held") | held)

    def shown(self) -> PostQuerySet:
        return self.filter(state="visible")

    def with_votes(self, user: Any) -> PostQuerySet:
        """`vote_count`, and whether this person voted (`is_voted`)."""
        votes = apps.get_model("conversations", "Vote").objects.filter(post=OuterRef("pk"))
        counted = votes.order_by().values("post").annotate(number=Count("pk")).values("number")
        mine = Exists(votes.filter(user=user)) if is_person(user) else Value(False)
        return self.annotate(vote_count=Coalesce(Subquery(counted), 0), is_voted=mine)
