"""Looking at what isn't one's own: said why beforehand, and kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from network.moderation import rules
from network.moderation.models import Access, ModerationCase
from network.moderation.reportables import Item, audience_of, find, registered
from network.moderation.services.refusals import NotAllowed, Refused
from portal.accounts.models import User
from portal.privacy.services import actor_number

FEWEST_SIGNS = 10


@transaction.atomic
def open_case_thing(case: ModerationCase, *, by: User, reason: str, at: datetime) -> None:
    """Let `by` read what a case is about, for a working day. Raises NotAllowed, and Refused without a needed reason."""
    if not rules.can_decide(by, case):
        raise NotAllowed
    if not rules.must_open_first(by, case.code, case.object_id, case.audience):
        return
    said = _needed(reason) if rules.must_say_why(by) else reason or _("Zaak %(number)s") % {"number": case.pk}
    _note(case.code, case.object_id, case.audience, by=by, reason=said, at=at)


@transaction.atomic
def open_unreported(code: str, object_id: int, *, by: User, reason: str, at: datetime) -> None:
    """The same for an administrator and what nobody reported. Raises NotAllowed, Refused."""
    item = any_item(code, object_id)
    if not by.is_superuser or item is None:
        raise NotAllowed
    if rules.must_open_first(by, code, object_id, audience_of(item)):
        _note(code, object_id, audience_of(item), by=by, reason=_needed(reason), at=at)


def any_item(code: str, object_id: int) -> Item | None:
    """Whoever may see it; ask that first."""
    return find(code).items([object_id]).get(object_id) if code in registered() else None


def _needed(reason: str) -> str:
    said = " ".join(reason.split())
    if len(said) < FEWEST_SIGNS:
        raise Refused(_("Schrijf op waarom je dit opent. Dat blijft bewaard."))
    return said[:500]


def _note(code: str, object_id: int, audience: str, *, by: User, reason: str, at: datetime) -> None:
    Access.objects.create(
        code=code,
        object_id=object_id,
        audience=audience,
        by=by,
        by_number=actor_number(by),
        reason=reason[:500],
        at=at,
    )
