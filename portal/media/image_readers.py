"""Who sees a member's image: the room that it is attached in says it, in an `image_readers.py` of its own.

As long as an image is attached to nothing, it is its owner's alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portal.media.models import MemberImage

# From a reader and attached images of one purpose: the primary keys of the images that the reader may see. A list is
# asked at once, in a number of queries that doesn't grow with it.
Visible = Callable[[Any, "Sequence[MemberImage]"], set[int]]
# From the primary keys of what images are attached to: those that there still are.
Standing = Callable[[Sequence[int]], set[int]]


@dataclass(frozen=True, slots=True)
class ImageReader:
    visible: Visible
    standing: Standing | None = None


_readers: dict[str, ImageReader] = {}


def register(purpose: str, visible: Visible, *, standing: Standing | None = None) -> None:
    """Say who sees attached images of `purpose`. Without `standing` an image stays until the room removes it."""
    _readers[purpose] = ImageReader(visible, standing)


def readers() -> dict[str, ImageReader]:
    return dict(_readers)


def seen_among(user: Any, images: Iterable[MemberImage]) -> set[int]:
    """The primary keys of attached `images` that `user` may see. What no room speaks for, nobody sees."""
    by_purpose: dict[str, list[MemberImage]] = {}
    for image in images:
        by_purpose.setdefault(image.purpose, []).append(image)
    seen: set[int] = set()
    for purpose, group in by_purpose.items():
        if purpose in _readers:
            seen |= _readers[purpose].visible(user, group) & {image.pk for image in group}
    return seen
