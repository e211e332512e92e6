from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

# Only what hangs takes so long.
LONGEST_COMMAND = 240.0  # seconds


def plain_environment() -> dict[str, str]:
    """This process' variables without those that choose settings."""
    ours = ("PORTAL_", "DATABASE_", "DJANGO_", "EMAIL_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def start(place: Path, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    """manage.py in a process of its own, with local settings, for the portal whose data lies in `place`."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**plain_environment(), "PORTAL_DATA_DIR": str(place), "PORTAL_LOG_LEVEL": "ERROR", **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def manage(place: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The same, run to its end."""
    with start(place, *arguments, **variables) as process:
        try:
            out, err = process.communicate(timeout=LONGEST_COMMAND)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A data directory for a portal of its own."""
    return tmp_path / "portal"


@pytest.fixture
def command(place: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts manage.py for the portal in `place`; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        started.append(start(place, *arguments, **variables))
        return started[-1]

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture
def run(place: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs manage.py for the portal in `place` to its end."""
    return functools.partial(manage, place)
