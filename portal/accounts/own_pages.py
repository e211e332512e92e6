"""What is a person's own: on their home ("Mijn omgeving") and beside their account. Rooms above offer theirs in an
`own_pages.py`: sections, and what waits for this person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise

from portal.accounts.models import User
from portal.design.shapes import Link, Task

Text = str | Promise
Lines = Callable[[User], Sequence[Task]]


class Place(StrEnum):
    """Where a section stands: what one does and follows, what one belongs to and keeps, or what one sets."""

    MAIN = "main"
    SIDE = "side"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class OwnSection:
    """`lines` of a person, at most a screen of them; where there are none, `empty` says what one can do at `more`.

    Without an `empty` the section isn't there when it has no lines.
    """

    title: Text
    lines: Lines
    empty: Text
    more: Callable[[], Link] | None = None
    order: int = 100
    place: Place = Place.MAIN


@dataclass(frozen=True, slots=True)
class ShownSection:
    title: str
    lines: Sequence[Task]
    empty: str
    more: Link | None


_sections: list[OwnSection] = []
_waiting: list[tuple[int, Lines]] = []


def register(section: OwnSection) -> OwnSection:
    _sections.append(section)
    return section


def register_waiting(lines: Lines, *, order: int = 100) -> None:
    """What waits for a person and stays until they did something: a decision, an answer. None of it most of the time."""
    _waiting.append((order, lines))


def sections_of(user: User, *places: Place) -> list[ShownSection]:
    """What the rooms offer for these places, in their order."""
    chosen = [section for section in _sections if section.place in places]
    ordered = sorted(chosen, key=lambda section: section.order)
    shown = [
        ShownSection(str(each.title), each.lines(user), str(each.empty), each.more() if each.more else None)
        for each in ordered
    ]
    return [section for section in shown if section.lines or section.empty]


def waiting_for(user: User) -> list[Task]:
    """What waits for this person and stands in no section, in the rooms' order."""
    ordered = sorted(_waiting, key=lambda each: each[0])
    return [task for _order, lines in ordered for task in lines(user)]


def lifted(sections: Sequence[ShownSection]) -> tuple[list[Task], list[ShownSection]]:
    """The lines that wait for this person, and the sections without them."""
    waiting = [task for section in sections for task in section.lines if task.waits]
    left = [
        replace(section, lines=[task for task in section.lines if not task.waits], empty="")
        if any(task.waits for task in section.lines)
        else section
        for section in sections
    ]
    return waiting, [section for section in left if section.lines or section.empty or section.more]
