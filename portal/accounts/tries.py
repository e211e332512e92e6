"""How often a code may be tried, counted for all processes at once.

allauth counts in the visitor's session, which each request reads and writes by itself: twenty tries at once would all
be the first.
"""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest

MOST_TRIES = 3
TERM = "1h"  # no code lives longer


def take_try(request: HttpRequest, process: Any) -> bool:
    """Count one try of the code of `process`; False where there were enough."""
    return _count(request, process, "try", MOST_TRIES)


def use_up(request: HttpRequest, process: Any) -> bool:
    """The code of `process` was right: True for the first request that says so."""
    return _count(request, process, "use", 1)


def _count(request: HttpRequest, process: Any, what: str, most: int) -> bool:
    state = process.state
    begun = f"{type(process).__name__}:{state['at']}:{state['email']}:{request.session.session_key}"
    # A code that was sent again is another code, with the tries that were left.
    about = begun if what == "try" else f"{begun}:{process.code}"
    return bool(
        ratelimit.consume(
            request,
            app="portal.accounts",
            action=what,
            config={what: f"{most}/{TERM}/key"},
            key=hashlib.sha256(about.encode()).hexdigest(),
        )
    )
