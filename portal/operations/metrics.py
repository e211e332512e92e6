"""Counts and times for Prometheus, without anything about persons."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from portal.background.models import Schedule
from portal.background.registry import registered
from portal.mail.models import Mail
from portal.notifications.models import Notification
from portal.operations.health import SCHEDULE_GRACE
from search.breaker import StateName
from search.engine import engine as search_engine
from search.engine import listen_to_breakers
from search.models import SearchEvent

logger = logging.getLogger("portal.operations")

REQUESTS = Counter("portal_requests_total", "Answered requests", ["view", "method", "status"])
LATENCY = Histogram(
    "portal_request_seconds",
    "Time to answer",
    ["view"],
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
)
# Of all web processes together the number that leave the engine alone now.
BREAKER_OPEN = Gauge(
    "portal_search_breaker_open",
    "Web processes that leave the search engine alone",
    ["engine"],
    multiprocess_mode="livesum",
)
BREAKER_OPENINGS = Counter(
    "portal_search_breaker_openings_total", "Times that a process began to leave it alone", ["engine"]
)
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def note_breaker(engine: str, state: StateName) -> None:
    BREAKER_OPEN.labels(engine).set(0 if state == "closed" else 1)
    if state == "open":
        BREAKER_OPENINGS.labels(engine).inc()


listen_to_breakers(note_breaker)


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


class StateCollector(Collector):
    """What stands in the database and the index at the moment somebody asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        tasks = GaugeMetricFamily("portal_tasks", "Background tasks by status", labels=["status"])
        counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(number=Count("pk")))
        for status in ("READY", "RUNNING", "FAILED"):
            tasks.add_metric([status.lower()], counts.get(status, 0))
        yield tasks
        rows = Schedule.objects.filter(name__in=registered())
        overdue = rows.overdue(timezone.now(), grace=SCHEDULE_GRACE).count()
        yield GaugeMetricFamily("portal_schedule_overdue", "Jobs that nobody ran in time", value=overdue)
        failing = rows.filter(failures__gt=0).count()
        yield GaugeMetricFamily("portal_schedule_failing", "Jobs whose last run failed", value=failing)
        yield from self.search()
        yield from self.outbox()

    def search(self) -> Iterator[GaugeMetricFamily]:
        try:
            health = search_engine().health()
        except Exception:
            logger.warning("search health not available", exc_info=True)
            yield GaugeMetricFamily("portal_search_ok", "Whether the search index can be used", value=0)
            return
        yield GaugeMetricFamily(
            "portal_search_ok", "Whether the search index can be used", value=int(health.is_ok)
        )
        yield GaugeMetricFamily("portal_search_documents", "Documents in the index", value=health.documents)

    def outbox(self) -> Iterator[GaugeMetricFamily]:
        rows = SearchEvent.objects
        yield GaugeMetricFamily(
            "portal_search_waiting", "Changes the search index doesn't have yet", value=rows.mine().count()
        )
        yield GaugeMetricFamily(
            "portal_search_parked", "Changes that failed ten times", value=rows.parked().count()
        )
        waiting = Mail.objects.filter(state__in=[Mail.State.WAITING, Mail.State.SENDING]).count()
        yield GaugeMetricFamily("portal_mail_waiting", "Mail that waits to be sent", value=waiting)
        yield GaugeMetricFamily(
            "portal_mail_needs_attention",
            "Mail that was refused, or that nobody knows the fate of",
            value=Mail.objects.needs_attention().count(),
        )
        due = Notification.objects.due(timezone.now()).count()
        yield GaugeMetricFamily("portal_notifications_due", "Notifications whose mail is due", value=due)


def render_metrics() -> bytes:
    """Everything in Prometheus' text format; of all processes together where they share a directory."""
    shared = CollectorRegistry()
    shared.register(StateCollector())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(shared)
        return generate_latest(shared)
    return generate_latest(REGISTRY) + generate_latest(shared)
