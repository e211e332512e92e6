"""Sizes of images: made in the background, looked up in a visitor's request."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from wagtail.images.models import Filter

from portal.background.services import wake
from portal.media.models import PortalImage, PortalRendition
from portal.media.specs import STAFF_SPECS, VISITOR_SPECS, WIDTHS, spec_for

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger("portal.media")

RENDITION_JOB = "media.make-renditions"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as a template shows it: the widest size as `url`, all of them in `srcset`; pixels of that widest one."""

    url: str
    srcset: str
    width: int
    height: int
    alt: str
    credit: str


def request_renditions() -> None:
    """Have the worker make what lacks, once the running transaction commits."""
    wake(RENDITION_JOB)


def make_renditions(at: datetime, *, limit: int = 50) -> int:
    """Make all sizes of up to `limit` images that have none yet; returns for how many that went well.

    Safe to be killed halfway: sizes that exist are found again, and an image is only marked when it has all.
    """
    made = 0
    for image in PortalImage.objects.without_renditions().order_by("created_at")[:limit]:
        try:
            for spec in (*VISITOR_SPECS, *STAFF_SPECS):
                image.get_rendition(spec)
        except Exception as error:
            # Whatever a damaged file makes the library raise; the other images must not wait for it.
            logger.warning("no renditions", extra={"data": {"image": image.pk, "error": str(error)}})
            PortalImage.objects.filter(pk=image.pk).update(
                rendition_failures=models.F("rendition_failures") + 1
            )
        else:
            # Only while the file is still the one that was read.
            same_file = PortalImage.objects.filter(pk=image.pk, file=image.file.name)
            made += same_file.update(renditions_made_at=at, rendition_failures=0)
    return made


def rendition_or_none(image: PortalImage | None, spec: str) -> PortalRendition | None:
    """The rendition of `image` for `spec` where it was made already, else None. Never makes one.

    Asks the database nothing where the renditions were fetched along (`with_renditions`, `prefetch_renditions`).
    """
    if image is None:
        return None
    try:
        return image.find_existing_rendition(Filter(spec=spec))  # type: ignore[no-any-return]
    except PortalRendition.DoesNotExist:
        return None


def picture(image: PortalImage | None, *, alt: str | None = None) -> Picture | None:
    """What a template needs to show `image`, or None where its sizes aren't there yet: then the drawn cover shows.

    `alt` overrules the image's own text ("" for decoration beside a title).
    """
    if image is None:
        return None
    found = image.find_existing_renditions(*(Filter(spec=spec_for(width)) for width in WIDTHS))
    renditions: Sequence[PortalRendition] = sorted(found.values(), key=lambda rendition: rendition.width)
    if not renditions:
        return None
    # A small original gives the same width more than once.
    by_width = {rendition.width: rendition for rendition in renditions}
    widest = renditions[-1]
    return Picture(
        url=widest.url,
        srcset=", ".join(f"{rendition.url} {width}w" for width, rendition in by_width.items()),
        width=widest.width,
        height=widest.height,
        alt=image.default_alt_text if alt is None else alt,
        credit=image.credit,
    )
