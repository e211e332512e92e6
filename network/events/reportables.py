"""Events, as moderators need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from network.events.models import EVENT, Event
from network.events.services import put_shown
from network.moderation.reportables import Item, Reportable, register


def _item(event: Event) -> Item:
    return Item(
        id=event.pk,
        title=event.title,
        url=event.get_absolute_url(),
        text=f"{event.summary}\n\n{event.text}".strip(),
        author_id=event.created_by_id,
        ecosystem_id=event.ecosystem_id,
        created_at=event.created_at,
        state=event.shown,
    )


def _visible(user: Any, pk: int) -> Item | None:
    event = Event.objects.visible_to(user).shown().filter(pk=pk).first()
    return _item(event) if event is not None else None


def _items(pks: Sequence[int]) -> Mapping[int, Item]:
    return {event.pk: _item(event) for event in Event.objects.filter(pk__in=pks)}


register(
    Reportable(
        code=EVENT,
        label=_("bijeenkomst"),
        visible=_visible,
        items=_items,
        put=put_shown,
    )
)
