"""Topics are conversations that live here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.conversations.kinds import ConversationKind, numbers_behind, register
from network.conversations.models import Conversation
from network.ecosystems.models import Ecosystem
from network.forum.models import TOPIC, ForumRoom
from portal.accounts.models import User


def _address(conversation: Conversation) -> str:
    return reverse("forum:topic", args=[conversation.pk])


def _list_address(conversation: Conversation) -> str:
    if conversation.ecosystem is None:
        return reverse("forum:list")
    return reverse("forum:ecosystem", args=[conversation.ecosystem.slug])


def _drafts(user: User, places: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    topics = _drafts_of_topics(user, numbers_behind("forum:", places))
    return topics | _drafts_of_news(user, numbers_behind("news:", places))


def _drafts_of_topics(user: User, pks: Sequence[int]) -> dict[str, tuple[str, str]]:
    rooms = ForumRoom.objects.visible_to(user).for_talk().open().filter(pk__in=pks) if pks else []
    told = gettext("Nieuw onderwerp in %(room)s")
    return {
        f"forum:{room.pk}": (told % {"room": room.name}, reverse("forum:begin", args=[room.slug]))
        for room in rooms
    }


def _drafts_of_news(user: User, pks: Sequence[int]) -> dict[str, tuple[str, str]]:
    """Of the ecosystems for which one may write it."""
    managed = (
        Ecosystem.objects.managed_by(user, timezone.localdate()).open().filter(pk__in=pks) if pks else []
    )
    told = gettext("Nieuws voor %(name)s")
    return {
        f"news:{each.pk}": (told % {"name": each.name}, reverse("forum:news-write", args=[each.slug]))
        for each in managed
    }


register(ConversationKind(TOPIC, _("Forum"), _address, _list_address, _drafts))
