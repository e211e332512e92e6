"""Images that stay in their room and hang on another thing of it from now on: a draft first, then what it became."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from portal.media.models import MemberImage


@transaction.atomic
def move_images(images: QuerySet[MemberImage], *, purpose: str, object_id: int) -> int:
    """Attach `images`, wherever they hang, to `object_id`, seen as `purpose` says; how many.

    Whose they are and whether they may go there, the caller looked at.
    """
    return images.update(purpose=purpose, object_id=object_id)
