"""What is told of invitations on screen."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.joining.services import Invited


def invited_text(invited: Invited, *, already: str) -> str:
    """Who got a mail and who didn't; `already` holds %(who)s and says of who belongs to it that they do."""
    number = len(invited.sent)
    parts = [
        ngettext("%(number)s uitnodiging verstuurd.", "%(number)s uitnodigingen verstuurd.", number)
        % {"number": number}
    ]
    if invited.waiting:
        parts.append(_("Al uitgenodigd: %(who)s.") % {"who": ", ".join(invited.waiting)})
    if invited.members:
        parts.append(already % {"who": ", ".join(invited.members)})
    return " ".join(parts)
