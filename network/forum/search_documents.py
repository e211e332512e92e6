"""Topics, as search finds them."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from network.conversations.found import ConversationSource
from network.forum.models import TOPIC, Topic
from search.documents import register


class TopicSource(ConversationSource):
    code = "topic"
    label = _("forumonderwerp")
    plural = _("forumonderwerpen")
    order = 60
    kind = TOPIC
    model: ClassVar[type[Model]] = Topic


register(TopicSource())
