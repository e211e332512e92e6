"""Why something isn't done, in a sentence for who asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from portal.organisations.services import NotAllowed, Refused

if TYPE_CHECKING:
    from network.moderation.models import Decision

__all__ = ["AlreadyDecided", "NotAllowed", "Refused", "TooMuch"]


class TooMuch(Refused):
    """Somebody wrote or reported more than there is room for now."""


class AlreadyDecided(Refused):
    """Somebody else was first; `decision` is theirs."""

    def __init__(self, decision: Decision | None) -> None:
        super().__init__(_("Iemand anders besloot hier intussen over. Kijk eerst wat er besloten is."))
        self.decision = decision
