"""What happens to images: one verb a function."""

from portal.media.services.renditions import (
    RENDITION_JOB,
    Picture,
    make_renditions,
    picture,
    rendition_or_none,
    request_renditions,
)

__all__ = [
    "RENDITION_JOB",
    "Picture",
    "make_renditions",
    "picture",
    "rendition_or_none",
    "request_renditions",
]
