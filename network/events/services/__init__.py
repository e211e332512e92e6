"""What happens to events: one verb a function, each all or nothing."""

from network.events.services.calendars import (
    make_calendar_address,
    owner_of,
    withdraw_calendar_address,
)
from network.events.services.informing import (
    how_many,
    remind,
    send_message,
)
from network.events.services.materials import UploadRefused, add_material, remove_material, why_no_files
from network.events.services.planning import (
    Details,
    cancel_event,
    change_event,
    drop_draft,
    plan_event,
    publish_event,
    put_shown,
)
from network.events.services.refusals import AnswersWrong, ChangedMeanwhile, NotAllowed, Refused
from network.events.services.registering import accept_offer, decline_offer, register, withdraw
from network.events.services.removing import allow_again, remove_registration
from network.events.services.running import add_question, begin_talk, note_attendance, remove_question
from network.events.services.waiting import (
    count_places_anew,
    expire_offers,
    forget_person,
    forget_registrations,
    release_lost,
)

__all__ = [
    "AnswersWrong",
    "ChangedMeanwhile",
    "Details",
    "NotAllowed",
    "Refused",
    "UploadRefused",
    "accept_offer",
    "add_material",
    "add_question",
    "allow_again",
    "begin_talk",
    "cancel_event",
    "change_event",
    "count_places_anew",
    "decline_offer",
    "drop_draft",
    "expire_offers",
    "forget_person",
    "forget_registrations",
    "how_many",
    "make_calendar_address",
    "note_attendance",
    "owner_of",
    "plan_event",
    "publish_event",
    "put_shown",
    "register",
    "release_lost",
    "remind",
    "remove_material",
    "remove_question",
    "remove_registration",
    "send_message",
    "withdraw",
    "withdraw_calendar_address",
    "why_no_files",
]
