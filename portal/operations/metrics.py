"""Counts and times for Prometheus, without anything about persons."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

REQUESTS = Counter("portal_requests_total", "Answered requests", ["view", "method", "status"])
LATENCY = Histogram(
    "portal_request_seconds",
    "Time to answer",
    ["view"],
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
)
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def view_label(request: HttpRequest) -> str:
    """The view's name, of which there are few; never the path, of which anybody can make more."""
    if getattr(request, "from_page_cache", False):
        return "page-cache"
    match = request.resolver_match
    if match is None:
        return "none"
    return match.view_name or getattr(match.func, "__name__", "unnamed")


class MetricsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        # A preview within the admin is part of the admin's own request.
        if not getattr(request, "is_dummy", False):
            view = view_label(request)
            method = request.method if request.method in KNOWN_METHODS else "other"
            REQUESTS.labels(view, method, str(response.status_code)).inc()
            LATENCY.labels(view).observe(time.perf_counter() - started)
        return response
