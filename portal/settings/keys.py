"""The secret key of a local portal: made once, kept in the data directory, readable by its owner only."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def local_secret_key(data_dir: Path) -> str:
    """The key in `data_dir`/secret_key, made when it isn't there yet; two first starts at once agree on one."""
    path = data_dir / "secret_key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    key = get_random_secret_key() + get_random_secret_key()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(key)
    return key
