from __future__ import annotations

from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.background.models import Schedule
from portal.background.registry import registered
from portal.http import maintenance
from portal.operations import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept_schedule():
    """As a running worker leaves it."""
    later = timezone.now() + timedelta(hours=1)
    Schedule.objects.bulk_create(Schedule(name=name, next_run_at=later) for name in registered())


@pytest.fixture
def part(client):
    def read(name: str) -> tuple[int, str, str]:
        response = client.get("/readyz")
        body = response.json()
        return response.status_code, body["status"], body["parts"][name]["status"]

    return read


def test_alive_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_ready_names_every_part(client, kept_schedule):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert list(response.json()["parts"]) == ["database", "migrations", "cache", "search", "schedule", "disk"]
    assert response.json()["parts"]["database"] == {"status": "ok", "detail": connection.vendor}


def test_a_pending_migration_is_not_ready(part, kept_schedule):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'background'")
    assert part("migrations") == (503, "failed", "failed")


def test_overdue_work_is_degraded_but_pages_go_on(part, kept_schedule):
    assert part("schedule")[::2] == (200, "ok")
    Schedule.objects.filter(name="background.take-over-tasks").update(
        next_run_at=timezone.now() - timedelta(minutes=6)
    )
    assert part("schedule") == (200, "degraded", "degraded")


def test_a_job_that_keeps_failing_is_degraded(part, kept_schedule):
    Schedule.objects.filter(name="background.take-over-tasks").update(failures=3, last_error="OSError: x")
    assert part("schedule")[::2] == (200, "degraded")


def test_no_worker_yet_is_degraded(part):
    assert part("schedule")[::2] == (200, "degraded")


def test_a_paused_worker_is_as_it_should_be(part, settings, tmp_path):
    settings.MAINTENANCE_FLAG = tmp_path / "maintenance"
    maintenance.set_mode(maintenance.Mode.READ_ONLY)
    assert part("schedule")[::2] == (200, "ok")


def test_a_missing_search_index_is_degraded(part, settings, tmp_path, kept_schedule):
    settings.SEARCH_INDEX_DIR = tmp_path / "no-index"
    assert part("search") == (200, "degraded", "degraded")


def test_a_cache_that_keeps_nothing_is_not_ready(part, settings, kept_schedule):
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }
    assert part("cache") == (503, "failed", "failed")


@pytest.mark.parametrize(
    ("free", "status"), [(2_000_000_000, "ok"), (999_000_000, "degraded"), (99_000_000, "failed")]
)
def test_disk_space(monkeypatch, free, status):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: usage(10**12, 0, free))
    assert health.check_disk().status == status


@pytest.mark.django_db
def test_without_a_database_the_answer_says_so(client, monkeypatch):
    """The connection is refused here as by a server that is down."""
    from django.db import OperationalError

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused: wachtwoord=geheim")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    parts = response.json()["parts"]
    assert parts["database"] == {"status": "failed", "detail": "OperationalError"}
    assert "migrations" not in parts and "schedule" not in parts
    assert "geheim" not in response.content.decode()
