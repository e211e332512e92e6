"""Who sees a member's image: the room that it is attached in says it, in an `image_readers.py` of its own.

As long as an image is attached to nothing, it is its owner's alone. `standing` is asked about what images are attached
to: from primary keys of that room those that there still are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.media.readers import Readers

if TYPE_CHECKING:
    from portal.media.models import MemberImage

image_readers: Readers[MemberImage] = Readers()
register = image_readers.register
readers = image_readers.known
seen_among = image_readers.seen_among
