"""Events, who comes, and what they were told and given."""

from network.events.models.events import EVENT, MOST_TEXT, MOST_TITLE, Event
from network.events.models.following import MATERIAL, CalendarFeed, EventMaterial, EventNotice
from network.events.models.registering import Answer, EventQuestion, Registration, Removal

__all__ = [
    "EVENT",
    "MATERIAL",
    "MOST_TEXT",
    "MOST_TITLE",
    "Answer",
    "CalendarFeed",
    "Event",
    "EventMaterial",
    "EventNotice",
    "EventQuestion",
    "Registration",
    "Removal",
]
