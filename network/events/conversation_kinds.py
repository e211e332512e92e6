"""What is said about an event is a conversation that lives here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.conversations.kinds import ConversationKind, numbers_behind, register
from network.conversations.models import Conversation
from network.events.models import EVENT, Event
from network.events.rules import organises_somewhere
from portal.accounts.models import User

DRAFT = "event"  # where the form keeps what is typed
TALK = "event-talk:"  # and of the first word about one, with its number


def talk_place(event: Event) -> str:
    return f"{TALK}{event.pk}"


def _address(conversation: Conversation) -> str:
    return reverse("events:talk", args=[conversation.pk])


def _list_address(_conversation: Conversation) -> str:
    return reverse("events:list")


def _drafts(user: User, places: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """Only who may still organise something goes on with it; of what is said about one, who sees it."""
    found: dict[str, tuple[str, str]] = {}
    if DRAFT in places and organises_somewhere(user):
        found[DRAFT] = (gettext("Nieuwe bijeenkomst"), reverse("events:plan"))
    pks = numbers_behind(TALK, places)
    for event in Event.objects.visible_to(user).filter(pk__in=pks) if pks else ():
        found[talk_place(event)] = (event.title, reverse("events:talk-begin", args=[event.pk]))
    return found


register(ConversationKind(EVENT, _("Bijeenkomsten"), _address, _list_address, _drafts))
