from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer(settings, transactional_db):
    from django.test import Client

    settings.ROOT_URLCONF = "tests.portal.http.addresses"
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("ending", "status", "rows"),
    [("well", 200, 1), ("raise", 500, 0), ("refuse", 403, 0), ("answer-503", 503, 0)],
)
def test_a_change_is_kept_whole_or_not_at_all(writer, ending, status, rows):
    assert writer.post(f"/schrijf/{ending}/").status_code == status
    assert Session.objects.filter(session_key=f"row-{ending}").count() == rows


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_other_unsafe_methods_roll_back_too(writer, method):
    assert getattr(writer, method)("/schrijf/raise/").status_code == 500
    assert Session.objects.count() == 0


def test_reading_opens_no_transaction(writer):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert writer.get("/openbaar/").status_code == 200
    assert [query["sql"] for query in queries] == []
    # And what a GET writes before it fails stays: nothing wraps it.
    assert writer.get("/schrijf/raise/").status_code == 500
    assert Session.objects.count() == 1
