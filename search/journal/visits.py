"""One visit told from another without knowing whose it is: a hash under a key that lives for a day.

The key stands in a file beside the spool, is random, and is thrown away after its day; from then on nobody can tell
which visitor a token belonged to, not even with his address at hand.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from datetime import date, timedelta
from pathlib import Path

KEY_BYTES = 32
TOKEN_LETTERS = 16

_keys: dict[tuple[Path, date], bytes] = {}


def token(directory: Path, today: date, address: str, browser: str) -> str:
    """Sixteen letters that are the same for this address and browser all day. Raises OSError."""
    key = _keys.get((directory, today))
    if key is None:
        _keys.clear()
        key = _keys[directory, today] = _key(directory, today)
    said = f"{address}\n{browser}".encode(errors="replace")
    return hashlib.blake2b(said, key=key, digest_size=TOKEN_LETTERS // 2).hexdigest()


def _key(directory: Path, today: date) -> bytes:
    """The day's key; the first process to ask makes it, whole or not at all."""
    path = directory / f"key-{today:%Y%m%d}"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = directory / f".{path.name}.{secrets.token_hex(8)}"
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, secrets.token_bytes(KEY_BYTES))
    finally:
        os.close(file)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_bytes()


def forget_keys(directory: Path, today: date) -> None:
    """Throw away the keys of days that are over."""
    kept = f"key-{today - timedelta(days=1):%Y%m%d}"  # a request at midnight may still ask for it
    with contextlib.suppress(FileNotFoundError):
        for path in directory.glob("key-*"):
            if path.name < kept:
                path.unlink(missing_ok=True)
