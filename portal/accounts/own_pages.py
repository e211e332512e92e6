"""What stands on a person's own page besides the account itself; rooms above offer theirs in an `own_pages.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.accounts.models import User
from portal.design.shapes import Link, Task

Text = str | Promise


@dataclass(frozen=True, slots=True)
class OwnSection:
    """`lines` of a person, at most a screen of them; where there are none, `empty` says what one can do at `more`."""

    title: Text
    lines: Callable[[User], Sequence[Task]]
    empty: Text
    more: Callable[[], Link]
    order: int = 100


@dataclass(frozen=True, slots=True)
class ShownSection:
    title: str
    lines: Sequence[Task]
    empty: str
    more: Link


_sections: list[OwnSection] = []


def register(section: OwnSection) -> OwnSection:
    _sections.append(section)
    return section


def sections_of(user: User) -> list[ShownSection]:
    """All that the rooms offer, in their order."""
    ordered = sorted(_sections, key=lambda section: section.order)
    return [ShownSection(str(each.title), each.lines(user), str(each.empty), each.more()) for each in ordered]
