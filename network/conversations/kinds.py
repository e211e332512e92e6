"""Which rooms have conversations, and where each shows them. They register in a `conversation_kinds.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from network.conversations.models import Conversation
    from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class ConversationKind:
    """A room's conversations together are called `label`. `address` gives the page of one and `list_address` that of all
    beside it, without asking the database anything."""

    code: str
    label: str | Promise
    address: Callable[[Conversation], str]
    list_address: Callable[[Conversation], str]
    #: Of places where drafts of its screens are kept: what would be made there, and where one goes on with it. What
    #: isn't its own, or where the person may not write any more, is left out.
    draft_addresses: Callable[[User, Sequence[str]], Mapping[str, tuple[str, str]]] | None = None


_kinds: dict[str, ConversationKind] = {}


def register(kind: ConversationKind) -> ConversationKind:
    """Raises ValueError when the code is taken."""
    if kind.code in _kinds:
        raise ValueError(f"kind of conversation {kind.code!r} is registered twice")
    _kinds[kind.code] = kind
    return kind


def kind_of(conversation: Conversation) -> ConversationKind:
    return _kinds[conversation.kind]


def address_of(conversation: Conversation) -> str:
    return kind_of(conversation).address(conversation)


def draft_addresses(user: User, places: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Of all kinds together."""
    found: dict[str, tuple[str, str]] = {}
    for kind in _kinds.values():
        if kind.draft_addresses is not None and places:
            found |= kind.draft_addresses(user, places)
    return found


def numbers_behind(begin: str, places: Sequence[str]) -> list[int]:
    """Of the places of drafts that begin so. Who keeps a draft sends its place along, so it may be anything."""
    rest = [place.removeprefix(begin) for place in places if place.startswith(begin)]
    return [int(each) for each in rest if each.isascii() and each.isdecimal() and len(each) < 10]
