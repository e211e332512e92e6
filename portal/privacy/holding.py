"""The rows that a name is taken out of, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, QuerySet

PORTION = 200  # rows in memory at once

Row = TypeVar("Row", bound=Model)


def held(rows: QuerySet[Row]) -> Iterator[Row]:
    """Each of `rows` as it is now, in order of its key, locked until the transaction ends.

    Never all texts of a big portal in memory, and no cursor open over what is changed meanwhile; who writes on at this
    moment comes before or after.
    """
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), PORTION):
        portion = rows.model._base_manager.filter(pk__in=pks[start : start + PORTION])
        yield from portion.select_for_update(of=("self",), no_key=True).order_by("pk")
