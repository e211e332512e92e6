"""A photo is seen by who may see it on the profile, and by who looks at it because it was reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.media.image_readers import register
from portal.media.models import MemberImage
from portal.people.models import Profile
from portal.people.overseers import overseen
from portal.people.services import PURPOSE


def visible(user: Any, images: Sequence[MemberImage]) -> set[int]:
    profiles = Profile.objects.filter(photo__in=[image.pk for image in images])
    where = dict(profiles.values_list("pk", "photo_id"))
    seen = set(profiles.visible_to(user, "photo").values_list("pk", flat=True))
    if where.keys() - seen:
        seen |= overseen(user, where.keys() - seen)
    return {photo for pk, photo in where.items() if pk in seen and photo is not None}


def standing(profile_ids: Sequence[int]) -> set[int]:
    return set(Profile.objects.filter(pk__in=profile_ids).values_list("pk", flat=True))


register(PURPOSE, visible, standing=standing)
