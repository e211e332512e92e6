"""Lines that requests leave behind in files, since a GET writes nothing in the database.

Each process appends to a file of its own for each minute. The worker takes files of minutes that are over, so nobody
writes to what it reads. Where portal and worker run on different machines they share this directory, as they share the
data directory.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

MINUTE = timedelta(minutes=1)
# Bytes of one file, and of all that wait together: neither a flood of searches nor a worker that is away fills a disk.
LARGEST, LARGEST_TOGETHER = 8 << 20, 200 << 20
_NAME = re.compile(r"^(\d{12})-[0-9a-f]{16}\.jsonl$")
_own = secrets.token_hex(8)
_own_pid = os.getpid()


def append(directory: Path, event: dict[str, Any], now: datetime) -> None:
    """One line. Raises OSError."""
    global _own, _own_pid
    if _own_pid != os.getpid():  # after a fork
        _own, _own_pid = secrets.token_hex(8), os.getpid()
    path = directory / f"{now.astimezone(UTC):%Y%m%d%H%M}-{_own}.jsonl"
    line = json.dumps(event, ensure_ascii=True, separators=(",", ":")) + "\n"
    try:
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except FileNotFoundError:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(file).st_size
        if size == 0 and _waiting(directory) > LARGEST_TOGETHER:
            path.unlink(missing_ok=True)
        elif size < LARGEST:
            os.write(file, line.encode())
    finally:
        os.close(file)


def _waiting(directory: Path) -> int:
    """Bytes of all files; asked once a minute by each process."""
    return sum(each.stat().st_size for each in os.scandir(directory))


def finished(directory: Path, now: datetime) -> list[Path]:
    """Files that nobody writes to any more, oldest first."""
    over = f"{now.astimezone(UTC) - 2 * MINUTE:%Y%m%d%H%M}"
    try:
        names = sorted(os.listdir(directory))
    except FileNotFoundError:
        return []
    return [directory / name for name in names if (match := _NAME.match(name)) and match.group(1) <= over]


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Its events. A line that a crash cut off is left out."""
    with path.open(encoding="ascii", errors="replace") as file:
        for line in file:
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict):
                yield event
