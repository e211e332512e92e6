"""Where files with a person's data stand: under a number nobody can guess, outside everything that is public."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings


def file_of(key: UUID) -> Path:
    return Path(settings.TAKEAWAYS_ROOT) / f"{key.hex}.zip"


def remove_file(key: UUID) -> None:
    path = file_of(key)
    path.unlink(missing_ok=True)
    path.with_suffix(".part").unlink(missing_ok=True)
