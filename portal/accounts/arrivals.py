"""What happens when somebody signs in; rooms above offer theirs in an `arrivals.py`, found like `admin.py`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from portal.accounts.models import User

#: Bears being run again; may set or remove cookies on the response.
Arrival = Callable[[HttpRequest, User, HttpResponseBase], None]

_arrivals: list[Arrival] = []


def register(arrival: Arrival) -> Arrival:
    """Usable as a decorator."""
    _arrivals.append(arrival)
    return arrival


def arrive(request: HttpRequest, user: User, response: HttpResponseBase) -> None:
    for arrival in _arrivals:
        arrival(request, user, response)
