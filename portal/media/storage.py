"""Where members' images lie: outside the media folder, and without an address of their own."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models


class MemberImageStorage(FileSystemStorage):
    """Files that are only given by a view that asked who may see them; on the disk for the portal alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700, **options)

    def url(self, name: str | None) -> str:
        raise ValueError("A member's image has no address but that of its view.")


def member_images() -> Storage:
    return storages["member_images"]


class MemberFileField(models.FileField):
    """A file that lies there. To migrations it is Django's own field: where files lie is no matter of the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"storage": member_images, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("storage", None)
        return name, "django.db.models.FileField", args, kwargs
