"""What happens to images: one verb a function."""

from portal.media.services.member_images import (
    MOST_A_DAY,
    MOST_WAITING,
    attach_images,
    describe_image,
    forget_left_images,
    keep_image,
    remove_image,
    remove_images,
)
from portal.media.services.renditions import (
    RENDITION_JOB,
    Picture,
    make_renditions,
    picture,
    rendition_or_none,
    request_renditions,
)

__all__ = [
    "MOST_A_DAY",
    "MOST_WAITING",
    "RENDITION_JOB",
    "Picture",
    "attach_images",
    "describe_image",
    "forget_left_images",
    "keep_image",
    "make_renditions",
    "picture",
    "remove_image",
    "remove_images",
    "rendition_or_none",
    "request_renditions",
]
