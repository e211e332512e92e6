"""A mail server on loopback that misbehaves as told, and remembers what it took."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

HANG = 30.0  # seconds; longer than any test waits

# Where the conversation goes wrong: before the message is there, or when the server has all of it.
FAULTS = ("refuse", "451 at recipient", "550 at recipient", "cut at data", "451 after data", "554 after data",
          "cut after data", "hang after data")  # fmt: skip


class Sink:
    """Speaks just enough SMTP. `fault`: one of FAULTS, or "" to take everything."""

    def __init__(self) -> None:
        self.fault = ""
        self.taken: list[Message] = []
        #: Whole messages that reached us, taken or not: what a receiver might deliver.
        self.received: list[Message] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._closing = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing = True
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while not self._closing:
            try:
                connection, _address = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError, StopIteration):
            if self.fault == "refuse":
                return
            lines = iter(connection.makefile("rb"))
            self._say(connection, "220 ready")
            for line in lines:
                self._answer(connection, line.decode().strip(), lines)

    def _answer(self, connection: socket.socket, line: str, lines: Iterator[bytes]) -> None:
        word = line.partition(" ")[0].upper()
        if word == "RCPT" and self.fault.endswith("at recipient"):
            self._say(connection, f"{self.fault[:3]} not this one")
        elif word == "DATA":
            self._data(connection, lines)
        elif word == "QUIT":
            self._say(connection, "221 bye")
            raise StopIteration
        else:
            self._say(connection, "250 fine")

    def _data(self, connection: socket.socket, lines: Iterator[bytes]) -> None:
        if self.fault == "cut at data":
            raise StopIteration
        self._say(connection, "354 go on")
        text = b""
        for line in lines:
            if line == b".\r\n":
                break
            text += line[1:] if line.startswith(b".") else line
        message = message_from_bytes(text)
        self.received.append(message)
        if self.fault == "cut after data":
            raise StopIteration
        if self.fault == "hang after data":
            time.sleep(HANG)
        if self.fault.endswith("after data"):
            self._say(connection, f"{self.fault[:3]} no")
        else:
            self.taken.append(message)
            self._say(connection, "250 taken")

    def _say(self, connection: socket.socket, line: str) -> None:
        connection.sendall(f"{line}\r\n".encode())
