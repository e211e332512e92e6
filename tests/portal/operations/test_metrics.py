from __future__ import annotations

import re

import pytest
from django_tasks_db.models import DBTaskResult

from tests.portal.background.sample_tasks import note

pytestmark = pytest.mark.django_db


def value(text: str, name: str) -> float:
    match = re.search(rf"^{re.escape(name)} (\S+)$", text, re.M)
    return float(match.group(1)) if match else 0.0


def test_requests_are_counted_by_view_and_never_by_path(client):
    name = 'portal_requests_total{method="GET",status="200",view="operations:healthz"}'
    before = value(client.get("/metrics").content.decode(), name)
    client.get("/healthz")
    client.get("/healthz?van=Jan")
    text = client.get("/metrics").content.decode()
    assert value(text, name) == before + 2
    assert "/healthz" not in text and "Jan" not in text


def test_an_invented_method_or_address_makes_no_new_series(client):
    client.generic("ZOMAAR", "/healthz")
    client.get("/bestaat-echt-niet/")
    text = client.get("/metrics").content.decode()
    assert "ZOMAAR" not in text and "bestaat-echt-niet" not in text


def test_waiting_tasks_are_shown(client):
    note.enqueue("a")
    note.enqueue("b")
    DBTaskResult.objects.filter(args_kwargs__args__0="b").update(status="FAILED")
    text = client.get("/metrics").content.decode()
    assert value(text, 'portal_tasks{status="ready"}') == 1
    assert value(text, 'portal_tasks{status="failed"}') == 1
    assert "portal_schedule_overdue " in text and "portal_search_ok " in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.1.2.3", {}, 404),
        ("", {}, 404),
        # A visitor who came through a proxy that stands on this machine.
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.1"}, 404),
    ],
)
def test_only_the_named_networks_read_them(client, address, headers, status):
    assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == status


def test_other_networks_by_setting(client, settings):
    settings.PROMETHEUS_ALLOWED_NETWORKS = ["10.0.0.0/8"]
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 404
