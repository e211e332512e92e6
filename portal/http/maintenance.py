"""Maintenance by a flag file, so that it works while the database doesn't, in every process at once.

`read-only`: pages are read as usual, whatever would change something gets the maintenance page (503).
`closed`: everything gets it but the health checks.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from portal.http.transactions import UNSAFE_METHODS

ALWAYS_OPEN = frozenset({"/healthz", "/readyz", "/metrics"})
RETRY_AFTER_SECONDS = "300"


class Mode(StrEnum):
    """How far the portal is closed."""

    OPEN = "open"
    READ_ONLY = "read-only"
    CLOSED = "closed"


def flag_path() -> Path:
    return Path(settings.MAINTENANCE_FLAG)


def current_mode() -> Mode:
    """What the flag file says; a file with anything strange in it counts as closed."""
    try:
        text = flag_path().read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return Mode.OPEN
    try:
        return Mode(text)
    except ValueError:
        return Mode.CLOSED


def set_mode(mode: Mode) -> None:
    """Write or remove the flag; all processes on this data directory follow from their next request on."""
    path = flag_path()
    if mode is Mode.OPEN:
        path.unlink(missing_ok=True)
        return
    fresh = path.with_suffix(".new")
    fresh.write_text(mode.value, encoding="utf-8")
    fresh.replace(path)


@lru_cache(maxsize=1)
def maintenance_page() -> bytes:
    return (Path(__file__).parent / "maintenance.html").read_bytes()


class MaintenanceMiddleware:
    """Answers 503 with a static page while the flag says so; needs no database, cache or template."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        mode = current_mode()
        if mode is Mode.OPEN or request.path in ALWAYS_OPEN:
            return self.get_response(request)
        if mode is Mode.READ_ONLY and request.method not in UNSAFE_METHODS:
            return self.get_response(request)
        response = HttpResponse(maintenance_page(), status=503)
        response["Retry-After"] = RETRY_AFTER_SECONDS
        response["Cache-Control"] = "no-store"
        return response
