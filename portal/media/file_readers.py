"""Who sees a member's file: the room that refers to it says it, in a `file_readers.py` of its own.

`standing` is asked about the files themselves: those that the room still refers to. The others go at night.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.media.readers import Readers

if TYPE_CHECKING:
    from portal.media.models import MemberFile

file_readers: Readers[MemberFile] = Readers()
register = file_readers.register
readers = file_readers.known
seen_among = file_readers.seen_among
