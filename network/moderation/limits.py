"""How much somebody may write: counted in the cache that all processes share, each place taken by exactly one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache


@dataclass(frozen=True, slots=True)
class WritingLimit:
    """At most `most` times in a window of `seconds`, for each who is counted under `name`."""

    name: str
    most: int
    seconds: int

    def take(self, who: str, at: datetime) -> bool:
        """Take one place in the window of now; False where all are taken.

        Each place is a key of its own that only one can add, so twenty at once never get more places than there are.
        """
        window = int(at.timestamp() // self.seconds)
        counted = hashlib.sha256(who.encode()).hexdigest()[:32]
        key = f"writing:{self.name}:{window}:{counted}"
        start = int(cache.get(f"{key}:from", 0))
        for place in range(start, self.most):
            if cache.add(f"{key}:{place}", 1, timeout=2 * self.seconds):
                # Only a place to begin looking; where it lags behind, nothing but time is lost.
                cache.set(f"{key}:from", place + 1, timeout=2 * self.seconds)
                return True
        return False


HOUR, DAY = 3600, 86_400
# By kind of writer: (a person, a company, a network address), each in an hour and in a day.
OF_NEW = (
    WritingLimit("new-hour", 5, HOUR),
    WritingLimit("new-day", 15, DAY),
)
OF_KNOWN = (
    WritingLimit("known-hour", 30, HOUR),
    WritingLimit("known-day", 120, DAY),
)
OF_COMPANY = (
    WritingLimit("company-hour", 120, HOUR),
    WritingLimit("company-day", 500, DAY),
)
OF_ADDRESS = (
    WritingLimit("address-hour", 60, HOUR),
    WritingLimit("address-day", 300, DAY),
)
OF_NEW_AT_ADDRESS = (
    WritingLimit("new-address-hour", 15, HOUR),
    WritingLimit("new-address-day", 40, DAY),
)
