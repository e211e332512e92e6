"""Why something isn't done, in a sentence for who asked for it. Most are those of every place that lets people in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from network.ecosystems.models import Ecosystem
from portal.joining.refusals import InvitationGone, InvitationUnknown, NotAllowed, Refused, WrongAddress

__all__ = [
    "ChangedMeanwhile",
    "Closed",
    "InvitationGone",
    "InvitationUnknown",
    "NotAllowed",
    "Refused",
    "RulesNotAccepted",
    "WrongAddress",
]


class Closed(Refused):
    def __init__(self) -> None:
        super().__init__(_("Dit ecosysteem is gesloten. Er komt niemand meer bij."))


class RulesNotAccepted(Refused):
    """Nobody gets in without the house rules as they are now."""

    def __init__(self) -> None:
        super().__init__(
            _("De huisregels zijn intussen gewijzigd, of nog niet geaccepteerd. Lees ze en vink aan.")
        )


class ChangedMeanwhile(Refused):
    """Somebody saved while the form was open; `ecosystem` is how it stands now."""

    def __init__(self, ecosystem: Ecosystem) -> None:
        super().__init__(
            _("Iemand anders wijzigde dit intussen. Kijk wat er nu staat en bewaar dan nog eens.")
        )
        self.ecosystem = ecosystem
