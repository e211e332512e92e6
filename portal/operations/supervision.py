"""The web server and the worker as two children of one process; when one ends, all ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType

STOP_SECONDS = 20.0
START_SECONDS = 60.0


class PortTaken(Exception):
    """Something else listens there."""


def require_free_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(str(error)) from error


def wait_for_answer(url: str, seconds: float, going_on: Callable[[], bool]) -> bool:
    """True once `url` answers; False where that takes longer than `seconds` or `going_on` says no."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and going_on():
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


class Supervisor:
    """Starts children by name, waits until one ends or somebody says stop, and stops them all."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def start(self, name: str, *arguments: str) -> None:
        command = [sys.executable, "-m", "portal.operations.child", name, str(os.getpid()), *arguments]
        # In a session of its own, so that Ctrl-C reaches only the parent, which then stops all in order.
        self.children[name] = subprocess.Popen(command, env=self.environment, start_new_session=True)  # noqa: S603

    def listen_for_signals(self) -> None:
        def stop(number: int, frame: FrameType | None) -> None:
            self.stopping = True

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, stop)

    def first_to_end(self) -> str | None:
        return next((name for name, child in self.children.items() if child.poll() is not None), None)

    def wait_until_answering(self, url: str) -> bool:
        """True once `url` answers; False where a child ends, somebody says stop, or it takes too long."""
        return wait_for_answer(url, START_SECONDS, lambda: not self.stopping and self.first_to_end() is None)

    def wait(self) -> str | None:
        """The name of the child that ended by itself; None where somebody said stop."""
        while not self.stopping:
            ended = self.first_to_end()
            if ended is not None:
                return ended
            time.sleep(0.25)
        return None

    def stop(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
