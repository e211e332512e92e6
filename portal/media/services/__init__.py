"""What happens to images and files: one verb a function."""

from portal.media.services.member_files import forget_left_files, keep_file, remove_files
from portal.media.services.member_images import (
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
from portal.media.services.sweeping import LEFT_AFTER, delete_files_without_row, remove_rows
from portal.media.services.turns import MOST_A_DAY, take_turn

__all__ = [
    "LEFT_AFTER",
    "MOST_A_DAY",
    "MOST_WAITING",
    "RENDITION_JOB",
    "Picture",
    "attach_images",
    "delete_files_without_row",
    "describe_image",
    "forget_left_files",
    "forget_left_images",
    "keep_file",
    "keep_image",
    "make_renditions",
    "picture",
    "remove_files",
    "remove_image",
    "remove_images",
    "remove_rows",
    "rendition_or_none",
    "request_renditions",
    "take_turn",
]
