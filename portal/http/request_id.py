"""Every request has an id: in its answer, in each log line and on the error page."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")

_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the request being answered; empty outside a request (commands, the worker)."""
    return _current.get()


def accepted_or_new(given: str | None) -> str:
    """`given` where it is 8 to 64 plain characters (nothing that could forge a log line), else a new id."""
    if given and WELL_FORMED.fullmatch(given):
        return given
    return uuid.uuid4().hex


class RequestIdMiddleware:
    """Outermost: takes over a well-formed `X-Request-ID` or makes one, and writes the request's log line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Imported here since the log filter asks this module for the id.
        from portal.http.logs import log_request

        request_id = accepted_or_new(request.headers.get(HEADER))
        request.request_id = request_id  # type: ignore[attr-defined]
        token = _current.set(request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = request_id
            log_request(request, response, seconds=time.perf_counter() - started)
            return response
        finally:
            _current.reset(token)
