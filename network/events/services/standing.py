"""The row that a change begins with, locked, so that two changes at once come after each other."""

from __future__ import annotations

from network.events import rules
from network.events.models import Event
from network.events.services.refusals import NotAllowed
from portal.accounts.models import User


def locked(event: Event | int) -> Event:
    """Raises NotAllowed where it is gone."""
    pk = event if isinstance(event, int) else event.pk
    row = Event.objects.select_for_update(of=("self",)).select_related("ecosystem__parent", "organisation")
    found = row.filter(pk=pk).first()
    if found is None:
        raise NotAllowed
    return found


def locked_seen(event: Event, *, by: User) -> Event:
    """Raises NotAllowed too where this person doesn't see it."""
    row = locked(event)
    if not Event.objects.visible_to(by).filter(pk=row.pk).exists():
        raise NotAllowed
    return row


def locked_managed(event: Event, *, by: User) -> Event:
    """Raises NotAllowed too for who doesn't manage it."""
    row = locked(event)
    if not rules.can_manage(by, row):
        raise NotAllowed
    return row
