"""Is the portal ready to answer? Each part says so in one word; nothing secret, since anybody may ask."""

from __future__ import annotations

import logging
import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from portal.background.models import Schedule
from portal.background.registry import registered
from portal.http.maintenance import Mode, current_mode

logger = logging.getLogger("portal.operations")

Status = Literal["ok", "degraded", "failed"]
SCHEDULE_GRACE = timedelta(minutes=5)
DISK_DEGRADED_BYTES = 1_000_000_000
DISK_FAILED_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """How one part is. `failed`: pages can't be answered; `degraded`: something is worse than it should be."""

    name: str
    status: Status
    detail: str = ""


def check_database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return Part("database", "ok", connection.vendor)


def check_migrations() -> Part:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        return Part("migrations", "failed", f"{len(pending)} pending")
    return Part("migrations", "ok")


def check_cache() -> Part:
    word = uuid.uuid4().hex
    caches["default"].set("operations:ready", word, timeout=60)
    # Another process may have written in between; that there is an answer is what counts.
    if caches["default"].get("operations:ready") is None:
        return Part("cache", "failed", "does not keep what is put in")
    return Part("cache", "ok")


def check_search() -> Part:
    """A broken index isn't fatal: pages are read as ever, and search falls back on titles while it is rebuilt.

    An engine that this process leaves alone for a while (its breaker is open) is told as such.
    """
    from search.engine import breaker_state
    from search.engine import engine as search_engine

    health = search_engine().health()
    breaker = breaker_state()
    detail = f"{search_engine().name}, {health.documents} documents"
    if health.is_rebuilding:
        detail += ", rebuilding"
    if not breaker.is_closed:
        detail += f", left alone for {breaker.retry_in:.0f} s after {breaker.failures} failures"
        return Part("search", "degraded", f"{health.status}, {detail}")
    if not health.is_ok:
        return Part("search", "degraded", f"{health.status}, {detail}")
    return Part("search", "ok", detail)


def check_schedule() -> Part:
    """Overdue work means that no worker runs or that one hangs; pages are still answered."""
    if current_mode() is not Mode.OPEN:
        return Part("schedule", "ok", "paused for maintenance")
    rows = Schedule.objects.filter(name__in=registered())
    if not rows.exists():
        return Part("schedule", "degraded", "no worker has run yet")
    overdue = rows.overdue(timezone.now(), grace=SCHEDULE_GRACE)
    if names := list(overdue.values_list("name", flat=True)):
        return Part("schedule", "degraded", f"overdue: {', '.join(names)}")
    if names := list(rows.filter(failures__gte=3).values_list("name", flat=True)):
        return Part("schedule", "degraded", f"failing: {', '.join(names)}")
    return Part("schedule", "ok")


def check_disk() -> Part:
    free = shutil.disk_usage(settings.DATA_DIR).free
    detail = f"{free // 1_000_000} MB free"
    if free < DISK_FAILED_BYTES:
        return Part("disk", "failed", detail)
    return Part("disk", "degraded" if free < DISK_DEGRADED_BYTES else "ok", detail)


# In order; what is named here as fatal makes an exception mean "failed", elsewhere it means "degraded".
CHECKS: tuple[tuple[str, Callable[[], Part], bool], ...] = (
    ("database", check_database, True),
    ("migrations", check_migrations, True),
    ("cache", check_cache, True),
    ("search", check_search, False),
    ("schedule", check_schedule, False),
    ("disk", check_disk, False),
)


def readiness() -> list[Part]:
    """All parts. Without a database the parts that ask it aren't tried, so that an answer comes soon."""
    parts: list[Part] = []
    for name, check, fatal in CHECKS:
        needs_database = name in {"migrations", "schedule"}
        if needs_database and any(part.name == "database" and part.status == "failed" for part in parts):
            continue
        try:
            parts.append(check())
        except Exception as error:
            logger.warning(
                "not ready", extra={"data": {"part": name, "error": f"{type(error).__name__}: {error}"}}
            )
            parts.append(Part(name, "failed" if fatal else "degraded", type(error).__name__))
    return parts


def overall(parts: list[Part]) -> Status:
    statuses = {part.status for part in parts}
    if "failed" in statuses:
        return "failed"
    return "degraded" if "degraded" in statuses else "ok"
