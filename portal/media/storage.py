"""Where members' images and files lie: outside the media folder, and without an address of their own."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models

MEMBER_IMAGES, MEMBER_FILES = "member_images", "member_files"


class MemberFileStorage(FileSystemStorage):
    """Files that are only given by a view that asked who may see them; on the disk for the portal alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700, **options)

    def url(self, name: str | None) -> str:
        raise ValueError("A member's file has no address but that of its view.")


def member_images() -> Storage:
    return storages[MEMBER_IMAGES]


def member_files() -> Storage:
    return storages[MEMBER_FILES]


class MemberFileField(models.FileField):
    """A file that lies in the storage called `store`.

    To migrations it is Django's own field: where files lie is no matter of the database.
    """

    def __init__(self, *args: Any, store: str = MEMBER_FILES, **kwargs: Any) -> None:
        super().__init__(*args, **{"storage": storages[store], **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("storage", None)
        return name, "django.db.models.FileField", args, kwargs
