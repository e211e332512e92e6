"""A server on loopback that misbehaves as told, and else passes on to a real Elasticsearch node.

Real sockets and real HTTP, so that a client meets what it would meet: a refused connection, silence, half an answer.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

HOST = "127.0.0.1"
PRODUCT = {"X-Elastic-Product": "Elasticsearch"}
SLOW = 5.0  # seconds
DRIP = 0.1  # seconds between two letters
HANG = 60.0  # longer than any test waits

FAULTS = ("refuse", "hang", "429", "503", "slow", "drip", "cut", "garbage", "noise")


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float = field(default_factory=time.monotonic)


class Stub:
    """`fault` says how it behaves: one of FAULTS, "half-bulk", or "" to pass on (503 where there is no node).

    `seen` holds the requests that were read, `only` limits the fault to requests for which it says yes, and `answer`
    gives status, headers and body instead of the node's.
    """

    def __init__(self, upstream: str = "", context: ssl.SSLContext | None = None) -> None:
        self.upstream = urlsplit(upstream) if upstream else None
        self.context = context
        self.seen: list[Request] = []
        self.only: Callable[[Request], bool] = lambda request: True
        self.answer: Callable[[Request], tuple[int, dict[str, str], bytes]] | None = None
        self._fault = ""
        self._changed = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        # Bound but not listening: keeps the number while connections are refused.
        self._holder = _bound(0)
        self.port: int = self._holder.getsockname()[1]
        self._listener: socket.socket | None = None
        self._listen()

    @property
    def url(self) -> str:
        return f"{'https' if self.context else 'http'}://{HOST}:{self.port}"

    @property
    def fault(self) -> str:
        return self._fault

    @fault.setter
    def fault(self, name: str) -> None:
        """Behave otherwise from now on, also to who is waiting for an answer."""
        before, self._fault = self._fault, name
        waiting, self._changed = self._changed, threading.Event()
        waiting.set()
        if name == "refuse":
            self._refuse()
        elif before == "refuse":
            self._listen()

    def close(self) -> None:
        self._fault = "closed"
        self._changed.set()
        self._refuse()
        self._holder.close()

    # --- connections

    def _listen(self) -> None:
        self._listener = _bound(self.port)
        self._listener.listen(128)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _refuse(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes who accepts
            listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
        plain = connection
        try:
            if self.context is not None:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection.makefile("rb") as reader:
                while (request := _read(reader)) is not None and self._reply(request, connection):
                    pass
        except (OSError, http.client.HTTPException, ValueError):
            pass
        finally:
            with self._lock:
                self._open.discard(plain)
            with contextlib.suppress(OSError):
                connection.close()

    # --- answers

    def _reply(self, request: Request, connection: socket.socket) -> bool:
        """Answer one request; False where the connection ends with it."""
        self.seen.append(request)
        fault = self._fault if self.only(request) else ""
        waiting = self._changed
        if fault == "hang":
            waiting.wait(HANG)
            return False
        if fault == "slow":
            waiting.wait(SLOW)
        if fault == "noise":
            connection.sendall(b"\x16\x03\x01 dit is geen HTTP\r\n\r\n")
            return False
        status, headers, body = self._answer(fault, request)
        if request.method == "HEAD":
            body = b""
        head = f"HTTP/1.1 {status} {http.client.responses.get(status, '')}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in {**PRODUCT, **headers}.items() if value)
        data = (head + f"content-length: {len(body)}\r\n\r\n").encode() + body
        if fault == "cut":
            connection.sendall(data[: len(data) - max(1, len(body) // 2)])
            # Reset, as a machine does that loses power and comes back.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        if fault == "drip":
            return self._drip(data, connection, waiting)
        connection.sendall(data)
        return True

    def _drip(self, data: bytes, connection: socket.socket, waiting: threading.Event) -> bool:
        """Never silent for long, and never done: a letter every now and then."""
        for number in range(len(data)):
            connection.sendall(data[number : number + 1])
            if waiting.wait(DRIP):
                break
        return False

    def _answer(self, fault: str, request: Request) -> tuple[int, dict[str, str], bytes]:
        if self.answer is not None:
            return self.answer(request)
        if fault in ("429", "503"):
            return int(fault), JSON, _error(int(fault))
        if fault == "garbage":
            return 200, JSON, b'{"took": 3, "hits": [[[ \xff\xfe'
        if fault == "half-bulk" and request.path.partition("?")[0].endswith("/_bulk"):
            return self._half_of_a_bulk(request)
        if self.upstream is None:
            return 503, JSON, _error(503)
        return self._pass_on(request, request.body)

    def _pass_on(self, request: Request, body: bytes) -> tuple[int, dict[str, str], bytes]:
        assert self.upstream is not None
        node = http.client.HTTPConnection(self.upstream.hostname or HOST, self.upstream.port, timeout=60)
        with contextlib.closing(node):
            leave = {"host", "content-length", "connection"}
            headers = {name: value for name, value in request.headers.items() if name not in leave}
            node.request(request.method, request.path, body or None, headers)
            response = node.getresponse()
            kept = {name: response.headers.get(name, "") for name in ("content-type", "content-encoding")}
            return response.status, kept, response.read()

    def _half_of_a_bulk(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        """Every second item reaches the node; the others are refused as by a node whose queue is full."""
        items = _bulk_items(request.body)
        passed = items[::2]
        status, headers, answer = self._pass_on(request, b"".join(line for item in passed for line in item))
        if status != 200:
            return status, headers, answer
        done: dict[str, Any] = json.loads(answer)
        results = iter(done["items"])
        refused = {"type": "es_rejected_execution_exception", "reason": "rejected execution (queue is full)"}
        merged: list[Any] = []
        for number, item in enumerate(items):
            if number % 2 == 0:
                merged.append(next(results))
                continue
            ((verb, what),) = json.loads(item[0]).items()
            merged.append({verb: {**what, "status": 429, "error": refused}})
        return 200, headers, json.dumps({**done, "errors": len(items) > 1, "items": merged}).encode()


JSON = {"content-type": "application/vnd.elasticsearch+json;compatible-with=8"}


def _bound(port: int) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((HOST, port))
    return made


def _read(reader: Any) -> Request | None:
    line = reader.readline(65_536).decode("latin-1").split()
    if len(line) != 3:
        return None
    headers = {name.lower(): value for name, value in http.client.parse_headers(reader).items()}
    return Request(line[0], line[1], headers, reader.read(int(headers.get("content-length", 0))))


def _bulk_items(body: bytes) -> list[list[bytes]]:
    """The lines of each item: what to do, and the document where there is one."""
    items: list[list[bytes]] = []
    lines = iter(line + b"\n" for line in body.split(b"\n") if line)
    for line in lines:
        items.append([line] if b'"delete"' in line[:12] else [line, next(lines)])
    return items


def _error(status: int) -> bytes:
    kind = {429: "circuit_breaking_exception", 503: "cluster_block_exception"}[status]
    return json.dumps({"error": {"type": kind, "reason": "not now"}, "status": status}).encode()
