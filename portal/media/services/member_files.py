"""Files of members: kept once they were looked at, and removed when nothing refers to them any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from portal.accounts.models import User
from portal.http.transactions import before_transaction
from portal.media.file_readers import readers
from portal.media.files import CheckedFile, check_file
from portal.media.models import MemberFile
from portal.media.services.sweeping import LEFT_AFTER, delete_files_without_row, in_batches, remove_rows
from portal.media.services.turns import take_turn
from portal.media.storage import member_files


def keep_file(upload: UploadedFile[Any], *, owner: User, purpose: str) -> MemberFile:
    """Keep what is in `upload`, for nobody until the room of `purpose` refers to it. Raises UploadRefused.

    Call it outside the transaction of what refers to it: then what is refused counts as well. A file that nothing
    refers to after all, goes at night.
    """
    checked = before_transaction(upload, partial(_looked_at, upload, owner))
    key = uuid4()
    row = MemberFile(
        uuid=key, owner=owner, purpose=purpose, name=checked.name, bytes=len(checked.content),
        content_type=checked.content_type,
    )  # fmt: skip
    with transaction.atomic():
        row.file.save(
            f"{key.hex[:2]}/{key.hex}.{checked.extension}", ContentFile(checked.content), save=False
        )
        row.save()
    return row


def _looked_at(upload: UploadedFile[Any], owner: User) -> CheckedFile:
    """Counted first, whatever comes of it."""
    take_turn(owner)
    return check_file(upload)


@transaction.atomic
def remove_files(files: QuerySet[MemberFile]) -> int:
    """The rows now, their files once that holds; how many. Nothing may refer to them any more."""
    return remove_rows(files, names=lambda row: [row.file.name], storage=member_files())


def forget_left_files(at: datetime) -> int:
    """Files of a day and older that no room refers to, and those without a row; how many."""
    long_ago, number = at - LEFT_AFTER, 0
    for purpose, reader in readers().items():
        rows = MemberFile.objects.filter(purpose=purpose).older_than(long_ago)
        if reader.standing is None:
            continue
        for batch in in_batches(list(rows.order_by("pk").values_list("pk", flat=True))):
            number += _forget(set(batch) - reader.standing(batch))
    return number + delete_files_without_row(
        member_files(), MemberFile.objects.all(), fields=["file"], before=long_ago
    )


def _forget(gone: Sequence[int] | set[int]) -> int:
    return remove_files(MemberFile.objects.filter(pk__in=gone))
