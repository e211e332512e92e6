"""Questions are conversations that live here."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.conversations.kinds import ConversationKind, register
from network.conversations.models import Conversation
from network.questions.models import QUESTION


def _address(conversation: Conversation) -> str:
    return reverse("questions:question", args=[conversation.pk])


def _list_address(_conversation: Conversation) -> str:
    return reverse("questions:list")


register(ConversationKind(QUESTION, _("Vragen"), _address, _list_address))
