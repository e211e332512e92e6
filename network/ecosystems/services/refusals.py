"""Why something isn't done, in a sentence for who asked for it."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """Nothing was done; the message says why, to a person."""


class NotAllowed(Refused):
    """Not for this person; to them the thing doesn't exist."""

    def __init__(self) -> None:
        super().__init__(_("Dit mag je niet doen."))
