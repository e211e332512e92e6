"""What can be reported, held, hidden and put back. Rooms above offer theirs in a `reportables.py`, found like `admin.py`.

A room says how a reader sees its thing, how a moderator does, and how its state changes; cases, terms, decisions and
letters are this room's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from portal.design.shapes import PictureView

VISIBLE, HELD, HIDDEN, REMOVED = "visible", "held", "hidden", "removed"
STATES = (VISIBLE, HELD, HIDDEN, REMOVED)


@dataclass(frozen=True, slots=True)
class Item:
    """A thing as a moderator needs it. `text` is what its author typed (Markdown), `url` its address within the portal.

    `ecosystem_id`: in which ecosystem or working group it stands; None for the portal itself. `pictures` go along with
    it; their own address asks `shown.laid_before`. Raises ValueError for a state that isn't one of `STATES`.
    """

    id: int
    title: str
    url: str
    text: str
    author_id: int | None
    ecosystem_id: int | None
    created_at: datetime
    state: str = VISIBLE
    pictures: Sequence[PictureView] = ()

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"state {self.state!r} is not one of {', '.join(STATES)}")


@dataclass(frozen=True, slots=True)
class Reportable:
    """One kind of thing. All changes happen within the running transaction, and twice is once.

    `visible`: the thing as this reader (or visitor) may see it, so that they can report it; None where they may not.
    `items`: by number, without a reader: this room asks only after it decided who may see them.
    `put`: it gets one of `STATES`. Held is shown to its author alone until somebody decided, hidden is the same after a
    decision, and removed is gone, for its author too; but where `author_keeps`, they still see it, as one does one's own
    profile.
    """

    code: str
    label: str | Promise
    visible: Callable[[Any, int], Item | None]
    items: Callable[[Sequence[int]], Mapping[int, Item]]
    put: Callable[[int, str], None]
    author_keeps: bool = False


_reportables: dict[str, Reportable] = {}


def register(reportable: Reportable) -> Reportable:
    """Raises ValueError when the code is taken by another."""
    known = _reportables.get(reportable.code)
    if known is not None and known != reportable:
        raise ValueError(f"reportable {reportable.code!r} is registered twice")
    _reportables[reportable.code] = reportable
    return reportable


def find(code: str) -> Reportable:
    """Raises LookupError where nothing is called `code`."""
    try:
        return _reportables[code]
    except KeyError:
        known = ", ".join(sorted(_reportables)) or "none"
        raise LookupError(f"nothing reportable is called {code!r}; known: {known}") from None


def registered() -> dict[str, Reportable]:
    return dict(_reportables)


def audience_of(item: Item) -> str:
    """The audience term of where it stands; empty for the portal itself."""
    return ecosystem_audience(item.ecosystem_id)


def ecosystem_audience(ecosystem_id: int | None) -> str:
    return "" if ecosystem_id is None else f"ecosystem:{ecosystem_id}"
