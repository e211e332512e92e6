"""Files of members leave the disk once their rows are gone for sure, and those without a row at night."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, Final, TypeVar

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import Model, QuerySet

logger = logging.getLogger("portal.media")

LEFT_AFTER: Final = timedelta(hours=24)
BATCH: Final = 500

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)


def remove_rows(
    rows: QuerySet[Row], *, names: Callable[[Row], Iterable[str | None]], storage: Storage
) -> int:
    """The rows now, in the caller's transaction, their files once that holds; how many rows."""
    found = list(rows)
    files = [name for row in found for name in names(row) if name]
    rows.model._default_manager.filter(pk__in=[row.pk for row in found]).delete()
    transaction.on_commit(lambda: delete_files(files, storage))
    return len(found)


def delete_files(names: Iterable[str], storage: Storage) -> None:
    for name in names:
        try:
            storage.delete(name)
        except OSError as error:  # the nightly job tries again
            logger.warning("file stays", extra={"data": {"file": name, "error": str(error)}})


def delete_files_without_row(
    storage: Storage, rows: QuerySet[Any], *, fields: Iterable[str], before: datetime
) -> int:
    """Files that a broken request or a removed row left; young ones may belong to a row that is being written.

    `fields`: those of `rows` that name a file. How many files went.
    """
    deleted = 0
    for batch in in_batches(list(_old_files(storage, before))):
        kept = {
            name
            for field in fields
            for name in rows.filter(**{f"{field}__in": batch}).values_list(field, flat=True)
        }
        left = [name for name in batch if name not in kept]
        delete_files(left, storage)
        deleted += len(left)
    return deleted


def _old_files(storage: Storage, before: datetime) -> Iterator[str]:
    try:
        folders, _files = storage.listdir("")
    except FileNotFoundError:
        return  # nobody ever sent one
    for folder in folders:
        for name in storage.listdir(folder)[1]:
            path = str(PurePosixPath(folder) / name)
            if storage.get_modified_time(path).astimezone(UTC) < before:
                yield path


def in_batches(items: list[Item]) -> Iterator[list[Item]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
