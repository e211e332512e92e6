"""What can never work is told at the system check, in one sentence; a server that is down lets the portal start."""

from __future__ import annotations

import base64
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage, Error, Warning
from django.core.checks.registry import registry

from search.server_checks import check_search_server
from tests.search.faults.certificates import self_signed
from tests.search.faults.stub import JSON, Request, Stub

Check = Callable[..., list[CheckMessage]]


@pytest.fixture
def check(settings: Any) -> Check:
    """The messages for these settings, with Elasticsearch chosen."""

    def run(*urls: str, engine: str = "elasticsearch", **values: Any) -> list[CheckMessage]:
        settings.SEARCH_ENGINE = engine
        settings.ELASTICSEARCH_URL = list(urls)
        for name in ("USER", "PASSWORD", "API_KEY", "CA"):
            setattr(settings, f"ELASTICSEARCH_{name}", values.get(name.lower(), ""))
        return check_search_server(None)

    return run


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    server.answer = greeting()
    yield server
    server.close()


def greeting(
    number: str = "8.19.3", *, product: str = "Elasticsearch", status: int = 200, **version: str
) -> Callable[[Request], tuple[int, dict[str, str], bytes]]:
    body = json.dumps({"name": "node-1", "version": {"number": number, **version}}).encode()
    return lambda request: (status, {**JSON, "X-Elastic-Product": product}, body)


def codes(messages: list[CheckMessage]) -> list[str]:
    return [str(message.id).rpartition(".")[2] for message in messages]


def one(messages: list[CheckMessage], kind: type[CheckMessage] = Error) -> str:
    """The one sentence, for a person: Dutch, whole, and without what only a programmer reads."""
    (message,) = messages
    assert isinstance(message, kind)
    sentence = str(message.msg)
    assert sentence.endswith((".", "?")) and "Traceback" not in sentence
    return sentence


def test_it_is_among_the_system_checks() -> None:
    assert check_search_server in registry.get_checks()


# --- settings


@pytest.mark.parametrize(
    ("url", "code", "says"),
    [
        ("zoek.voorbeeld.nl:9200", "scheme", "https://"),
        ("zoek.voorbeeld.nl", "scheme", "https://"),
        ("ftp://zoek.voorbeeld.nl:9200", "scheme", "ftp://zoek.voorbeeld.nl:9200"),
        ("https://", "scheme", "beginnen"),
        ("https://zoek.voorbeeld.nl", "port", ":9200"),
        ("https://zoek.voorbeeld.nl:99999", "url", "geen adres"),
        ("https://zoek.voorbeeld.nl:poort", "url", "geen adres"),
        ("https://[::1:9200", "url", "geen adres"),
        ("https://zoek.voorbeeld.nl:9200/artikelen/_search", "path", "zonder index"),
        ("https://zoek.voorbeeld.nl:9200/?q=x", "path", "zonder index"),
        ("https://zoek.voorbeeld.nl:9200/#x", "path", "zonder index"),
        ("https://jan:geheim@zoek.voorbeeld.nl:9200", "secret-in-url", "ELASTICSEARCH_USER"),
    ],
)
def test_an_address_that_is_none(check: Check, url: str, code: str, says: str) -> None:
    messages = check(url)
    assert codes(messages) == [code]
    assert says in one(messages)
    assert "geheim" not in one(messages)


def test_a_secret_is_never_repeated(check: Check) -> None:
    (message,) = check("jan:geheim@zoek.voorbeeld.nl:9200")
    assert "geheim" not in str(message.msg)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"user": "portaal"}, "half-name"),
        ({"password": "geheim"}, "half-name"),
        ({"user": "portaal", "password": "x", "api_key": "y"}, "two-names"),
        ({"ca": "/bestaat/niet.pem"}, "ca"),
        ({"ca": __file__}, "ca"),
    ],
)
def test_settings_that_do_not_fit_together(check: Check, values: dict[str, str], code: str) -> None:
    messages = check("https://zoek.voorbeeld.nl:9200", **values)
    assert codes(messages) == [code]
    one(messages)


def test_a_ca_for_an_address_without_tls(check: Check, tmp_path: Path) -> None:
    _context, trusted = self_signed(tmp_path)
    assert codes(check("http://127.0.0.1:9200", ca=str(trusted))) == ["ca-without-tls"]


def test_a_password_that_travels_unprotected_is_a_warning(check: Check) -> None:
    messages = check("http://zoek.voorbeeld.nl:9200", user="portaal", password="geheim")
    assert codes(messages) == ["no-tls"]
    assert "onversleuteld" in one(messages, Warning)


def test_elasticsearch_without_an_address(check: Check) -> None:
    assert "ontbreekt" in one(check())
    assert check(engine="embedded") == []


# --- the server


@pytest.mark.parametrize("number", ["8.0.0", "8.19.21", "9.1.2"])
def test_a_server_that_will_do(check: Check, stub: Stub, number: str) -> None:
    stub.answer = greeting(number)
    assert check(stub.url) == []
    assert [request.path for request in stub.seen] == ["/"]


def test_a_real_node_will_do(check: Check, stub: Stub) -> None:
    assert check(f"{stub.url}/achter/een/proxy") == []
    assert stub.seen[0].path == "/achter/een/proxy"


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (greeting("7.17.28"), "old", "Elasticsearch 7.17.28"),
        (greeting("6.8.0", product=""), "old", "Elasticsearch 6.8.0"),
        (greeting("2.19.1", product="", distribution="opensearch"), "opensearch", "OpenSearch 2.19.1"),
        (greeting("8.1.0", product=""), "product", "iets anders dan Elasticsearch"),
        (lambda request: (200, {}, b"<html>Welkom</html>"), "product", "iets anders"),
        (lambda request: (200, JSON, b'["lijst"]'), "product", "iets anders"),
        (lambda request: (404, {}, b""), "product", "status 404"),
        (lambda request: (301, {"location": "https://elders.nl/"}, b""), "product", "status 301"),
        (lambda request: (401, JSON, b"{}"), "password", "weigert de aanmelding"),
        (lambda request: (403, JSON, b"{}"), "rights", "'monitor'"),
    ],
)
def test_a_server_that_will_never_do(
    check: Check, stub: Stub, answer: Callable[..., Any], code: str, says: str
) -> None:
    stub.answer = answer
    messages = check(stub.url)
    assert codes(messages) == [code]
    assert says in one(messages)


@pytest.mark.parametrize("fault", ["refuse", "hang", "429", "503", "slow", "drip", "cut", "noise"])
def test_a_server_that_is_down_is_a_warning(check: Check, stub: Stub, fault: str) -> None:
    stub.fault = fault
    if fault in ("429", "503"):
        stub.answer = None
    messages = check(stub.url)
    assert codes(messages) == ["unreachable"]
    assert "nu niet" in one(messages, Warning)


def test_a_name_that_nobody_knows_is_a_warning(check: Check) -> None:
    messages = check("https://zoekserver.invalid:9200")
    assert codes(messages) == ["host"]
    assert "zoekserver.invalid" in one(messages, Warning)


def test_before_moving_everything_is_a_warning(check: Check, stub: Stub) -> None:
    stub.answer = greeting("7.17.28")
    assert "7.17.28" in one(check(stub.url, engine="embedded"), Warning)


def test_each_node_is_asked(check: Check, stub: Stub) -> None:
    assert codes(check(stub.url, "http://127.0.0.1:1")) == ["unreachable"]


@pytest.mark.parametrize(
    ("values", "sent"),
    [
        ({}, None),
        (
            {"user": "portaal", "password": "gehéim"},
            "Basic " + base64.b64encode("portaal:gehéim".encode()).decode(),
        ),
        ({"api_key": "c2xldXRlbA=="}, "ApiKey c2xldXRlbA=="),
    ],
)
def test_who_we_are_is_told(check: Check, stub: Stub, values: dict[str, str], sent: str | None) -> None:
    assert check(stub.url, **values) == []
    assert stub.seen[0].headers.get("authorization") == sent


# --- certificates


def test_a_certificate_is_trusted_by_its_ca_alone(check: Check, tmp_path: Path) -> None:
    context, trusted = self_signed(tmp_path)
    server = Stub(context=context)
    server.answer = greeting()
    try:
        messages = check(server.url)
        assert codes(messages) == ["certificate"]
        assert "ELASTICSEARCH_CA" in one(messages)
        assert check(server.url, ca=str(trusted)) == []
    finally:
        server.close()


def test_a_certificate_for_another_name(check: Check, tmp_path: Path) -> None:
    context, trusted = self_signed(tmp_path, "elders.voorbeeld.nl")
    server = Stub(context=context)
    server.answer = greeting()
    try:
        messages = check(server.url, ca=str(trusted))
        assert codes(messages) == ["certificate"]
        assert "127.0.0.1" in one(messages)
    finally:
        server.close()


def test_https_to_a_server_without_it(check: Check) -> None:
    """It answers the greeting as such servers do. (What waits for the end of a line may wait for ever: the greeting is
    chance, and does not always hold one.)"""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def refuse() -> None:
            connection, _address = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n")

        refusing = threading.Thread(target=refuse)
        refusing.start()
        messages = check(f"https://127.0.0.1:{server.getsockname()[1]}")
        refusing.join()
    assert codes(messages) == ["tls"]
    assert "https://" in one(messages)


def test_https_to_a_server_that_cuts_off_what_it_does_not_understand(check: Check) -> None:
    """Closed with unread data, a socket answers with a reset instead of an end."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def cut() -> None:
            connection, _address = server.accept()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.recv(1)
            connection.close()

        cutting = threading.Thread(target=cut)
        cutting.start()
        messages = check(f"https://127.0.0.1:{server.getsockname()[1]}")
        cutting.join()
    assert codes(messages) == ["tls"]
    assert "ConnectionResetError" in one(messages)


def test_http_to_a_server_with_tls(check: Check, tmp_path: Path) -> None:
    context, _trusted = self_signed(tmp_path)
    server = Stub(context=context)
    try:
        assert codes(check(server.url.replace("https://", "http://"))) == ["unreachable"]
    finally:
        server.close()
