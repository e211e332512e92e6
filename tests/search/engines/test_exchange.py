"""HTTP as a server may speak it, over a real pair of sockets; and a node of the client that uses it."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException

import pytest
from elastic_transport import ConnectionError, ConnectionTimeout, NodeConfig
from hypothesis import given
from hypothesis import strategies as st

from search.engines.elasticsearch.exchange import Answer, exchange, request_of
from search.engines.elasticsearch.node import NodeInTime

ASKED = request_of("POST", "/doel", {"accept": "application/json"}, b"vraag")
PLENTY = 10.0  # seconds


def told(*pieces: bytes, pause: float = 0.0, seconds: float = PLENTY, has_body: bool = True) -> Answer:
    """The answer of a server that sends these pieces and goes."""
    ours, theirs = socket.socketpair()

    def serve() -> None:
        with theirs, contextlib.suppress(OSError):
            theirs.recv(1 << 16)
            for piece in pieces:
                theirs.sendall(piece)
                time.sleep(pause)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with ours:
            return exchange(ours, ASKED, time.monotonic() + seconds, has_body=has_body)
    finally:
        thread.join()


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nvoo\r\n6;x=y\r\nrraad!\r\n0\r\nTrailer: x\r\n\r\n"
SIZED = OK + b"content-length: 9\r\nX-Elastic-Product: Elasticsearch\r\n\r\nvoorraad!"


@given(st.sampled_from([CHUNKED, SIZED]), st.lists(st.integers(0, 130), max_size=6))
def test_an_answer_may_come_in_any_pieces(whole: bytes, cuts: list[int]) -> None:
    places = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    answer = told(*[whole[start:end] for start, end in zip(places, places[1:], strict=False)])
    assert (answer.status, answer.body, answer.is_last) == (200, b"voorraad!", False)


def test_headers_are_told_in_lower_case_and_together() -> None:
    answer = told(OK + b"Warning: een\r\nwarning: twee\r\nContent-Length: 0\r\n\r\n")
    assert answer.headers == {"warning": "een, twee", "content-length": "0"}


@pytest.mark.parametrize(
    ("sent", "has_body", "body", "is_last"),
    [
        (OK + b"\r\ntot het einde", True, b"tot het einde", True),
        (b"HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nja", True, b"ja", True),
        (OK + b"connection: close\r\ncontent-length: 2\r\n\r\nja", True, b"ja", True),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"content-length: 2\r\n\r\nja", True, b"ja", False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", True, b"", False),
        (OK + b"content-length: 812\r\n\r\n", False, b"", False),
    ],
)
def test_where_an_answer_ends(sent: bytes, has_body: bool, body: bytes, is_last: bool) -> None:
    answer = told(sent, has_body=has_body)
    assert (answer.body, answer.is_last) == (body, is_last)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\x16\x03\x01 geen HTTP\r\n\r\n",
        b"HTTP/1.1 twee\r\n\r\n",
        OK + b"zonder dubbele punt\r\n\r\n",
        OK + b"content-length: -1\r\n\r\n",
        OK + b"content-length: 9\r\n\r\nhalf",
        OK + b"transfer-encoding: chunked\r\n\r\nzz\r\n",
        OK + b"transfer-encoding: chunked\r\n\r\n3\r\nvoorraad\r\n0\r\n\r\n",
        OK + b"transfer-encoding: chunked\r\n\r\n3\r\nvoo\r\n",
        OK + b"a: b\r\n" * 300,
        b"HTTP/1.1 200 " + b"x" * 200_000,
    ],
)
def test_what_is_no_answer_is_told(sent: bytes) -> None:
    with pytest.raises((HTTPException, ConnectionResetError)):
        told(sent)


def test_an_answer_a_letter_at_a_time_ends_in_time() -> None:
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        told(*[SIZED[place : place + 1] for place in range(20)], pause=0.05, seconds=0.2)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("header", ["een\r\nhost: elders", "een\n"])
def test_a_header_stays_one_line(header: str) -> None:
    with pytest.raises(ValueError, match="several lines"):
        request_of("GET", "/", {"authorization": header}, b"")


@pytest.fixture
def counting() -> Iterator[tuple[NodeInTime, list[int]]]:
    """A node of a server that hangs up after two answers, and how many connections it took."""
    taken: list[int] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                taken.append(1)
                with connection:
                    for _ in range(2):
                        if connection.recv(1 << 16):
                            connection.sendall(SIZED)

    threading.Thread(target=serve, daemon=True).start()
    node = NodeInTime(NodeConfig("http", "127.0.0.1", listener.getsockname()[1], connections_per_node=1))
    yield node, taken
    node.close()
    listener.close()


def test_a_connection_is_used_again_until_the_server_hangs_up(
    counting: tuple[NodeInTime, list[int]],
) -> None:
    node, taken = counting
    for number in range(6):
        answer = node.perform_request("POST", "/doel", b"vraag", request_timeout=PLENTY)
        assert (answer.meta.status, answer.body) == (200, b"voorraad!")
        assert answer.meta.headers["x-elastic-product"] == "Elasticsearch"
        if number % 2:
            time.sleep(0.1)  # the server's good-bye arrives
    assert len(taken) == 3


def test_who_waits_for_a_connection_waits_no_longer_than_he_may() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        node = NodeInTime(NodeConfig("http", "127.0.0.1", silent.getsockname()[1], connections_per_node=1))
        first = threading.Thread(target=lambda: pytest.raises(ConnectionTimeout, ask, node, 1.0))
        first.start()
        time.sleep(0.1)
        began = time.monotonic()
        with pytest.raises(ConnectionTimeout):
            ask(node, 0.2)
        assert time.monotonic() - began < 0.8
        first.join()
        ask_again = time.monotonic()
        with pytest.raises(ConnectionTimeout):  # the place of who gave up is free again
            ask(node, 0.2)
        assert time.monotonic() - ask_again > 0.15
        node.close()


def test_nobody_there_is_a_failed_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(ConnectionError):
        ask(NodeInTime(NodeConfig("http", "127.0.0.1", port)), PLENTY)


def ask(node: NodeInTime, seconds: float) -> None:
    node.perform_request("GET", "/", request_timeout=seconds)
