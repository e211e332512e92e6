"""What of a thing in a case a moderator may see now. Many cases cost as many questions as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from network.moderation.audiences_managed import managed_terms
from network.moderation.models import Access, ModerationCase
from network.moderation.moderators import is_person
from network.moderation.reportables import Item, find, registered
from network.moderation.rules import ACCESS_TERM


@dataclass(frozen=True, slots=True)
class Shown:
    """A case with its thing. `is_closed`: it stands in somebody else's private place, and wasn't opened yet."""

    case: ModerationCase
    item: Item | None
    is_closed: bool

    @property
    def label(self) -> str:
        return str(find(self.case.code).label) if self.case.code in registered() else self.case.code


def shown_for(user: Any, cases: Iterable[ModerationCase]) -> list[Shown]:
    """In their order; what is closed comes without its thing, so that no screen can show it by mistake."""
    rows = list(cases)
    closed = _closed(user, rows)
    things = _things([row for row in rows if row.pk not in closed])
    return [Shown(row, things.get((row.code, row.object_id)), row.pk in closed) for row in rows]


def laid_before(user: Any, code: str, object_ids: Collection[int]) -> set[int]:
    """Of these things those that a moderator may look at now: a case lays them before them, opened where that is asked,
    or they are an administrator who said why they look. For what hangs on a thing and has an address of its own."""
    rows = list(ModerationCase.objects.visible_to(user).filter(code=code, object_id__in=object_ids))
    closed = _closed(user, rows)
    found = {row.object_id for row in rows if row.pk not in closed}
    if is_person(user) and user.is_superuser:
        looked = Access.objects.lately(user, timezone.now() - ACCESS_TERM)
        here = looked.filter(code=code, object_id__in=object_ids)
        found |= set(here.values_list("object_id", flat=True))
    return found


def _closed(user: Any, rows: Sequence[ModerationCase]) -> set[int]:
    private = [row for row in rows if row.audience]
    if not private:
        return set()
    own = managed_terms(user)
    elsewhere = [row for row in private if row.audience not in own]
    if not elsewhere:
        return set()
    since = timezone.now() - ACCESS_TERM
    opened = set(Access.objects.lately(user, since).values_list("code", "object_id", "audience"))
    return {row.pk for row in elsewhere if (row.code, row.object_id, row.audience) not in opened}


def _things(rows: Sequence[ModerationCase]) -> dict[tuple[str, int], Item]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        numbers[row.code].append(row.object_id)
    found: dict[tuple[str, int], Item] = {}
    for code, ids in numbers.items():
        if code in registered():
            found |= {(code, number): item for number, item in find(code).items(ids).items()}
    return found
