"""The files of an event's material are for who comes and who organises it, as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from network.events.models import MATERIAL, EventMaterial
from portal.media.file_readers import register
from portal.media.models import MemberFile


def visible(user: Any, files: Sequence[MemberFile]) -> set[int]:
    seen = EventMaterial.objects.visible_to(user).filter(file__in=[file.pk for file in files])
    return set(seen.order_by().values_list("file", flat=True))


def standing(files: Sequence[int]) -> set[int]:
    rows = EventMaterial.objects.filter(file__in=files)
    return set(rows.order_by().values_list("file", flat=True))


register(MATERIAL, visible, standing=standing)
