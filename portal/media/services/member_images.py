"""Images of members: kept without what isn't picture, attached to what they belong to, removed with their files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO, Final, cast
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.http.transactions import before_transaction
from portal.media.image_readers import readers
from portal.media.inspection import CleanImage, UploadRefused, clean_image, in_size
from portal.media.models import MemberImage
from portal.media.services.sweeping import LEFT_AFTER, delete_files_without_row, in_batches, remove_rows
from portal.media.services.turns import forget_turns, one_at_a_time, take_turn
from portal.media.storage import member_images

LARGE_SIDE: Final = 1600
SMALL_SIDE: Final = 400
MOST_WAITING: Final = 20  # of one person, attached to nothing


def keep_image(upload: UploadedFile[Any], *, owner: User, purpose: str, alt: str = "") -> MemberImage:
    """Keep the picture in `upload`, for its owner alone until it is attached. Raises UploadRefused with a sentence."""
    large, small = before_transaction(upload, partial(_looked_at, upload, owner))
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
        one_at_a_time(owner)
        _refuse_too_many_waiting(owner)
        image.file.save(f"{name}.webp", ContentFile(large.content), save=False)
        image.small_file.save(f"{name}-klein.webp", ContentFile(small.content), save=False)
        image.save()
    return image


def _looked_at(upload: UploadedFile[Any], owner: User) -> tuple[CleanImage, CleanImage]:
    """The large and the small one: counted first, whatever comes of it."""
    _take_turn(owner)
    clean = clean_image(cast("BinaryIO", upload.file), upload.name or "", upload.size or 0)
    return in_size(clean, LARGE_SIDE), in_size(clean, SMALL_SIDE)


@transaction.atomic
def _take_turn(owner: User) -> None:
    """Count this one, unless too many wait to be used."""
    one_at_a_time(owner)
    _refuse_too_many_waiting(owner)
    take_turn(owner)


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
    return remove_rows(
        images, names=lambda image: [image.file.name, image.small_file.name], storage=member_images()
    )


def forget_left_images(at: datetime) -> int:
    """What nobody uses: images attached to nothing for a day, or to what is gone, and files without a row; how many."""
    long_ago = at - LEFT_AFTER
    number = remove_images(MemberImage.objects.waiting().older_than(long_ago))
    for purpose, reader in readers().items():
        if reader.standing is None:
            continue
        attached = MemberImage.objects.filter(purpose=purpose).exclude(object_id=None).older_than(long_ago)
        keys = attached.order_by("object_id").values_list("object_id", flat=True).distinct()
        for batch in in_batches([key for key in keys if key is not None]):
            gone = set(batch) - reader.standing(batch)
            number += remove_images(attached.filter(object_id__in=gone))
    forget_turns(at)
    return number + delete_files_without_row(
        member_images(), MemberImage.objects.all(), fields=["file", "small_file"], before=long_ago
    )
