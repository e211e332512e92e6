"""Images in templates: only sizes that exist already, so that no visitor's request ever makes one."""

from __future__ import annotations

from django import template

from portal.media.models import PortalImage, PortalRendition
from portal.media.services import Picture
from portal.media.services import picture as picture_of
from portal.media.services import rendition_or_none as existing_rendition
from portal.media.specs import spec_for

register = template.Library()


@register.simple_tag
def rendition_or_none(image: PortalImage | None, width: int) -> PortalRendition | None:
    """`{% rendition_or_none page.cover 960 as cover %}`: one of the fixed widths, or None: draw the cover then."""
    return existing_rendition(image, spec_for(width))


@register.simple_tag
def picture(image: PortalImage | None, alt: str | None = None) -> Picture | None:
    """`{% picture page.cover as photo %}`: all widths for `srcset`, or None: draw the cover then."""
    return picture_of(image, alt=alt)
