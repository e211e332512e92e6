"""What happens in moderation: one verb a function, all of it or nothing."""

from network.moderation.services.cases import open_held_case
from network.moderation.services.refusals import AlreadyDecided, NotAllowed, Refused, TooMuch

__all__ = ["AlreadyDecided", "NotAllowed", "Refused", "TooMuch", "open_held_case"]
