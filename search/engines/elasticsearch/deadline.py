"""A request that ends in time whatever the server does: also one that sends a letter every now and then.

A socket's own timeout begins anew with everything that arrives, so it never ends such an answer.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from typing import Any

import urllib3
from elastic_transport import HttpHeaders, NodeConfig, Urllib3HttpNode


class _InTime(io.RawIOBase):
    """Reads from a socket until a moment, however many pieces that takes."""

    def __init__(self, inner: io.RawIOBase, sock: socket.socket, seconds: float) -> None:
        self._inner = inner
        self._sock = sock
        self._end = time.monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer takes too long")
        self._sock.settimeout(left)
        return self._inner.readinto(buffer)

    def close(self) -> None:
        self._inner.close()
        super().close()


class ResponseInTime(http.client.HTTPResponse):
    """All of it, head and body, within the timeout that its socket has when it begins."""

    def __init__(self, sock: socket.socket, *args: Any, **values: Any) -> None:
        super().__init__(sock, *args, **values)
        seconds = sock.gettimeout()
        if seconds is not None:
            self.fp = io.BufferedReader(_InTime(self.fp.detach(), sock, seconds))


class NodeInTime(Urllib3HttpNode):
    """A node of the client of which each request, connecting included, takes its timeout at most."""

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        plain = self.pool.ConnectionCls
        self.pool.ConnectionCls = type(plain.__name__, (plain,), {"response_class": ResponseInTime})

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: Any = None,
    ) -> Any:
        # Of a total, what connecting took is no longer there for the answer.
        timeout: Any = urllib3.Timeout(total=request_timeout)
        return super().perform_request(method, target, body, headers, timeout)
