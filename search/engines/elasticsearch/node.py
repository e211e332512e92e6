"""A node of the official client that keeps to a deadline whatever the server does, and wastes no time of its own."""

from __future__ import annotations

import platform
import select
import socket
import ssl
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from threading import Semaphore
from typing import Any, NamedTuple

import certifi
from elastic_transport import (
    ApiResponseMeta,
    BaseNode,
    ConnectionError,
    ConnectionTimeout,
    HttpHeaders,
    NodeConfig,
    TlsError,
)

from search.engines.elasticsearch.exchange import Answer, exchange, left, request_of

FOR_EVER = 3_600.0  # seconds; nobody asks without a limit


class _Told(NamedTuple):
    meta: ApiResponseMeta
    body: bytes


class NodeInTime(BaseNode):
    """Each request, connecting included, takes its timeout at most.

    Connections are kept open between requests. No request is sent twice. Safe between threads.
    """

    _CLIENT_META_HTTP_CLIENT = ("ht", platform.python_version())

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self._tls = _trusting(config.ca_certs) if config.scheme == "https" else None
        self._idle: deque[socket.socket] = deque()  # the last one used is used first
        self._room = Semaphore(config.connections_per_node)
        host = f"[{self.host}]" if ":" in self.host else self.host
        self._own_headers = {"host": f"{host}:{self.port}", "accept-encoding": "identity", **self.headers}

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: Any = None,
    ) -> Any:
        began = time.monotonic()
        end = began + (request_timeout if isinstance(request_timeout, int | float) else FOR_EVER)
        all_headers = {**self._own_headers, **(headers or {})}
        request = request_of(method, self.path_prefix + target, all_headers, body or b"")
        try:
            with self._a_place(end):
                answer = self._exchange(request, end, has_body=method != "HEAD")
        except TimeoutError as error:
            raise ConnectionTimeout(str(error), errors=(error,)) from error
        except ssl.SSLError as error:
            raise TlsError(str(error), errors=(error,)) from error
        except (OSError, HTTPException) as error:
            raise ConnectionError(f"{type(error).__name__}: {error}", errors=(error,)) from error
        told = HttpHeaders(answer.headers)
        return _Told(
            ApiResponseMeta(answer.status, "1.1", told, time.monotonic() - began, self.config), answer.body
        )

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _a_place(self, end: float) -> Iterator[None]:
        """Among the connections that may be open at once."""
        if not self._room.acquire(timeout=left(end)):
            raise TimeoutError("no connection became free in time")
        try:
            yield
        finally:
            self._room.release()

    def _exchange(self, request: bytes, end: float, *, has_body: bool) -> Answer:
        sock = self._open(end)
        try:
            answer = exchange(sock, request, end, has_body=has_body)
        except BaseException:
            sock.close()
            raise
        if answer.is_last:
            sock.close()
        else:
            self._idle.append(sock)
        return answer

    def _open(self, end: float) -> socket.socket:
        """A connection that is open still, or a new one."""
        while self._idle:
            try:
                sock = self._idle.pop()
            except IndexError:  # another thread took it
                break
            if _is_open(sock):
                return sock
            sock.close()
        sock = socket.create_connection((self.host, self.port), left(end))
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls is None:
                return sock
            sock.settimeout(left(end))
            return self._tls.wrap_socket(sock, server_hostname=self.host)
        except BaseException:
            sock.close()
            raise


def _trusting(ca: str | None) -> ssl.SSLContext:
    """Certificate and name are always checked; against this file alone, or else what this machine and Mozilla trust."""
    context = ssl.create_default_context(cafile=ca)
    if ca is None:
        context.load_verify_locations(certifi.where())
    return context


def _is_open(sock: socket.socket) -> bool:
    """An idle connection on which something can be read was closed by the server, or is of no use otherwise."""
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return not poll.poll(0)
