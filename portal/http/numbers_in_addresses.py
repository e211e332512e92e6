"""A number in an address that no row can have: what it names doesn't exist, and no database is asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

LARGEST = 2**63 - 1  # that a database holds


class NumbersInAddressesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        if any(isinstance(value, int) and value > LARGEST for value in (*args, *kwargs.values())):
            raise Http404
