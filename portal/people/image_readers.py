"""A photo is seen by who may see it on the profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.media.image_readers import register
from portal.media.models import MemberImage
from portal.people.models import Profile
from portal.people.services import PURPOSE


def visible(user: Any, images: Sequence[MemberImage]) -> set[int]:
    profiles = Profile.objects.filter(photo__in=[image.pk for image in images]).visible_to(user, "photo")
    return {pk for pk in profiles.values_list("photo_id", flat=True) if pk is not None}


def standing(profile_ids: Sequence[int]) -> set[int]:
    return set(Profile.objects.filter(pk__in=profile_ids).values_list("pk", flat=True))


register(PURPOSE, visible, standing=standing)
