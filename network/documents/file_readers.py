"""The file of a document is for who sees the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from network.documents.models import DOCUMENT, EcosystemDocument
from portal.media.file_readers import register
from portal.media.models import MemberFile


def visible(user: Any, files: Sequence[MemberFile]) -> set[int]:
    seen = EcosystemDocument.objects.visible_to(user).filter(file__in=[file.pk for file in files])
    return set(seen.order_by().values_list("file", flat=True))


def standing(files: Sequence[int]) -> set[int]:
    rows = EcosystemDocument.objects.filter(file__in=files)
    return set(rows.order_by().values_list("file", flat=True))


register(DOCUMENT, visible, standing=standing)
