"""Why something isn't done, in a sentence for who asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from portal.organisations.models import Organisation


class Refused(Exception):
    """Nothing was done; the message says why, to a person."""


class NotAllowed(Refused):
    """Not for this person; to them the thing doesn't exist."""

    def __init__(self) -> None:
        super().__init__(_("Dit mag je niet doen."))


class NameTaken(Refused):
    """There is one already of this name or KvK number: `organisation`, which the person may perhaps not see."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(_("Er is al een organisatie met deze naam of dit KvK-nummer."))
        self.organisation = organisation


class LastManager(Refused):
    def __init__(self) -> None:
        super().__init__(_("Er is dan geen beheerder meer. Draag het beheer eerst over aan iemand anders."))


class ChangedMeanwhile(Refused):
    """Somebody saved while the form was open; `organisation` is how it stands now."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(
            _("Iemand anders wijzigde dit intussen. Kijk wat er nu staat en bewaar dan nog eens.")
        )
        self.organisation = organisation


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
