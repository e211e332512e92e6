"""Why somebody isn't let in, or nothing is done, in a sentence for who asked for it."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """Nothing was done; the message says why, to a person."""


class NotAllowed(Refused):
    """Not for this person; to them the thing doesn't exist."""

    def __init__(self) -> None:
        super().__init__(_("Dit mag je niet doen."))


class InvitationGone(Refused):
    """Used, withdrawn or expired."""


class InvitationUnknown(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("Deze uitnodiging kennen we niet. Kopieer de hele link uit de mail, of vraag om een nieuwe.")
        )


class WrongAddress(Refused):
    """The invitation is for another address, of which `masked` shows enough for its owner."""

    def __init__(self, masked: str) -> None:
        super().__init__(
            _("Deze uitnodiging is voor %(address)s. Log in met een account met dat adres.")
            % {"address": masked}
        )
        self.masked = masked
