"""Topics, as search finds them."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.conversations.found import ConversationSource
from network.conversations.models import Conversation
from network.conversations.querysets import ConversationQuerySet
from network.forum.models import TOPIC, ForumRoom, Topic
from search.documents import Reader, register


class TopicSource(ConversationSource):
    code = "topic"
    label = _("forumonderwerp")
    plural = _("forumonderwerpen")
    order = 60
    kind = TOPIC
    model: ClassVar[type[Model]] = Topic

    def visible(self, reader: Reader) -> ConversationQuerySet:
        news = Topic.objects.filter(pk=OuterRef("pk"), room__kind=ForumRoom.Kind.NEWS)
        found: ConversationQuerySet = super().visible(reader).annotate(is_news=Exists(news))
        return found

    def label_of(self, conversation: Conversation) -> str:
        """News of an ecosystem is found as what it is."""
        return (
            gettext("nieuws") if getattr(conversation, "is_news", False) else super().label_of(conversation)
        )


register(TopicSource())
