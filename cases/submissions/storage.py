"""Where proof lies: outside the media folder and apart from members' images, and without an address of its own."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models


def proof_files() -> Storage:
    return storages["proof_files"]


class ProofFileField(models.FileField):
    """A file that lies there. To migrations it is Django's own field: where files lie is no matter of the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"storage": proof_files, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("storage", None)
        return name, "django.db.models.FileField", args, kwargs
