"""Questions are conversations that live here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.conversations.kinds import ConversationKind, register
from network.conversations.models import Conversation
from network.questions.models import QUESTION
from portal.accounts.models import User

DRAFT = "question"  # where the form keeps what is typed


def _address(conversation: Conversation) -> str:
    return reverse("questions:question", args=[conversation.pk])


def _list_address(_conversation: Conversation) -> str:
    return reverse("questions:list")


def _drafts(_user: User, places: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    return {place: (gettext("Nieuwe vraag"), reverse("questions:ask")) for place in places if place == DRAFT}


register(ConversationKind(QUESTION, _("Vragen"), _address, _list_address, _drafts))
