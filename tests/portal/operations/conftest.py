from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings


def plain_environment() -> dict[str, str]:
    """This process' variables without those that choose settings."""
    ours = ("PORTAL_", "DATABASE_", "DJANGO_", "EMAIL_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A data directory for a portal of its own."""
    return tmp_path / "portal"


@pytest.fixture
def command(place: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts manage.py in a process of its own, with local settings and its own data directory."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env={
                **plain_environment(),
                "PORTAL_DATA_DIR": str(place),
                "PORTAL_LOG_LEVEL": "ERROR",
                **variables,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture
def run(command: Callable[..., subprocess.Popen[str]]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs manage.py to its end."""

    def to_the_end(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        process = command(*arguments, **variables)
        out, err = process.communicate(timeout=240)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    return to_the_end
