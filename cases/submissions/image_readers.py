"""A picture that goes along with a submission is seen by who sees the submission."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cases.submissions.models import CaseSubmission
from cases.submissions.services import PURPOSE
from portal.media.image_readers import register
from portal.media.models import MemberImage


def visible(user: Any, images: Sequence[MemberImage]) -> set[int]:
    where = {image.pk: image.object_id for image in images if image.object_id is not None}
    seen = CaseSubmission.objects.visible_to(user).filter(pk__in=set(where.values()))
    known = set(seen.values_list("pk", flat=True))
    return {pk for pk, submission in where.items() if submission in known}


def standing(submission_ids: Sequence[int]) -> set[int]:
    return set(CaseSubmission.objects.filter(pk__in=submission_ids).values_list("pk", flat=True))


register(PURPOSE, visible, standing=standing)
