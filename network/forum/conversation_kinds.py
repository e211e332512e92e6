"""Topics are conversations that live here."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.conversations.kinds import ConversationKind, register
from network.conversations.models import Conversation
from network.forum.models import TOPIC


def _address(conversation: Conversation) -> str:
    return reverse("forum:topic", args=[conversation.pk])


def _list_address(conversation: Conversation) -> str:
    if conversation.ecosystem is None:
        return reverse("forum:list")
    return reverse("forum:ecosystem", args=[conversation.ecosystem.slug])


register(ConversationKind(TOPIC, _("Forum"), _address, _list_address))
