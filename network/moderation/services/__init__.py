"""What happens in moderation: one verb a function, all of it or nothing."""

from network.moderation.services.access import any_item, open_case_thing, open_unreported
from network.moderation.services.cases import open_held_case
from network.moderation.services.deciding import Choice, current_item, decide, undo
from network.moderation.services.objections import answer, object_to
from network.moderation.services.refusals import AlreadyDecided, NotAllowed, Refused, TooMuch
from network.moderation.services.reminding import remind
from network.moderation.services.reporting import Told, report_thing, thing_for
from network.moderation.services.retention import forget_old

__all__ = [
    "AlreadyDecided",
    "Choice",
    "NotAllowed",
    "Refused",
    "Told",
    "TooMuch",
    "answer",
    "any_item",
    "current_item",
    "decide",
    "forget_old",
    "object_to",
    "open_case_thing",
    "open_held_case",
    "open_unreported",
    "remind",
    "report_thing",
    "thing_for",
    "undo",
]
