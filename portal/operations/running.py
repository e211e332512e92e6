"""Whether a portal runs on this data directory, told by a lock that the system frees whatever happens."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


class Occupied(Exception):
    """Somebody else holds the lock."""


@contextmanager
def held(name: str, *, shared: bool = False, wait: bool = False) -> Iterator[None]:
    """Hold the lock `name` of this data directory. Raises Occupied where it is taken and `wait` is false."""
    path = Path(settings.DATA_DIR) / f"{name}.lock"
    mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    with path.open("a") as file:
        try:
            fcntl.flock(file, mode if wait else mode | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Occupied(name) from error
        yield


# Held (shared) by a portal as long as it runs; taken alone by who replaces its files.
RUNNING = "running"
# Held by who prepares database and files, so that two first starts don't do it at once.
PREPARING = "preparing"
