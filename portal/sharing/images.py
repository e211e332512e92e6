"""Where share images are kept. The file is all there is: its time is that of the page's last publication, so that what
is missing or old can be seen without a table, and a lost directory is filled again.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.urls import reverse

# Another number draws all images anew; raise it when `drawing` changes.
VERSION = 1


def directory() -> Path:
    return Path(settings.DATA_DIR) / "share-images" / f"v{VERSION}"


def path_of(pk: int) -> Path:
    return directory() / f"{pk}.png"


def stamp(moment: datetime | None) -> int:
    """A page's last publication in milliseconds; 0 where it never was published."""
    return round(moment.timestamp() * 1000) if moment else 0


def made() -> dict[int, int]:
    """The stamp of every image there is, by page."""
    found: dict[int, int] = {}
    if directory().is_dir():
        for entry in os.scandir(directory()):
            name = entry.name.removesuffix(".png")
            if name.isdecimal():
                found[int(name)] = entry.stat().st_mtime_ns // 1_000_000
    return found


def keep(pk: int, content: bytes, made_for: int) -> None:
    """Write the image at once or not at all. No content: it can't be drawn, and isn't tried before the page changes."""
    directory().mkdir(parents=True, exist_ok=True)
    unfinished = path_of(pk).with_suffix(f".{os.getpid()}.new")
    unfinished.write_bytes(content)
    os.utime(unfinished, ns=(made_for * 1_000_000, made_for * 1_000_000))
    unfinished.replace(path_of(pk))


def forget(pk: int) -> None:
    path_of(pk).unlink(missing_ok=True)


def url_of(pk: int) -> str:
    """The absolute address of a page's image; empty where there is none (yet). Asks the file alone, no database."""
    try:
        status = path_of(pk).stat()
    except OSError:
        return ""
    if not status.st_size:
        return ""
    return (
        f"{settings.BASE_URL}{reverse('sharing:share-image', args=[pk])}?v={status.st_mtime_ns // 1_000_000}"
    )
