"""Images of members: kept without what isn't picture, attached to what they belong to, removed with their files."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final, TypeVar, cast
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.media.image_readers import readers
from portal.media.inspection import UploadRefused, clean_image, in_size
from portal.media.models import MemberImage, UploadCount
from portal.media.storage import member_images

logger = logging.getLogger("portal.media")

LARGE_SIDE: Final = 1600
SMALL_SIDE: Final = 400
MOST_A_DAY: Final = 30  # of one person
MOST_WAITING: Final = 20  # of one person, attached to nothing
LEFT_AFTER: Final = timedelta(hours=24)
BATCH: Final = 500

Item = TypeVar("Item")


def keep_image(upload: UploadedFile[Any], *, owner: User, purpose: str, alt: str = "") -> MemberImage:
    """Keep the picture in `upload`, for its owner alone until it is attached. Raises UploadRefused with a sentence."""
    _take_turn(owner)
    clean = clean_image(cast("BinaryIO", upload.file), upload.name or "", upload.size or 0)
    large, small = in_size(clean, LARGE_SIDE), in_size(clean, SMALL_SIDE)
    key = uuid4()
    name = f"{key.hex[:2]}/{key.hex}"
    image = MemberImage(
        uuid=key,
        owner=owner,
        purpose=purpose,
        alt=alt.strip()[:250],
        content_type=large.content_type,
        width=large.width,
        height=large.height,
        bytes=len(large.content) + len(small.content),
    )
    with transaction.atomic():
        _one_at_a_time(owner)
        _refuse_too_many_waiting(owner)
        image.file.save(f"{name}.webp", ContentFile(large.content), save=False)
        image.small_file.save(f"{name}-klein.webp", ContentFile(small.content), save=False)
        image.save()
    return image


@transaction.atomic
def _take_turn(owner: User) -> None:
    """Count this one, before any work is done on it: what is refused or removed again counts as well."""
    _one_at_a_time(owner)
    _refuse_too_many_waiting(owner)
    today, _new = UploadCount.objects.get_or_create(user=owner, day=timezone.localdate())
    if today.number >= MOST_A_DAY:
        raise UploadRefused(
            _("Je hebt vandaag %(number)s afbeeldingen gestuurd. Morgen kun je er weer sturen.")
            % {"number": MOST_A_DAY}
        )
    UploadCount.objects.filter(pk=today.pk).update(number=F("number") + 1)


def _one_at_a_time(owner: User) -> None:
    """So that many of one person at once count as many."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)


def _refuse_too_many_waiting(owner: User) -> None:
    if MemberImage.objects.waiting().filter(owner=owner).count() >= MOST_WAITING:
        raise UploadRefused(
            _("Je hebt %(number)s afbeeldingen die je nog nergens gebruikt. Gebruik of verwijder ze eerst.")
            % {"number": MOST_WAITING}
        )


@transaction.atomic
def attach_images(images: Iterable[MemberImage], *, object_id: int) -> None:
    """From now on the room of their purpose says who sees `images`. Raises ValueError where one hangs elsewhere.

    Whose they are, the caller looked at (`MemberImage.objects.waiting_for`).
    """
    keys = {image.pk for image in images}
    free = MemberImage.objects.filter(pk__in=keys).filter(Q(object_id=None) | Q(object_id=object_id))
    if free.update(object_id=object_id) != len(keys):
        raise ValueError("an image is attached to something else already, or is gone")


@transaction.atomic
def describe_image(image: MemberImage, *, alt: str) -> None:
    """Change the words for who can't see it."""
    image.alt = alt.strip()[:250]
    image.save(update_fields=["alt"])


@transaction.atomic
def remove_image(image: MemberImage) -> None:
    remove_images(MemberImage.objects.filter(pk=image.pk))


@transaction.atomic
def remove_images(images: QuerySet[MemberImage]) -> int:
    """The rows now, their files once that holds; how many."""
    found = list(images)
    names = [name for image in found for name in (image.file.name, image.small_file.name) if name]
    MemberImage.objects.filter(pk__in=[image.pk for image in found]).delete()
    transaction.on_commit(lambda: _delete_files(names))
    return len(found)


def _delete_files(names: Iterable[str]) -> None:
    storage = member_images()
    for name in names:
        try:
            storage.delete(name)
        except OSError as error:  # the nightly job tries again
            logger.warning("file stays", extra={"data": {"file": name, "error": str(error)}})


def forget_left_images(at: datetime) -> int:
    """What nobody uses: images attached to nothing for a day, or to what is gone, and files without a row; how many."""
    long_ago = at - LEFT_AFTER
    number = remove_images(MemberImage.objects.waiting().older_than(long_ago))
    for purpose, reader in readers().items():
        if reader.standing is None:
            continue
        attached = MemberImage.objects.filter(purpose=purpose).exclude(object_id=None).older_than(long_ago)
        keys = attached.order_by("object_id").values_list("object_id", flat=True).distinct()
        for batch in _in_batches([key for key in keys if key is not None]):
            gone = set(batch) - reader.standing(batch)
            number += remove_images(attached.filter(object_id__in=gone))
    UploadCount.objects.filter(day__lt=timezone.localdate(at) - timedelta(days=1)).delete()
    return number + _delete_files_without_row(long_ago)


def _delete_files_without_row(before: datetime) -> int:
    """Files that a broken request or a removed row left; young ones may belong to a row that is being written."""
    storage, deleted = member_images(), 0
    for batch in _in_batches(list(_old_files(storage, before))):
        known = MemberImage.objects.filter(Q(file__in=batch) | Q(small_file__in=batch))
        kept = {name for pair in known.values_list("file", "small_file") for name in pair}
        left = [name for name in batch if name not in kept]
        _delete_files(left)
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


def _in_batches(items: list[Item]) -> Iterator[list[Item]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
