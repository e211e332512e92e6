"""Logs as JSON, one object a line, each with the request's id and none with personal data."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from portal.http.request_id import current_request_id

access_log = logging.getLogger("portal.access")

# Asked for every few seconds by machines; they would drown the rest.
QUIET_PATHS = {"/healthz", "/readyz", "/metrics"}
# Arguments of an address that let their holder in, such as the key of a new password.
SECRET_ARGUMENTS = {"key", "token", "uidb64", "uidb36"}


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, message, request id, `data` where given."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := getattr(record, "request_id", ""):
            line["request_id"] = request_id
        if data := getattr(record, "data", None):
            line["data"] = data
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def loggable_path(request: HttpRequest) -> str:
    """The path without query string (what somebody searched) and without secrets that stand in the path itself."""
    path = request.path
    match = getattr(request, "resolver_match", None)
    for name, value in (match.kwargs if match else {}).items():
        if name in SECRET_ARGUMENTS and isinstance(value, str) and value:
            path = path.replace(value, "…")
    return path


def log_request(request: HttpRequest, response: HttpResponseBase, *, seconds: float) -> None:
    """One line a request: method, path, status, milliseconds. No address, no browser, no name."""
    level = logging.DEBUG if request.path in QUIET_PATHS else logging.INFO
    if not access_log.isEnabledFor(level):
        return
    data = {
        "method": request.method,
        "path": loggable_path(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
    }
    access_log.log(level, "request", extra={"data": data})
