"""What is said about an event is a conversation that lives here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.conversations.kinds import ConversationKind, register
from network.conversations.models import Conversation
from network.events.models import EVENT
from network.events.rules import organises_somewhere
from portal.accounts.models import User

DRAFT = "event"  # where the form keeps what is typed


def _address(conversation: Conversation) -> str:
    return reverse("events:talk", args=[conversation.pk])


def _list_address(_conversation: Conversation) -> str:
    return reverse("events:list")


def _drafts(user: User, places: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """Only who may still organise something goes on with it."""
    if DRAFT not in places or not organises_somewhere(user):
        return {}
    return {DRAFT: (gettext("Nieuwe bijeenkomst"), reverse("events:plan"))}


register(ConversationKind(EVENT, _("Bijeenkomsten"), _address, _list_address, _drafts))
