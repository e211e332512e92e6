"""One request and its answer on an open connection, as HTTP/1.1 wants them, all of it until a moment.

Head and body of a request go in one piece, and the head of an answer is read as the few lines it is: Python's own HTTP
takes longer for a small question than the server does. What isn't HTTP raises `http.client.HTTPException`.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import BadStatusLine, HTTPException, IncompleteRead, RemoteDisconnected

PIECE = 1 << 16  # bytes read at once
LONGEST_LINE = 1 << 16
MOST_HEADERS = 200
NO_CONTENT = (204, 304)


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by name in lower case. `is_last`: nothing more may be asked on this connection."""

    status: int
    headers: dict[str, str]
    body: bytes
    is_last: bool


def left(end: float) -> float:
    """Seconds, above zero. Raises TimeoutError when there are none."""
    seconds = end - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the request takes too long")
    return seconds


def request_of(method: str, target: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """The bytes of a request. Raises ValueError for what would end a line of it too early."""
    lines = [f"{method} {target} HTTP/1.1", *[f"{name}: {value}" for name, value in headers.items()]]
    if body or method in ("POST", "PUT"):
        lines.append(f"content-length: {len(body)}")
    if any("\r" in line or "\n" in line for line in lines) or " " in target:
        raise ValueError("a request of several lines in one")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def exchange(sock: socket.socket, request: bytes, end: float, *, has_body: bool = True) -> Answer:
    """Ask, and read the answer; `has_body` False when only its head was asked for.

    Raises TimeoutError, OSError, HTTPException; the connection is of no use after that.
    """
    sock.settimeout(left(end))
    with suppress(
        BrokenPipeError
    ):  # a server that refuses a request may say why before it has read all of it
        sock.sendall(request)
    return _Reader(sock, end).answer(has_body=has_body)


class _Reader:
    """What comes in, line by line or so many bytes at a time."""

    def __init__(self, sock: socket.socket, end: float) -> None:
        self._sock = sock
        self._end = end
        self._data = bytearray()
        self._place = 0

    def answer(self, *, has_body: bool) -> Answer:
        version, status = self._status()
        headers = self._headers()
        while 100 <= status < 200:  # "go on": the answer itself follows
            version, status = self._status()
            headers = self._headers()
        is_last = version != b"HTTP/1.1" or "close" in headers.get("connection", "").lower()
        if not has_body or status in NO_CONTENT:
            return Answer(status, headers, b"", is_last)
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return Answer(status, headers, self._chunks(), is_last)
        if "content-length" in headers:
            return Answer(status, headers, self._take(_size(headers["content-length"], 10)), is_last)
        return Answer(status, headers, self._rest(), True)

    def _status(self) -> tuple[bytes, int]:
        line = self._line()
        version, _, rest = line.partition(b" ")
        code = rest[:3]
        if not version.startswith(b"HTTP/1.") or not code.isdigit() or len(code) < 3:
            raise BadStatusLine(line[:100].decode("latin-1"))
        return version, int(code)

    def _headers(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        for _ in range(MOST_HEADERS):
            line = self._line()
            if not line:
                return headers
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon or not name.strip():
                raise HTTPException("a header without a name")
            known = headers.get(name.lower())
            headers[name.lower()] = f"{known}, {value.strip()}" if known else value.strip()
        raise HTTPException(f"more than {MOST_HEADERS} headers")

    def _chunks(self) -> bytes:
        pieces = []
        while size := _size(self._line().partition(b";")[0].decode("latin-1"), 16):
            pieces.append(self._take(size))
            if self._line():
                raise HTTPException("a chunk longer than it says")
        self._headers()  # those that may follow
        return b"".join(pieces)

    def _line(self) -> bytes:
        looked = self._place
        while (stop := self._data.find(b"\n", looked)) < 0:
            looked = len(self._data)
            if looked - self._place > LONGEST_LINE:
                raise HTTPException("a line without an end")
            self._more()
        line = bytes(self._data[self._place : stop])
        self._place = stop + 1
        return line.removesuffix(b"\r")

    def _take(self, size: int) -> bytes:
        while len(self._data) - self._place < size:
            self._more()
        taken = bytes(self._data[self._place : self._place + size])
        self._place += size
        return taken

    def _rest(self) -> bytes:
        try:
            while True:
                self._more()
        except IncompleteRead:
            return bytes(self._data[self._place :])

    def _more(self) -> None:
        self._sock.settimeout(left(self._end))
        piece = self._sock.recv(PIECE)
        if not piece:
            raise IncompleteRead(b"") if self._data else RemoteDisconnected("closed without an answer")
        self._data += piece


def _size(text: str, base: int) -> int:
    """A length. Raises HTTPException."""
    digits = text.strip()
    if not digits.isalnum():  # int() would take signs and underscores
        raise HTTPException("a length that is no number")
    try:
        return int(digits, base)
    except ValueError as error:
        raise HTTPException("a length that is no number") from error
