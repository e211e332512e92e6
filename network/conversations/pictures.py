"""Pictures beside a post: where they hang in the store of members' images, and which hang there.

On a draft they are its writer's alone; a post has those that stand below it now, and those that stood there before it
was changed. Who may see the post or the draft, the caller asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from network.conversations.models import Draft
from portal.design.shapes import PictureView
from portal.media.models import MemberImage
from portal.media.querysets import MemberImageQuerySet
from portal.media.services.member_images import SMALL_SIDE

OF_DRAFT: Final = "draft"
OF_POST: Final = "post"
OF_EARLIER: Final = "post-earlier"


def on_posts(pks: Iterable[int]) -> dict[int, list[MemberImage]]:
    """Of each post what stands below it, in the order in which it was added; in one question."""
    found: dict[int, list[MemberImage]] = {}
    keys = list(pks)
    if keys:
        for image in MemberImage.objects.attached_to(OF_POST, keys).order_by("pk"):
            found.setdefault(image.object_id or 0, []).append(image)
    return found


def of_post(pk: int) -> MemberImageQuerySet:
    """What stands below it now."""
    return MemberImage.objects.attached_to(OF_POST, [pk]).order_by("pk")


def ever_of_posts(pks: Iterable[int]) -> MemberImageQuerySet:
    """Also what stood there before."""
    keys = list(pks)
    return MemberImage.objects.filter(purpose__in=[OF_POST, OF_EARLIER], object_id__in=keys).order_by("pk")


def of_drafts(drafts: Iterable[Draft]) -> MemberImageQuerySet:
    return MemberImage.objects.attached_to(OF_DRAFT, [draft.pk for draft in drafts]).order_by("pk")


def of_draft(user: Any, place: str) -> MemberImageQuerySet:
    """What goes along with what this person is writing in this place."""
    drafts = Draft.objects.filter(user=user, place=place).order_by().values("pk")
    return MemberImage.objects.filter(purpose=OF_DRAFT, object_id__in=drafts).order_by("pk")


def picture_views(images: Iterable[MemberImage]) -> list[PictureView]:
    return [picture_view(image) for image in images]


def picture_view(image: MemberImage, *, alt: str | None = None, words: object = None) -> PictureView:
    """`alt`: what was said of it at some other time. `words`: the field of a form in which that is changed."""
    width, height = small_size(image.width, image.height)
    return PictureView(
        url=image.get_absolute_url(),
        small_url=image.small_url,
        alt=image.alt if alt is None else alt,
        width=width,
        height=height,
        key=str(image.uuid),
        words=words,
    )


def small_size(width: int, height: int) -> tuple[int, int]:
    """Of the small picture, which only the large one's is kept of."""
    share = min(1.0, SMALL_SIDE / max(width, height, 1))
    return max(1, round(width * share)), max(1, round(height * share))


def told(images: Sequence[MemberImage]) -> str:
    """What their writers say of them, for who judges a text."""
    return "\n".join(image.alt for image in images if image.alt)
