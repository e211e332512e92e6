"""Why something isn't done, in a sentence for who asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from portal.joining.refusals import InvitationGone, InvitationUnknown, NotAllowed, Refused, WrongAddress

if TYPE_CHECKING:
    from portal.organisations.models import Organisation

__all__ = [
    "ChangedMeanwhile",
    "InvitationGone",
    "InvitationUnknown",
    "LastManager",
    "NameTaken",
    "NotAllowed",
    "Refused",
    "WrongAddress",
]


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
