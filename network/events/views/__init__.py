"""The screens of events."""

from network.events.views.calendars import (
    event_calendar,
    own_calendar,
    private_calendar,
    public_calendar,
)
from network.events.views.listing import event_list, past_events
from network.events.views.managing import (
    attendance_note,
    event_manage,
    message_send,
    question_list,
    question_remove,
    registration_export,
)
from network.events.views.materials import material_list, material_remove
from network.events.views.planning import draft_drop, event_cancel, event_change, event_plan, event_publish
from network.events.views.reading import event_detail, participant_list
from network.events.views.registering import event_register, event_withdraw, offer_answer
from network.events.views.removing import registration_remove
from network.events.views.talking import talk_begin, talk_detail

__all__ = [
    "attendance_note",
    "draft_drop",
    "event_calendar",
    "event_cancel",
    "event_change",
    "event_detail",
    "event_list",
    "event_manage",
    "event_plan",
    "event_publish",
    "event_register",
    "event_withdraw",
    "material_list",
    "material_remove",
    "message_send",
    "offer_answer",
    "own_calendar",
    "participant_list",
    "past_events",
    "private_calendar",
    "public_calendar",
    "question_list",
    "question_remove",
    "registration_export",
    "registration_remove",
    "talk_begin",
    "talk_detail",
]
