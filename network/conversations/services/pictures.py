"""Pictures that go along with a text: kept with its draft, below the post once it is posted, gone with it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations import pictures
from network.conversations.models import Draft, Post
from network.conversations.rules import MOST_ALT, MOST_PICTURES
from network.conversations.services.refusals import Refused
from network.moderation.intake import may_attach
from network.moderation.rules import may_write
from network.moderation.writing import ACCEPTED_TO_BE_KNOWN, NEW_DAYS
from portal.accounts.models import User
from portal.media.models import MemberImage
from portal.media.services import attach_images, describe_image, keep_image, remove_image, remove_images
from portal.media.services.moving import move_images


def why_no_pictures(user: User, at: datetime.datetime, *, at_a_glance: bool = False) -> str:
    """The sentence for who may send none now; empty where nothing stands in the way.

    `at_a_glance`: by how long somebody is here alone, which asks the database nothing. For a page that is read far more
    often than answered; who sends a picture is looked at again.
    """
    is_recent = at - user.date_joined < datetime.timedelta(days=NEW_DAYS)
    if not is_recent and (at_a_glance or may_attach(user, at)):
        return ""
    return _(
        "Je bent hier nieuw. Beelden toevoegen kan als je %(days)s dagen lid bent en er %(texts)s berichten van je staan."
    ) % {"days": NEW_DAYS, "texts": ACCEPTED_TO_BE_KNOWN}


def add_picture(
    user: User,
    *,
    place: str,
    upload: UploadedFile[Any],
    alt: str,
    beside: int = 0,
    token: UUID | None = None,
    at: datetime.datetime | None = None,
) -> MemberImage | None:
    """Keep it with the draft in `place`, for its writer alone. Raises UploadRefused, Refused.

    `beside`: how many stand below the post already that is being changed. `token`: of the form; None comes back where
    that form was posted before, so that what is sent twice leaves no second picture behind.
    """
    at = at or timezone.now()
    if not alt.strip():
        raise no_words()
    if blocked := may_write(user, None):
        raise Refused(str(blocked))
    if why := why_no_pictures(user, at):
        raise Refused(why)
    with transaction.atomic():
        _one_at_a_time(user)
        if token is not None and Post.objects.filter(author=user, token=token).exists():
            return None
        _refuse_more(user, place, beside)
    # Outside of it, so that also what is refused counts as sent.
    image = keep_image(upload, owner=user, purpose=pictures.OF_DRAFT, alt=alt)
    try:
        _put_with_draft(image, user, place, beside=beside, at=at)
    except Refused:
        remove_image(image)
        raise
    return image


@transaction.atomic
def _put_with_draft(
    image: MemberImage, user: User, place: str, *, beside: int, at: datetime.datetime
) -> None:
    _one_at_a_time(user)
    _refuse_more(user, place, beside)
    draft, _new = Draft.objects.get_or_create(user=user, place=place, defaults={"saved_at": at})
    attach_images([image], object_id=draft.pk)


def _one_at_a_time(user: User) -> None:
    """So that many of one person at once count as many."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _refuse_more(user: User, place: str, beside: int) -> None:
    if pictures.of_draft(user, place).count() + beside >= MOST_PICTURES:
        raise too_many()


def too_many() -> Refused:
    return Refused(_("Er kunnen hoogstens %(most)s beelden bij.") % {"most": MOST_PICTURES})


def no_words() -> Refused:
    return Refused(_("Schrijf wat er op het beeld staat, voor wie het niet ziet."))


@transaction.atomic
def describe_pictures(user: User, *, place: str, words: Mapping[UUID, str]) -> None:
    """Say something else of what goes along with what one is writing; what isn't there is passed over. Raises Refused."""
    redescribe(pictures.of_draft(user, place), words)


def redescribe(images: Iterable[MemberImage], words: Mapping[UUID, str]) -> list[MemberImage]:
    """Those of `images` of which something else is said now. Raises Refused where nothing is."""
    said = [
        (image, words[image.uuid].replace("\x00", "").strip()[:MOST_ALT])
        for image in images
        if image.uuid in words
    ]
    changed = [(image, alt) for image, alt in said if alt != image.alt]
    if not all(alt for _image, alt in changed):
        raise no_words()
    for image, alt in changed:
        describe_image(image, alt=alt)
    return [image for image, _alt in changed]


@transaction.atomic
def drop_picture(user: User, *, place: str, uuid: UUID) -> bool:
    """Take it away from what one is writing; False where it isn't there."""
    return remove_images(pictures.of_draft(user, place).filter(uuid=uuid)) > 0


def publish_pictures(images: Collection[MemberImage], *, post: Post) -> None:
    """From the draft to below the post, for a caller that found it allowed, in its transaction."""
    if images:
        chosen = MemberImage.objects.filter(pk__in=[image.pk for image in images])
        move_images(chosen, purpose=pictures.OF_POST, object_id=post.pk)


def put_aside(images: Collection[MemberImage], *, post: Post) -> None:
    """Those that stood below a post until it was changed: they stand with how it was before."""
    if images:
        chosen = MemberImage.objects.filter(pk__in=[image.pk for image in images])
        move_images(chosen, purpose=pictures.OF_EARLIER, object_id=post.pk)


def forget_pictures(posts: Iterable[int]) -> None:
    """All that stands or stood below these posts, with the files."""
    remove_images(pictures.ever_of_posts(posts))


def forget_drafts(drafts: Iterable[Draft]) -> int:
    """What somebody was writing, with its pictures; how many."""
    found = list(drafts)
    if found:
        remove_images(pictures.of_drafts(found))
        Draft.objects.filter(pk__in=[draft.pk for draft in found]).delete()
    return len(found)
