"""What happens here when two organisations become one."""

from __future__ import annotations

from network.events.models import Event
from portal.organisations.merging import register
from portal.organisations.models import Organisation


def move_events(old: Organisation, new: Organisation) -> None:
    """One by one, so that whoever listens hears it: search names the organisation."""
    for row in Event.objects.filter(organisation=old):
        row.organisation = new
        row.save(update_fields=["organisation"])


register("events.Event.organisation", move_events)
