"""What of a person is shown to whom."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from portal.people.models import Audience, Profile, Shown

GROUPS: Final = ("name", "photo", "about", "expertise")
MOST_THEMES: Final = 8
NOTHING: Final[frozenset[str]] = frozenset()


class Nearness(IntEnum):
    """How near a reader is to a person."""

    ANYONE = 0
    MEMBER = 1
    CIRCLE = 2
    SELF = 3


NEEDED: Final = {
    Audience.EVERYONE.value: Nearness.ANYONE,
    Audience.MEMBERS.value: Nearness.MEMBER,
    Audience.CIRCLE.value: Nearness.CIRCLE,
    Audience.NOBODY.value: Nearness.SELF,
}


def reaches(audience: str, nearness: Nearness) -> bool:
    return nearness >= NEEDED[audience]


def shown_groups(profile: Profile, nearness: Nearness) -> frozenset[str]:
    """The groups of fields that somebody so near sees; nothing where the name stays hidden, or moderators hid it all."""
    if profile.shown != Shown.VISIBLE and nearness < Nearness.SELF:
        return NOTHING
    if not reaches(profile.show_name, nearness):
        return NOTHING
    return frozenset(group for group in GROUPS if reaches(getattr(profile, f"show_{group}"), nearness))
