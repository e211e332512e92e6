from __future__ import annotations

import json
import logging

import pytest

from portal.http.logs import JsonFormatter, RequestIdFilter


@pytest.fixture
def lines(caplog):
    """The access log as it is written: parsed lines of JSON."""
    caplog.set_level(logging.DEBUG, logger="portal.access")
    formatter = JsonFormatter()

    def read() -> list[dict]:
        return [
            json.loads(formatter.format(record))
            for record in caplog.records
            if record.name == "portal.access"
        ]

    return read


def test_one_line_a_request_without_what_was_asked(visitor, lines):
    visitor.get(
        "/openbaar/?q=ziekteverzuim+van+Jan",
        headers={"User-Agent": "Browser van Jan"},
        REMOTE_ADDR="192.0.2.7",
    )
    (line,) = lines()
    assert line["data"].pop("ms") >= 0
    assert line["data"] == {"method": "GET", "path": "/openbaar/", "status": 200}
    text = json.dumps(line)
    assert "Jan" not in text and "192.0.2.7" not in text and "ziekteverzuim" not in text


def test_secrets_in_an_address_are_left_out(visitor, lines):
    visitor.get("/wachtwoord/3f9-geheim/")
    (line,) = lines()
    assert line["data"]["path"] == "/wachtwoord/…/"


def test_health_checks_are_quiet(visitor, lines):
    visitor.get("/healthz")
    (line,) = lines()
    assert line["level"] == "DEBUG"


def test_a_record_with_an_exception_and_line_breaks_stays_one_line():
    try:
        raise ValueError("eerste\nregel")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, "f", 1, "mis: %s", ("a\nb",), __import__("sys").exc_info()
        )
    RequestIdFilter().filter(record)
    text = JsonFormatter().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert (line["level"], line["message"]) == ("ERROR", "mis: a\nb")
    assert "ValueError: eerste" in line["exception"]
