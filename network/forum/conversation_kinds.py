"""Topics are conversations that live here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.conversations.kinds import ConversationKind, register
from network.conversations.models import Conversation
from network.forum.models import TOPIC, ForumRoom
from portal.accounts.models import User


def _address(conversation: Conversation) -> str:
    return reverse("forum:topic", args=[conversation.pk])


def _list_address(conversation: Conversation) -> str:
    if conversation.ecosystem is None:
        return reverse("forum:list")
    return reverse("forum:ecosystem", args=[conversation.ecosystem.slug])


def _drafts(user: User, places: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    pks = [int(place[6:]) for place in places if place.startswith("forum:") and place[6:].isdecimal()]
    rooms = ForumRoom.objects.visible_to(user).open().filter(pk__in=pks) if pks else []
    told = gettext("Nieuw onderwerp in %(room)s")
    return {
        f"forum:{room.pk}": (told % {"room": room.name}, reverse("forum:begin", args=[room.slug]))
        for room in rooms
    }


register(ConversationKind(TOPIC, _("Forum"), _address, _list_address, _drafts))
