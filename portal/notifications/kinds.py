"""What people can be notified of: kinds that rooms above offer in a `notification_kinds.py`, found like `admin.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.design.shapes import Link

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.notifications.models import Notification

Text = str | Promise


class Frequency(models.TextChoices):
    """How often somebody wants mail of a kind. In the portal it stands anyhow."""

    DIRECT = "direct", _("meteen")
    DAILY = "daily", _("elke dag")
    WEEKLY = "weekly", _("elke week")
    OFF = "off", _("niet")


@dataclass(frozen=True, slots=True)
class Shown:
    """What one reader reads now: one plain sentence, where it leads, and where it was (an ecosystem, a topic).

    `text` becomes the subject of a mail where it is the only one, so of members' texts it holds a title at most. `links`:
    what one can do with it besides, for a mail; the page that it leads to has them itself.
    """

    text: str
    url: str
    context: str = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """`show` gets rows of this kind of one reader, and gives for those that they may see now what stands there, by pk.

    It starts from `.visible_to(user)` and asks the database the same number of times for one row as for hundreds. What
    it leaves out is not listed, not counted and not mailed. `label` reads well behind "mail over", so it begins small.
    """

    code: str
    label: Text
    help: Text
    default: Frequency
    show: Callable[[User, Sequence[Notification]], Mapping[int, Shown]]
    order: int = 100


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Raises ValueError when the code is taken."""
    if kind.code in _kinds:
        raise ValueError(f"notification kind {kind.code!r} is registered twice")
    _kinds[kind.code] = kind
    return kind


def find(code: str) -> Kind:
    """Raises LookupError, naming the known ones, where there is none."""
    try:
        return _kinds[code]
    except KeyError:
        known = ", ".join(sorted(_kinds)) or "none"
        raise LookupError(f"no notification kind is called {code!r}; known: {known}") from None


def ordered() -> list[Kind]:
    """All kinds, as they stand in lists."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.code))


def shown(user: User, rows: Sequence[Notification]) -> dict[int, Shown]:
    """By pk, what `user` reads now of these rows of theirs; the others don't exist for them.

    Asks each kind once. A kind that isn't offered any more shows nothing.
    """
    by_kind: dict[str, list[Notification]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    found: dict[int, Shown] = {}
    for code, of_kind in by_kind.items():
        if code in _kinds:
            found.update(_kinds[code].show(user, of_kind))
    return found
