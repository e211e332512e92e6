"""A room of the tests' own, whose notes can be reported: what this room asks of rooms above, and nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from django.utils import timezone

from network.moderation import reportables
from network.moderation.reportables import Item, Reportable, audience_of
from portal.accounts.audiences import terms_for
from portal.accounts.models import User

CODE = "note"
_notes: dict[int, Item] = {}
_numbers = count(1)


def write(
    text: str = "Wij lassen nu in één keer goed.",
    *,
    by: User | None,
    title: str = "Een briefje",
    ecosystem_id: int | None = None,
    state: str = reportables.VISIBLE,
    at: datetime | None = None,
) -> int:
    number = next(_numbers)
    _notes[number] = Item(
        id=number,
        title=title,
        url=f"/?briefje={number}",
        text=text,
        author_id=by.pk if by else None,
        ecosystem_id=ecosystem_id,
        created_at=at or timezone.now(),
        state=state,
    )
    return number


def state_of(number: int) -> str:
    return _notes[number].state


def forget() -> None:
    _notes.clear()


def visible(user: Any, number: int) -> Item | None:
    item = _notes.get(number)
    if item is None:
        return None
    is_there = item.state == reportables.VISIBLE or (
        item.author_id == getattr(user, "pk", None) and item.state != reportables.REMOVED
    )
    audience = audience_of(item)
    return item if is_there and (not audience or audience in terms_for(user)) else None


def items(numbers: Sequence[int]) -> Mapping[int, Item]:
    return {number: _notes[number] for number in numbers if number in _notes}


def put(number: int, state: str) -> None:
    _notes[number] = replace(_notes[number], state=state)


NOTE = reportables.register(
    Reportable(
        code=CODE,
        label="briefje",
        visible=visible,
        items=items,
        put=put,
    )
)
