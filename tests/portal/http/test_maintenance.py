from __future__ import annotations

import pytest

from portal.http import maintenance
from portal.http.maintenance import Mode


@pytest.fixture(autouse=True)
def flag(settings, tmp_path):
    settings.MAINTENANCE_FLAG = tmp_path / "maintenance"
    return settings.MAINTENANCE_FLAG


def test_read_only_refuses_changes_and_shows_pages(visitor):
    maintenance.set_mode(Mode.READ_ONLY)
    assert visitor.get("/openbaar/").status_code == 200
    refused = visitor.post("/schrijf/well/")
    assert refused.status_code == 503
    assert refused["Retry-After"] == "300"
    assert "Er is niets opgeslagen" in refused.content.decode()
    assert "default-src 'self'" in refused["Content-Security-Policy"]
    maintenance.set_mode(Mode.OPEN)
    assert visitor.post("/schrijf/well/").status_code == 200


def test_closed_shows_only_the_maintenance_page(visitor):
    maintenance.set_mode(Mode.CLOSED)
    assert visitor.get("/openbaar/").status_code == 503
    # Health checks go on; here they have no view.
    assert visitor.get("/healthz").status_code == 404


def test_a_strange_flag_closes(visitor, flag):
    flag.write_text("misschien", encoding="utf-8")
    assert visitor.get("/openbaar/").status_code == 503


def test_the_page_stands_on_its_own(visitor):
    maintenance.set_mode(Mode.CLOSED)
    page = visitor.get("/openbaar/").content.decode()
    assert "<style" not in page and "style=" not in page and "<script" not in page and "{%" not in page
