"""Addresses and forms are read as UTF-8, whatever a request says of itself.

Django reads them in the encoding that the header Content-Type names, of a GET too, and some of those (UTF-7) hold halves
of letters, which neither a page nor a database takes. No browser sends another encoding to a page in UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Utf8Middleware:
    """Outside all that looks at an address or a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.encoding is not None and request.encoding.lower() != "utf-8":
            request.encoding = "utf-8"
        return self.get_response(request)
