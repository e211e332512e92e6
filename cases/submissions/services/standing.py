"""What the services of this room share: the lock, and that somebody may."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cases.submissions.models import CaseSubmission
from cases.submissions.services.refusals import NotAllowed, Refused
from network.moderation.rules import may_write
from portal.accounts.models import User


def locked(submission: CaseSubmission) -> CaseSubmission:
    """The row as it is now, held until the transaction ends: what happens to one happens one after another."""
    found = CaseSubmission.objects.select_for_update().filter(pk=submission.pk).first()
    if found is None:
        raise NotAllowed
    return found


def require(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed


def require_may_write(user: User) -> None:
    """Raises Refused for who a moderator doesn't let write now."""
    blocked = may_write(user, None)
    if blocked is not None:
        raise Refused(str(blocked))


def words(text: str, *, most: int, lacks: str) -> str:
    """What somebody wrote, without what no database keeps. Raises Refused where it is empty or too long."""
    found = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not found:
        raise Refused(lacks)
    if len(found) > most:
        raise Refused(_("Je tekst is te lang: hoogstens %(most)s tekens.") % {"most": most})
    return found
