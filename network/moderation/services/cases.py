"""Cases begin: with what was held, or with what somebody reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from network.moderation.models import ModerationCase
from network.moderation.reportables import Item, audience_of, find
from network.moderation.rules import HELD_TERM
from portal.accounts.models import User


def open_case(code: str, item: Item, *, at: datetime, term: timedelta) -> ModerationCase:
    """The open case of a thing, made where there is none; held until the transaction ends. The earlier term holds."""
    case, new = ModerationCase.objects.get_or_create(
        code=code,
        object_id=item.id,
        state=ModerationCase.State.OPEN,
        defaults={
            "author_id": item.author_id,
            "audience": audience_of(item),
            "opened_at": at,
            "term_at": at + term,
        },
    )
    if not new:
        case = ModerationCase.objects.select_for_update().get(pk=case.pk)
        if at + term < case.term_at:
            case.term_at = at + term
            case.save(update_fields=["term_at"])
    return case


@transaction.atomic
def open_held_case(
    code: str, object_id: int, *, author: User, reasons: Sequence[str], at: datetime
) -> ModerationCase:
    """What waits before others see it. Raises LookupError where the room that offers `code` doesn't know the thing."""
    item = find(code).items([object_id]).get(object_id)
    if item is None:
        raise LookupError(f"{code} {object_id} isn't there")
    case = open_case(code, item, at=at, term=HELD_TERM)
    case.is_held, case.held_reasons, case.author = True, list(reasons), author
    case.save(update_fields=["is_held", "held_reasons", "author"])
    return case
