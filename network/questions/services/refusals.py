"""Why something isn't done, in a sentence for who asked for it."""

from network.conversations.services import Locked, NotAllowed, Refused

__all__ = ["Locked", "NotAllowed", "Refused"]
