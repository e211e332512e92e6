"""The photo of a profile that was reported, for the moderator before whom the case lies."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from network.moderation.profiles import PROFILE
from network.moderation.shown import laid_before
from portal.people.overseers import register


@register
def reported_profiles(reader: Any, profile_ids: Collection[int]) -> set[int]:
    return laid_before(reader, PROFILE, profile_ids)
