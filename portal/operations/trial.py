"""A whole portal of its own for a while: real content, real server, an address and an administrator.

For screenshots, measurements and the tests that use a browser. Runs the same `serve` as anybody does.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from portal.operations.supervision import wait_for_answer

EMAIL = "beheer@portaal.example"
PASSWORD = "vier-woorden-over-fietsen"  # noqa: S105 - of a portal that lives for minutes on loopback
START_SECONDS = 300.0
STOP_SECONDS = 30.0
# Variables that would point the new portal at somebody else's data.
OURS = ("PORTAL_", "DATABASE_", "DJANGO_", "EMAIL_", "PYTEST_", "PROMETHEUS_")


@dataclass(frozen=True, slots=True)
class TrialPortal:
    """Where it answers (without a slash at the end), where its data lies, and who may sign in to its staff admin."""

    url: str
    data_dir: Path
    email: str = EMAIL
    password: str = PASSWORD


class NotStarted(Exception):
    """The portal didn't answer; the message holds the end of what it said."""


@contextmanager
def trial_portal(data_dir: Path, **settings_of_its_own: str) -> Iterator[TrialPortal]:
    """Start a portal on `data_dir` (made and filled where it is empty) and stop it in the end.

    `settings_of_its_own` are environment variables, such as PORTAL_MFA_REQUIRED="ja".
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile() as said:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "serve", "--port", str(port)]
        variables = {**environment(data_dir, url), **settings_of_its_own}
        process = subprocess.Popen(command, env=variables, stdout=said, stderr=said)  # noqa: S603
        try:
            if not wait_for_answer(f"{url}/healthz", START_SECONDS, lambda: process.poll() is None):
                said.seek(0)
                raise NotStarted(said.read().decode(errors="replace")[-2000:])
            yield TrialPortal(url, data_dir)
        finally:
            stop(process)


def environment(data_dir: Path, url: str) -> dict[str, str]:
    """This process' variables, with none of a portal's but those that make this one."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {
        **plain,
        "DJANGO_SETTINGS_MODULE": "portal.settings.local",
        "PORTAL_DATA_DIR": str(data_dir),
        "PORTAL_BASE_URL": url,
        "PORTAL_ADMIN_EMAIL": EMAIL,
        "PORTAL_ADMIN_PASSWORD": PASSWORD,
        "PORTAL_LOG_LEVEL": "ERROR",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
    if process.poll() is None:
        process.kill()
        process.wait()
