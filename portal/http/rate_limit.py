"""How often one client may ask: counted in the cache that all processes share, for a minute at a time."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest

from portal.http.client_address import client_address


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `most` requests in `seconds`, by client. `name` parts one limit from another."""

    name: str
    most: int
    seconds: int = 60

    def wait(self, request: HttpRequest, now: float | None = None) -> int:
        """Count this request; how many seconds the client should wait, 0 where it may go on.

        Processes that count at the same moment may let one more through each.
        """
        moment = time.time() if now is None else now
        window, passed = divmod(moment, self.seconds)
        client = hashlib.sha256(client_address(request).encode()).hexdigest()[:32]
        key = f"rate:{self.name}:{int(window)}:{client}"
        with _lock:
            count = int(cache.get(key, 0)) + 1
            if count <= self.most + 1:  # beyond that the count tells nothing new
                cache.set(key, count, timeout=2 * self.seconds)
        return 0 if count <= self.most else max(1, int(self.seconds - passed) + 1)


_lock = threading.Lock()
