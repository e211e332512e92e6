"""What is said about an event is a conversation that lives here."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.conversations.kinds import ConversationKind, register
from network.conversations.models import Conversation
from network.events.models import EVENT


def _address(conversation: Conversation) -> str:
    return reverse("events:talk", args=[conversation.pk])


def _list_address(_conversation: Conversation) -> str:
    return reverse("events:list")


register(ConversationKind(EVENT, _("Bijeenkomsten"), _address, _list_address))
