from __future__ import annotations

import io

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext

from portal.http.transactions import before_transaction
from tests.portal.http import addresses

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


# --- what takes long is done before -----------------------------------------------------------------------------------


def file(name, words):
    return SimpleUploadedFile(name, words.encode())


@pytest.fixture
def seen():
    addresses.rounds.clear()
    return addresses.rounds


def test_files_are_looked_at_outside_and_the_view_begins_anew(writer, seen):
    response = writer.post("/bekijk/", {"een": file("een", "goed"), "twee": file("twee", "slecht")})
    assert (response.status_code, response.content.decode()) == (200, "goed, geweigerd")
    assert seen == [("view", True), ("een", False), ("view", True), ("twee", False), ("view", True)]
    assert Session.objects.count() == 1  # of what the earlier rounds wrote, nothing is left


def test_without_a_file_there_is_one_round(writer, seen):
    assert writer.post("/bekijk/", {"naam": "x"}).status_code == 200
    assert seen == [("view", True)]


def test_what_goes_wrong_afterwards_still_takes_everything_back(writer, seen):
    assert writer.post("/bekijk/", {"een": file("een", "goed"), "ending": "raise"}).status_code == 500
    assert Session.objects.count() == 0
    assert writer.post("/bekijk/", {"een": file("een", "goed")}).status_code == 200


def test_outside_a_request_it_is_done_at_once():
    with transaction.atomic():
        assert before_transaction(file("een", "goed"), lambda: connection.in_atomic_block)


class Trickle(io.BytesIO):
    """What a client sends, and whether it was waited for within a transaction."""

    waited: list[bool]

    def read(self, *size):
        self.waited.append(connection.in_atomic_block)
        return super().read(*size)


@pytest.mark.parametrize("sent", ["form", "file"])
def test_nobody_waits_for_a_slow_client_within_a_transaction(writer, sent):
    Trickle.waited = []
    if sent == "form":
        kind, body = "application/x-www-form-urlencoded", b"naam=x"
    else:
        kind, body = MULTIPART_CONTENT, encode_multipart(BOUNDARY, {"een": file("een", "goed")})
    answer = writer.generic("POST", "/schrijf/well/", body, kind, **{"wsgi.input": Trickle(body)})
    assert answer.status_code == 200
    assert Trickle.waited and not any(Trickle.waited)


def test_a_connection_that_breaks_off_is_no_error_of_ours(writer):
    class Broken(io.BytesIO):
        def read(self, *size):
            raise OSError("gone")

    body = b"naam=x"
    kind, extra = "application/x-www-form-urlencoded", {"wsgi.input": Broken(body)}
    assert writer.generic("POST", "/schrijf/well/", body, kind, **extra).status_code == 200  # it never asked
